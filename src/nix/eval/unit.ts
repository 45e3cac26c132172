import type { Expr } from "../syntax/ast.ts";
import type { Place, Source } from "../syntax/source.ts";
import type { CallSite, Code, Delay, Env } from "./values.ts";

/** The compiler of one source as its parts see it. */
export interface Unit {
  readonly source: Source;
  compile(expr: Expr): Code;
  /** Code for a place that is not evaluated yet. */
  delay(expr: Expr): Delay;
  /** As `delay`, but what is known and cheap is computed at once. */
  delayArgument(expr: Expr): Delay;
  /** A condition; an error in it gets `context` as trace, with the place `pos`. */
  test(expr: Expr, context: string, pos: number): (env: Env) => boolean;
  site(pos: number): CallSite;
  place(pos: number): Place | undefined;
}
