import { makeGlobals } from "./builtins/globals.ts";
import { compile } from "./eval/compile.ts";
import { NixError } from "./eval/errors.ts";
import { machine, nextSlice, type Bounds } from "./eval/machine.ts";
import { resolve } from "./eval/resolve.ts";
import type { Value } from "./eval/values.ts";
import type { Host } from "./host.ts";
import { parse } from "./syntax/parser.ts";
import { Source } from "./syntax/source.ts";

/** The outcome of an evaluation. */
export type Result<T = Value> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: NixError };

export interface EvaluateOptions {
  readonly host: Host;
  readonly basePath?: string;
  readonly bounds?: Partial<Bounds>;
}

export function evaluate(text: string, options: EvaluateOptions): Result {
  machine.host = options.host;
  machine.settings = {
    features: new Set(),
    pure: false,
    storeDir: "/nix/store",
    nixPath: [],
    currentSystem: "x86_64-linux",
    log: () => {},
    traceVerbose: false,
    showTrace: false,
  };
  machine.depth = 0;
  machine.fuel = 0;
  nextSlice();
  try {
    const source = new Source(text, { type: "string" }, options.basePath ?? "/");
    const globals = makeGlobals([]);
    const expr = parse(source, {});
    resolve(expr, source, globals);
    return { ok: true, value: compile(expr, source)([]) };
  } catch (error) {
    if (error instanceof NixError) return { ok: false, error };
    throw error;
  }
}
