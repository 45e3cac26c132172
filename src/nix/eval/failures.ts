import { HostError } from "../host.ts";
import { Failure } from "../text/failure.ts";
import { NixError } from "./errors.ts";

/** Refusals of the pure libraries and of the host as errors of the language; anything else as it is. */
export function asNixError(error: unknown): unknown {
  if (error instanceof Failure) {
    const converted = new NixError("eval", error.message);
    converted.cause = error;
    for (const trace of error.traces) converted.trace(trace);
    return converted;
  }
  return error instanceof HostError ? new NixError(error.kind, error.message) : error;
}
