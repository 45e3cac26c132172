import { Attrs } from "../eval/attrs.ts";
import { nowhere } from "../eval/call.ts";
import { describeType } from "../eval/describe.ts";
import { NixError } from "../eval/errors.ts";
import { forceInt as forceIntAt, floatOf } from "../eval/numbers.ts";
import { printForError, printIdentifier } from "../eval/print.ts";
import type { Place } from "../syntax/source.ts";
import * as strings from "../eval/strings.ts";
import { Callable, force, type Lazy, type NixList, type NixString, type Value } from "../eval/values.ts";

// Builtins name no place of their own: the line "while calling the … builtin" has it. `what` is the line of context.

function mismatch(expected: string, value: Value): NixError {
  return new NixError("type", `expected ${expected} but found ${describeType(value)}: ${printForError(value)}`);
}

/** Forces a list; `what` is traced only where it is none, as Nix does for lists and sets. */
export function forceList(lazy: Lazy, what: string, place?: Place): NixList {
  const value = force(lazy);
  if (Array.isArray(value)) return value;
  throw mismatch("a list", value).trace(what, place);
}

/** Forces a set. */
export function forceSet(lazy: Lazy, what: string): Attrs {
  const value = force(lazy);
  if (value instanceof Attrs) return value;
  throw mismatch("a set", value).trace(what);
}

/** Forces a function, or a set that can be called; `what` is traced for errors inside too. */
export function forceFunction(lazy: Lazy, what: string): Value {
  try {
    const value = force(lazy);
    if (value instanceof Callable || (value instanceof Attrs && value.has("__functor"))) return value;
    throw mismatch("a function", value);
  } catch (error) {
    if (error instanceof NixError) error.trace(what);
    throw error;
  }
}

/** Forces a boolean; `what` is traced for errors inside too. */
export function forceBool(lazy: Lazy, what: string): boolean {
  try {
    const value = force(lazy);
    if (typeof value === "boolean") return value;
    throw mismatch("a Boolean", value);
  } catch (error) {
    if (error instanceof NixError) error.trace(what);
    throw error;
  }
}

/** Forces an int; `what` is traced for errors inside too. */
export function forceInt(lazy: Lazy, what: string): number | bigint {
  return forceIntAt(lazy, what, nowhere);
}

/** Forces a float, or an int made one. */
export function forceFloat(lazy: Lazy, what: string): number {
  return floatOf(lazy, what, nowhere);
}

/** The text of a string without context. */
export function forceText(lazy: Lazy, what: string, place?: Place): string {
  const site = place === undefined ? nowhere : { source: place.source, pos: place.offset };
  return strings.forceStringNoContext(lazy, what, site);
}

/** The text of a string whatever it refers to. */
export function forceAnyText(lazy: Lazy, what: string): string {
  return strings.forceString(lazy, what, nowhere);
}

/** A string value with its context. */
export function forceStringValue(lazy: Lazy, what: string): string | NixString {
  return strings.forceStringValue(lazy, what, nowhere);
}

/** The text of what Nix takes for a string; adds its context to `into`. */
export function coerce(lazy: Lazy, into: Set<string>, what: string, more = false, copyToStore = true): string {
  return strings.coerceToString(lazy, into, what, { more, copyToStore }, nowhere);
}

/** An attribute that must be there. */
export function requiredAttr(set: Attrs, name: string, what: string): Lazy {
  const value = set.get(name);
  if (value !== undefined) return value;
  throw new NixError("type", `attribute '${printIdentifier(name)}' missing`).trace(what);
}

/** "first argument passed to builtins.x", for the lines of context. */
export function argument(which: "first" | "second" | "third", name: string): string {
  return `while evaluating the ${which} argument passed to builtins.${name}`;
}
