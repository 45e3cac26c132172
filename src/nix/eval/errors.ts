import type { Place } from "../syntax/source.ts";

/**
 * What went wrong. The program: `syntax`, `undefined`, `type`, `eval` (any other refusal), `throw`, `assertion`, `abort`,
 * `recursion`, `overflow` (the stack), `restricted`. The surroundings: `unsupported` (not possible here), `stopped` (by
 * the caller or a bound). Us: `bug`.
 */
export type ErrorKind =
  | "syntax"
  | "undefined"
  | "type"
  | "eval"
  | "throw"
  | "assertion"
  | "abort"
  | "recursion"
  | "overflow"
  | "restricted"
  | "unsupported"
  | "stopped"
  | "bug";

/** One line of context: "while …", with the place that it speaks of. `always`: shown without `--show-trace` too. */
export interface Trace {
  readonly text: string;
  place: Place | undefined;
  readonly always: boolean;
}

/** A refusal worded as Nix words it. All texts are byte strings. `traces` stand innermost first. */
export class NixError extends Error {
  readonly kind: ErrorKind;
  place: Place | undefined;
  traces: Trace[] = [];
  suggestions: string[] = [];

  constructor(kind: ErrorKind, message: string, place?: Place) {
    super(message);
    this.name = "NixError";
    this.kind = kind;
    this.place = place;
  }

  /** Adds a line of context. A line without text only gives a place to an error that has none. */
  trace(text: string, place?: Place, always = false): this {
    this.traces.push({ text, place, always });
    return this;
  }

  /** The same error with traces of its own, for a thunk that failed before. */
  copy(): NixError {
    const copy = new NixError(this.kind, this.message, this.place);
    copy.traces = [...this.traces];
    copy.suggestions = this.suggestions;
    return copy;
  }
}
