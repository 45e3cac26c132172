import { Attrs, AttrsBuilder } from "../eval/attrs.ts";
import { positionsOf, Shape, shapeOf } from "../eval/shape.ts";
import { call2, nowhere } from "../eval/call.ts";
import { force, settle, Thunk, type Builtin, type Env, type Lazy, type Value } from "../eval/values.ts";
import type { Place, Source } from "../syntax/source.ts";
import { exact } from "../text/lists.ts";
import { argument, forceFunction, forceList, forceSet, forceText, requiredAttr } from "./support.ts";

const noEnv: Env = [];

/**
 * The promise of `fn name value`. They do not stand in a literal as its environment: V8 learns from the first sets, which
 * are inputs', that what comes of a literal lives long, and then puts all of it among what is old.
 */
function later(fn: Lazy, name: string, value: Lazy): Thunk {
  return new Thunk(() => call2(force(fn), name, value, nowhere), noEnv);
}

/** A place as `unsafeGetAttrPos` gives it; null where it is not in a file. */
function placeValue(place: Place | undefined): Value {
  if (place === undefined || place.source.origin.type !== "file") return null;
  const { path } = place.source.origin;
  const { line, column } = place.source.at(place.offset);
  return Attrs.from([
    ["column", column],
    ["file", path],
    ["line", line],
  ]);
}

/** The attributes of a set that `keep` wants, with their places. */
function pick(set: Attrs, keep: (name: string) => boolean): Attrs {
  const { shape, values } = set;
  const indexes: number[] = [];
  shape.names.forEach((name, index) => {
    if (keep(name)) indexes.push(index);
  });
  if (indexes.length === values.length) return set;
  return new Attrs(
    shape.pick(indexes),
    indexes.map((index) => values[index]!),
  );
}

function getAt(set: Attrs, index: number): Value {
  const value = set.values[index]!;
  return value instanceof Thunk ? settle(set.values, index, value) : value;
}

function listToAttrs(list: readonly Lazy[]): Attrs {
  const what = "while evaluating an element of the list passed to builtins.listToAttrs";
  const pair = "in a {name=...; value=...;} pair";
  const nameOf = "while evaluating the `name` attribute of an element of the list passed to builtins.listToAttrs";
  if (list.length === 0) return Attrs.empty;
  const given: string[] = [];
  const pairs: Attrs[] = [];
  // The pairs mostly come from one expression, so that what is known of the last one's shape holds for the next.
  let shape: Shape | undefined;
  let index = -1;
  let place: Place | undefined;
  for (let i = 0; i < list.length; i++) {
    const set = forceSet(list[i]!, what);
    if (set.shape !== shape) {
      shape = set.shape;
      index = shape.find("name");
      place = shape.place(index);
    }
    given.push(forceText(index < 0 ? requiredAttr(set, "name", pair) : set.values[index]!, nameOf, place));
    pairs.push(set);
  }
  const { names, sets, table } = firstOfEach(given, pairs);
  const values: Lazy[] = [];
  const offsets: number[] = [];
  const sources: (Source | undefined)[] = [];
  shape = undefined;
  for (let i = 0; i < sets.length; i++) {
    const set = sets[i]!;
    if (set.shape !== shape) {
      shape = set.shape;
      index = shape.find("value");
      place = shape.place(index);
    }
    values.push(index < 0 ? requiredAttr(set, "value", pair) : set.values[index]!);
    offsets.push(place?.offset ?? -1);
    sources.push(place?.source);
  }
  const positions = positionsOf(sources, offsets);
  return new Attrs(table === undefined ? shapeOf(names, positions) : new Shape(names, positions, table), exact(values));
}

/** Of two sets with one name the first counts, and only its value must be there. The table gives the names' indexes. */
function firstOfEach(names: string[], sets: Attrs[]): { names: string[]; sets: Attrs[]; table?: Map<string, number> } {
  // Most such lists are short, as the outputs of a derivation are.
  if (names.length <= 8) {
    const isFirst = (at: number) => names.indexOf(names[at]!) === at;
    if (names.every((_, at) => isFirst(at))) return { names, sets };
    return { names: names.filter((_, at) => isFirst(at)), sets: sets.filter((_, at) => isFirst(at)) };
  }
  // From the end, so that the first stays: asking for each name whether it is there already would hash it twice.
  const table = new Map<string, number>();
  for (let i = names.length - 1; i >= 0; i--) table.set(names[i]!, i);
  if (table.size === names.length) return { names, sets, table };
  const firstSets = sets.filter((_, at) => table.get(names[at]!) === at);
  const first = names.filter((name, at) => table.get(name) === at);
  for (let i = 0; i < first.length; i++) table.set(first[i]!, i);
  return { names: first, sets: firstSets, table };
}

