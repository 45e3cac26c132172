import { formatFloatFixed } from "../text/float.ts";
import { Attrs } from "./attrs.ts";
import { call1 } from "./call.ts";
import { describeType } from "./describe.ts";
import { NixError } from "./errors.ts";
import { machine, tooDeep } from "./machine.ts";
import { printForError } from "./print.ts";
import { copyToStore } from "./store-paths.ts";
import {
  force,
  NixFloat,
  NixPath,
  NixString,
  placeOf,
  showFloat,
  type CallSite,
  type Lazy,
  type Value,
} from "./values.ts";

/** Collects the contexts of the strings that make up another. */
export type Context = Set<string>;

/** A string value; without context it is a plain JS string. */
export function withContext(text: string, context: ReadonlySet<string>): string | NixString {
  return context.size === 0 ? text : new NixString(text, [...context]);
}

export interface CoerceOptions {
  /** Numbers, booleans, null and lists too, as `toString` does. */
  readonly more: boolean;
  /** A path becomes its store path; else it is written as it is. */
  readonly copyToStore: boolean;
}

/** The text of a value that Nix takes for a string. Adds what the text refers to to `into`. @throws NixError */
export function coerceToString(
  lazy: Lazy,
  into: Context,
  what: string,
  options: CoerceOptions,
  site: CallSite,
): string {
  const value = force(lazy);
  if (typeof value === "string") return value;
  if (value instanceof NixString) {
    value.context.forEach((element) => into.add(element));
    return value.text;
  }
  if (value instanceof NixPath) return options.copyToStore ? copyToStore(value.path, into) : value.path;
  if (value instanceof Attrs) return coerceSet(value, into, what, options, site);
  if (options.more) {
    if (value === true) return "1";
    if (value === false || value === null) return "";
    if (typeof value === "number" || typeof value === "bigint") return String(value);
    if (value instanceof NixFloat) return showFloat(value, formatFloatFixed);
    if (Array.isArray(value)) return coerceList(value, into, what, options, site);
  }
  throw cannotCoerce(value, what, site);
}

function cannotCoerce(value: Value, what: string, site: CallSite): NixError {
  const message = `cannot coerce ${describeType(value)} to a string: ${printForError(value)}`;
  return new NixError("type", message).trace(what, placeOf(site));
}

function coerceSet(set: Attrs, into: Context, what: string, options: CoerceOptions, site: CallSite): string {
  if (++machine.depth > machine.maxDepth) tooDeep();
  let text: string;
  const toString = set.get("__toString");
  if (toString !== undefined) {
    const result = call1(force(toString), set, site);
    text = coerceToString(result, into, "while evaluating the result of the `__toString` attribute", options, site);
  } else {
    const outPath = set.get("outPath");
    if (outPath === undefined) throw cannotCoerce(set, what, site);
    text = coerceToString(outPath, into, what, options, site);
  }
  machine.depth--;
  return text;
}

function coerceList(
  list: readonly Lazy[],
  into: Context,
  what: string,
  options: CoerceOptions,
  site: CallSite,
): string {
  if (++machine.depth > machine.maxDepth) tooDeep();
  let text = "";
  try {
    for (let i = 0; i < list.length; i++) {
      text += coerceToString(list[i]!, into, "while evaluating one element of the list", options, site);
      if (i < list.length - 1) {
        const item = force(list[i]!);
        if (!Array.isArray(item) || item.length > 0) text += " ";
      }
    }
  } catch (error) {
    if (error instanceof NixError) error.trace(what, placeOf(site));
    throw error;
  }
  machine.depth--;
  return text;
}

/** The text of a string value. @throws NixError with `context` as trace. */
export function forceString(lazy: Lazy, context: string, site: CallSite): string {
  const value = forceStringValue(lazy, context, site);
  return typeof value === "string" ? value : value.text;
}

/** A string value with its context. @throws NixError with `context` as trace. */
export function forceStringValue(lazy: Lazy, context: string, site: CallSite): string | NixString {
  try {
    const value = force(lazy);
    if (typeof value === "string" || value instanceof NixString) return value;
    throw new NixError(
      "type",
      `expected a string but found ${describeType(value)}: ${printForError(value)}`,
      placeOf(site),
    );
  } catch (error) {
    if (error instanceof NixError) error.trace(context, placeOf(site));
    throw error;
  }
}

/** The text of a string that must not refer to the store. @throws NixError with `context` as trace. */
export function forceStringNoContext(lazy: Lazy, context: string, site: CallSite): string {
  const value = forceStringValue(lazy, context, site);
  if (typeof value === "string") return value;
  const [first = ""] = [...value.context].sort();
  throw new NixError(
    "eval",
    `the string '${value.text}' is not allowed to refer to a store path (such as '${displayElement(first)}')`,
  ).trace(context, placeOf(site));
}

function displayElement(element: string): string {
  if (element[0] === "=") return `${element.slice(1)} (deep)`;
  if (element[0] !== "!") return element;
  const at = element.indexOf("!", 1);
  return `${element.slice(at + 1)}^${element.slice(1, at)}`;
}
