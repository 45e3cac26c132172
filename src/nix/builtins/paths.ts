import { nowhere } from "../eval/call.ts";
import { NixError } from "../eval/errors.ts";
import type { Following } from "../eval/files.ts";
import { current } from "../eval/machine.ts";
import { coerceToString } from "../eval/strings.ts";
import { force, NixPath, type Lazy } from "../eval/values.ts";
import { canonicalPath } from "../syntax/parser.ts";

/** The path that a value stands for; adds what it refers to to `into`. @throws NixError where it is not absolute. */
export function coerceToPath(lazy: Lazy, into: Set<string>, what: string): string {
  const value = force(lazy);
  if (value instanceof NixPath) return value.path;
  const path = coerceToString(value, into, what, { more: false, copyToStore: false }, nowhere);
  if (path[0] !== "/") throw new NixError("eval", `string '${path}' doesn't represent an absolute path`).trace(what);
  return canonicalPath(path);
}

/** A path to read from. What would have to be built first is refused. @throws NixError */
export function readablePath(lazy: Lazy, following: Following | "none" = "full"): string {
  const context = new Set<string>();
  const path = coerceToPath(lazy, context, "while realising the context of a path");
  refuseBuilds(context);
  return following === "none" ? path : current().files.resolve(path, following);
}

/** @throws NixError of kind `unsupported` where a context names an output of a derivation: nothing is built here. */
export function refuseBuilds(context: ReadonlySet<string>): void {
  for (const element of context) {
    if (element[0] === "!")
      throw new NixError(
        "unsupported",
        `cannot build '${element.slice(element.indexOf("!", 1) + 1)}' during evaluation: builds are not supported here`,
      );
  }
}
