import { Attrs, bestMatches, call1, describeType, force, Lambda, NixError, nowhere, type Lazy, type Value } from "#nix";
import { refusal } from "./failures.ts";

/** The names of a selection path such as `a."b.c".0`. @throws NixError where a quote is not closed. */
export function parseAttrPath(text: string): string[] {
  const names: string[] = [];
  let name = "";
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (character === ".") {
      names.push(name);
      name = "";
    } else if (character === '"') {
      const end = text.indexOf('"', i + 1);
      if (end < 0) throw refusal(`missing closing quote in selection path '${text}'`);
      name += text.slice(i + 1, end);
      i = end;
    } else name += character;
  }
  if (name !== "") names.push(name);
  return names;
}

/** Calls a function whose parameter is a set with what `args` has of its names; other values stay as they are. */
export function autoCall(lazy: Lazy, args: Attrs): Value {
  const value = force(lazy);
  if (value instanceof Attrs) {
    const functor = value.get("__functor");
    return functor === undefined ? value : autoCall(call1(force(functor), value, nowhere), args);
  }
  if (!(value instanceof Lambda) || value.code.formalsSet === undefined) return value;
  const { formalsSet, ellipsis } = value.code;
  if (ellipsis) return call1(value, args, nowhere);
  const given: [string, Lazy][] = [];
  for (const [name, hasDefault] of formalsSet.entries()) {
    const arg = args.get(name);
    if (arg !== undefined) given.push([name, arg]);
    else if (hasDefault === false)
      throw new NixError(
        "type",
        `cannot evaluate a function that has an argument without a value ('${name}')
Nix attempted to evaluate a function as a top level expression; in
this case it must have its arguments supplied either by default
values, or passed explicitly with '--arg' or '--argstr'. See
https://nix.dev/manual/nix/stable/language/syntax.html#functions.`,
        formalsSet.placeOf(name),
      );
  }
  return call1(value, Attrs.from(given), nowhere);
}

/** What a selection path leads to; functions on the way are called with `args`. @throws NixError */
export function selectAlong(root: Lazy, path: string, args: Attrs): Lazy {
  let at = root;
  for (const name of parseAttrPath(path)) {
    const value = autoCall(at, args);
    const isIndex = /^\d+$/.test(name) && Number(name) < 2 ** 32;
    const wrong = (expected: string) =>
      new NixError(
        "type",
        `the expression selected by the selection path '${path}' should be ${expected} but is ${describeType(value)}`,
      );
    if (isIndex) {
      if (!Array.isArray(value)) throw wrong("a list");
      const item = value[Number(name)];
      if (item === undefined) throw refusal(`list index ${Number(name)} in selection path '${path}' is out of range`);
      at = item;
    } else {
      if (!(value instanceof Attrs)) throw wrong("a set");
      if (name === "") throw refusal(`empty attribute name in selection path '${path}'`);
      const item = value.get(name);
      if (item === undefined) {
        const error = refusal(`attribute '${name}' in selection path '${path}' not found`);
        error.suggestions = bestMatches(value.names(), name);
        throw error;
      }
      at = item;
    }
  }
  return at;
}