/** Sets. */
export const setBuiltins: readonly Builtin[] = [
  {
    name: "attrNames",
    args: ["set"],
    run: (_, set) => [...forceSet(set, "while evaluating the argument passed to builtins.attrNames").names()],
  },
  {
    name: "attrValues",
    args: ["set"],
    run: (_, set) => [...forceSet(set, "while evaluating the argument passed to builtins.attrValues").sortedValues()],
  },
  {
    name: "catAttrs",
    args: ["attr", "list"],
    run(_, attr, list) {
      const name = forceText(attr, argument("first", "catAttrs"));
      const what = "while evaluating an element in the list passed as second argument to builtins.catAttrs";
      const found: Lazy[] = [];
      for (const item of forceList(list, argument("second", "catAttrs"))) {
        const value = forceSet(item, what).get(name);
        if (value !== undefined) found.push(value);
      }
      return found;
    },
  },
  {
    name: "getAttr",
    args: ["s", "set"],
    run(_, s, set) {
      const name = forceText(s, argument("first", "getAttr"));
      const from = forceSet(set, argument("second", "getAttr"));
      const index = from.shape.find(name);
      if (index >= 0) return getAt(from, index);
      return force(requiredAttr(from, name, "in the attribute set under consideration"));
    },
  },
  {
    name: "hasAttr",
    args: ["s", "set"],
    run(_, s, set) {
      const name = forceText(s, argument("first", "hasAttr"));
      return forceSet(set, argument("second", "hasAttr")).has(name);
    },
  },
  {
    name: "intersectAttrs",
    args: ["e1", "e2"],
    run(_, e1, e2) {
      const left = forceSet(e1, argument("first", "intersectAttrs"));
      const right = forceSet(e2, argument("second", "intersectAttrs"));
      if (left.size >= right.size) return pick(right, (name) => left.has(name));
      const builder = new AttrsBuilder();
      for (const name of left.shape.names) {
        const index = right.shape.find(name);
        if (index >= 0) builder.set(name, right.values[index]!, right.shape.place(index));
      }
      return builder.finish();
    },
  },
  {
    name: "listToAttrs",
    args: ["e"],
    run: (_, e) => listToAttrs(forceList(e, "while evaluating the argument passed to builtins.listToAttrs")),
  },
  {
    name: "mapAttrs",
    args: ["f", "attrset"],
    run(_, f, attrset) {
      const set = forceSet(attrset, argument("second", "mapAttrs"));
      const { names } = set.shape;
      const values = set.values.map((value, index) => later(f, names[index]!, value));
      return new Attrs(set.shape.bare(), values);
    },
  },
  {
    name: "removeAttrs",
    args: ["set", "list"],
    run(_, set, list) {
      const from = forceSet(set, argument("first", "removeAttrs"));
      const what = "while evaluating the values of the second argument passed to builtins.removeAttrs";
      const names = new Set(forceList(list, argument("second", "removeAttrs")).map((name) => forceText(name, what)));
      return pick(from, (name) => !names.has(name));
    },
  },
  {
    name: "unsafeGetAttrPos",
    args: ["s", "set"],
    run(_, s, set) {
      const name = forceText(s, argument("first", "unsafeGetAttrPos"));
      return placeValue(forceSet(set, argument("second", "unsafeGetAttrPos")).placeOf(name));
    },
  },
  {
    name: "zipAttrsWith",
    args: ["f", "list"],
    run(_, f, list) {
      const fn = forceFunction(f, argument("first", "zipAttrsWith"));
      const what = "while evaluating a value of the list passed as second argument to builtins.zipAttrsWith";
      const lists = new Map<string, Lazy[]>();
      for (const item of forceList(list, argument("second", "zipAttrsWith"))) {
        const { shape, values } = forceSet(item, what);
        shape.names.forEach((name, index) => {
          const before = lists.get(name);
          if (before === undefined) lists.set(name, [values[index]!]);
          else before.push(values[index]!);
        });
      }
      return Attrs.from(Array.from(lists, ([name, values]) => [name, later(fn, name, values)] as const));
    },
  },
];
