import type { Host } from "../host.ts";
import { NixError } from "./errors.ts";

/** The switches of an evaluation that programs can see. */
export interface Settings {
  readonly features: ReadonlySet<string>;
  /** No access to what is not named by a hash: no environment, no time, no files outside the given roots. */
  readonly pure: boolean;
  readonly storeDir: string;
  /** The search path of `<name>`, as `builtins.nixPath` shows it (byte strings). */
  readonly nixPath: readonly { readonly prefix: string; readonly path: string }[];
  readonly currentSystem: string | undefined;
  /** What `trace` and `warn` print; a byte string, without the line's end. */
  readonly log: (line: string) => void;
  readonly traceVerbose: boolean;
  /** With `--show-trace`, calls of functions are traced too. */
  readonly showTrace: boolean;
}

/** What stops an evaluation. */
export interface Bounds {
  readonly maxCallDepth: number;
  /** Function calls; `Infinity` for no bound. */
  readonly maxSteps: number;
  /** Asked every few thousand calls; true stops the evaluation. */
  readonly stopped: (() => boolean) | undefined;
  /** Asked as often: the number of bytes in use, as the host knows it. */
  readonly memoryInUse: (() => number) | undefined;
  readonly maxMemory: number;
}

const sliceOfSteps = 4096;

/**
 * The evaluation that is running; there is one at a time, and the hottest code reads it. `fuel` is what is left of the
 * current slice of calls, `depth` the number of calls inside one another.
 */
export const machine = {
  fuel: 0,
  depth: 0,
  maxDepth: 10000,
  steps: 0,
  bounds: undefined as Bounds | undefined,
  settings: undefined as unknown as Settings,
  host: undefined as unknown as Host,
};

/** Called when a slice of calls is used up. @throws NixError of kind `stopped`. */
export function nextSlice(): void {
  machine.fuel = sliceOfSteps;
  machine.steps += sliceOfSteps;
  const bounds = machine.bounds;
  if (bounds === undefined) return;
  if (machine.steps > bounds.maxSteps + sliceOfSteps)
    throw new NixError("stopped", `the evaluation was stopped after ${bounds.maxSteps} calls`);
  if (bounds.stopped?.() === true) throw new NixError("stopped", "the evaluation was stopped");
  if (bounds.memoryInUse !== undefined && bounds.memoryInUse() > bounds.maxMemory)
    throw new NixError("stopped", `the evaluation was stopped: it uses more than ${bounds.maxMemory} bytes`);
}

/** @throws NixError of kind `overflow`, as Nix words it. */
export function tooDeep(): never {
  throw new NixError("overflow", "stack overflow; max-call-depth exceeded");
}
