import type { Place } from "../syntax/source.ts";
import { formatFloatJson } from "../text/float.ts";
import { parseJson, printJsonString, type JsonBuilder } from "../text/json.ts";
import { Failure } from "../text/failure.ts";
import { Attrs } from "./attrs.ts";
import { call1, nowhere } from "./call.ts";
import { describeType } from "./describe.ts";
import { NixError } from "./errors.ts";
import { machine, tooDeep } from "./machine.ts";
import { placeOfFunction } from "./print.ts";
import { copyToStore } from "./store-paths.ts";
import { coerceToString } from "./strings.ts";
import { force, NixFloat, NixPath, NixString, type Lazy, type Value } from "./values.ts";

interface Options {
  /** Paths become store paths. */
  readonly copyPaths: boolean;
  /** Parts of the error that is on its way out whose place is the attribute around them. */
  readonly unplaced: { place: Place | undefined }[];
}

/** A value as JSON text, all of it forced; adds what its strings refer to to `into`. @throws NixError */
export function toJson(lazy: Lazy, into: Set<string>, copyPaths = true): string {
  const out: string[] = [];
  try {
    write(lazy, out, into, { copyPaths, unplaced: [] });
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "json") throw error;
    throw new NixError("eval", `JSON serialization error: ${error.message}`);
  }
  return out.join("");
}

function write(lazy: Lazy, out: string[], into: Set<string>, options: Options): void {
  const value = force(lazy);
  switch (typeof value) {
    case "number":
    case "bigint":
    case "boolean":
      out.push(String(value));
      return;
    case "string":
      out.push(printJsonString(value));
      return;
  }
  if (value === null) out.push("null");
  else if (value instanceof NixString) {
    for (const element of value.context) into.add(element);
    out.push(printJsonString(value.text));
  } else if (value instanceof NixFloat) out.push(formatFloatJson(value.value));
  else if (value instanceof NixPath)
    out.push(printJsonString(options.copyPaths ? copyToStore(value.path, into) : value.path));
  else if (value instanceof Attrs) writeSet(value, out, into, options);
  else if (Array.isArray(value)) writeList(value, out, into, options);
  else {
    const refusal = new NixError("type", `cannot convert ${describeType(value)} to JSON`, placeOfFunction(value));
    options.unplaced.push(refusal);
    throw refusal;
  }
}

function writeList(list: readonly Lazy[], out: string[], into: Set<string>, options: Options): void {
  if (++machine.depth > machine.maxDepth) tooDeep();
  out.push("[");
  for (let i = 0; i < list.length; i++) {
    if (i > 0) out.push(",");
    try {
      write(list[i]!, out, into, options);
    } catch (error) {
      if (error instanceof NixError) {
        error.trace(`while evaluating list element at index ${i}`);
        options.unplaced.push(error.traces.at(-1)!);
      }
      throw error;
    }
  }
  out.push("]");
  machine.depth--;
}

/** A set that stands for a string is that string; else its members in the order of their names. */
function writeSet(set: Attrs, out: string[], into: Set<string>, options: Options): void {
  if (++machine.depth > machine.maxDepth) tooDeep();
  const toString = set.get("__toString");
  if (toString !== undefined) {
    const what = "while evaluating the result of the `__toString` attribute";
    const result = call1(force(toString), set, nowhere);
    out.push(printJsonString(coerceToString(result, into, what, { more: false, copyToStore: false }, nowhere)));
    machine.depth--;
    return;
  }
  const outPath = set.get("outPath");
  if (outPath !== undefined) {
    write(outPath, out, into, options);
    machine.depth--;
    return;
  }
  out.push("{");
  let first = true;
  for (const [name, value] of set.entries()) {
    out.push(first ? "" : ",", printJsonString(name), ":");
    first = false;
    try {
      write(value, out, into, options);
    } catch (error) {
      if (error instanceof NixError) {
        const place = set.placeOf(name);
        for (const part of options.unplaced.splice(0)) part.place ??= place;
        error.trace(`while evaluating attribute '${name}'`, place);
      }
      throw error;
    }
  }
  out.push("}");
  machine.depth--;
}

/** Makes values of what a parser of JSON or TOML reads. */
export const valueBuilder: JsonBuilder<Value> = {
  literal: (value) => value,
  integer(value) {
    if (typeof value === "bigint" && BigInt.asIntN(64, value) !== value)
      throw new Failure(`${value > 0 ? "unsigned " : ""}json number ${value} outside of Nix integer range`);
    return value;
  },
  float: (value) => new NixFloat(value),
  string: withoutNull,
  list: (items) => items,
  object(members) {
    for (const name of members.keys()) withoutNull(name);
    return Attrs.from(members);
  },
};

function withoutNull(text: string): string {
  if (!text.includes("\0")) return text;
  const shown = text.replaceAll("\0", "\u00e2\u0090\u0080");
  throw new Failure(`input string '${shown}' cannot be represented as Nix string because it contains null bytes`);
}

/** The value of a JSON text. @throws Failure */
export function fromJson(text: string): Value {
  return parseJson(text, valueBuilder);
}
