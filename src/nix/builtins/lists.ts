import { Attrs, AttrsBuilder } from "../eval/attrs.ts";
import { call1, call2, nowhere } from "../eval/call.ts";
import { equal } from "../eval/equality.ts";
import { NixError } from "../eval/errors.ts";
import { nextSlice } from "../eval/machine.ts";
import { force, Lambda, Thunk, type Builtin, type Code, type Lazy, type NixList, type Value } from "../eval/values.ts";
import { argument, forceBool, forceFunction, forceInt, forceList, forceText } from "./support.ts";

const applyOne: Code = (env) => call1(force(env[0] as Lazy), env[1] as Lazy, nowhere);

/** More thunks than this fit into no heap; without the bound the engine itself would be ended. */
const largestList = 2 ** 24;

/** The promise of `fn arg`. */
function later(fn: Lazy, arg: Lazy): Thunk {
  return new Thunk(applyOne, [fn, arg]);
}

const forceFn = (lazy: Lazy, name: string) => forceFunction(lazy, argument("first", name));
const secondList = (lazy: Lazy, name: string) => forceList(lazy, argument("second", name));

function placeOfFunction(fn: Value) {
  return fn instanceof Lambda ? { source: fn.code.source, offset: fn.code.positions[0]! } : undefined;
}

function anyOrAll(name: "any" | "all", stopAt: boolean): Builtin {
  const what = `while evaluating the return value of the function passed to builtins.${name}`;
  return {
    name,
    args: ["pred", "list"],
    run(_, pred, list) {
      const fn = forceFn(pred, name);
      for (const item of secondList(list, name)) {
        if (forceBool(call1(fn, item, nowhere), what) === stopAt) return stopAt;
      }
      return !stopAt;
    },
  };
}

function fold(fn: Value, start: Lazy, list: NixList): Value {
  let result: Lazy = start;
  for (let i = 0; i < list.length; i++) result = call2(fn, result, list[i]!, nowhere);
  return force(result);
}

function concat(lists: readonly NixList[]): NixList {
  const full = lists.filter((list) => list.length > 0);
  if (full.length === 1) return full[0]!;
  const result: Lazy[] = [];
  for (const list of full) for (let i = 0; i < list.length; i++) result.push(list[i]!);
  return result;
}

/** Lists. */
export const listBuiltins: readonly Builtin[] = [
  anyOrAll("any", true),
  anyOrAll("all", false),
  {
    name: "concatLists",
    args: ["lists"],
    run(_, lists) {
      const what = "while evaluating a value of the list passed to builtins.concatLists";
      return concat(forceList(lists, argument("first", "concatLists")).map((list) => forceList(list, what)));
    },
  },
  {
    name: "concatMap",
    args: ["f", "list"],
    run(_, f, list) {
      const fn = forceFn(f, "concatMap");
      const what = "while evaluating the return value of the function passed to builtins.concatMap";
      const lists: NixList[] = [];
      for (const item of secondList(list, "concatMap"))
        lists.push(forceList(call1(fn, item, nowhere), what, placeOfFunction(fn)));
      return concat(lists);
    },
  },
  {
    name: "elem",
    args: ["x", "xs"],
    run(_, x, xs) {
      const list = secondList(xs, "elem");
      for (const item of list) if (x === item || equal(force(x), force(item))) return true;
      return false;
    },
  },
  {
    name: "elemAt",
    args: ["xs", "n"],
    run(_, xs, n) {
      const index = forceInt(n, "while evaluating the second argument passed to 'builtins.elemAt'");
      const list = forceList(xs, "while evaluating the first argument passed to 'builtins.elemAt'");
      if (index < 0 || index >= list.length)
        throw new NixError("eval", `'builtins.elemAt' called with index ${index} on a list of size ${list.length}`);
      return force(list[Number(index)]!);
    },
  },
  {
    name: "filter",
    args: ["f", "list"],
    run(_, f, list) {
      const items = secondList(list, "filter");
      if (items.length === 0) return items;
      const fn = forceFn(f, "filter");
      const what = "while evaluating the return value of the filtering function passed to builtins.filter";
      const kept: Lazy[] = [];
      for (let i = 0; i < items.length; i++) if (forceBool(call1(fn, items[i]!, nowhere), what)) kept.push(items[i]!);
      return kept.length === items.length ? items : kept;
    },
  },
  {
    name: "foldl'",
    args: ["op", "nul", "list"],
    run(_, op, nul, list) {
      const fn = forceFn(op, "foldlStrict");
      return fold(fn, nul, forceList(list, argument("third", "foldlStrict")));
    },
  },
  {
    name: "genList",
    args: ["generator", "length"],
    run(_, generator, length) {
      const count = forceInt(length, argument("second", "genList"));
      if (count < 0) throw new NixError("eval", `cannot create list of size ${count}`);
      const fn = forceFn(generator, "genList");
      const list: Lazy[] = [];
      for (let i = 0; i < count; i++) {
        if (i % 4096 === 4095) nextSlice();
        if (i === largestList) throw new NixError("stopped", `a list of ${count} elements does not fit into memory`);
        list.push(later(fn, i));
      }
      return list;
    },
  },
  {
    name: "groupBy",
    args: ["f", "list"],
    run(_, f, list) {
      const fn = forceFn(f, "groupBy");
      const what = "while evaluating the return value of the grouping function passed to builtins.groupBy";
      const groups = new Map<string, Lazy[]>();
      for (const item of secondList(list, "groupBy")) {
        const name = forceText(call1(fn, item, nowhere), what);
        const group = groups.get(name);
        if (group === undefined) groups.set(name, [item]);
        else group.push(item);
      }
      return Attrs.from(groups);
    },
  },
  {
    name: "head",
    args: ["list"],
    run(_, list) {
      const items = forceList(list, "while evaluating the first argument passed to 'builtins.head'");
      if (items.length === 0) throw new NixError("eval", "'builtins.head' called on an empty list");
      return force(items[0]!);
    },
  },
  {
    name: "length",
    args: ["e"],
    run: (_, e) => forceList(e, argument("first", "length")).length,
  },
  {
    name: "map",
    args: ["f", "list"],
    run(_, f, list) {
      const items = secondList(list, "map");
      if (items.length === 0) return items;
      const fn = forceFn(f, "map");
      return items.map((item) => later(fn, item));
    },
  },
  {
    name: "partition",
    args: ["pred", "list"],
    run(_, pred, list) {
      const fn = forceFn(pred, "partition");
      const what = "while evaluating the return value of the partition function passed to builtins.partition";
      const right: Lazy[] = [];
      const wrong: Lazy[] = [];
      for (const item of secondList(list, "partition")) {
        force(item);
        (forceBool(call1(fn, item, nowhere), what) ? right : wrong).push(item);
      }
      const builder = new AttrsBuilder();
      builder.set("right", right);
      builder.set("wrong", wrong);
      return builder.finish();
    },
  },
  {
    name: "tail",
    args: ["list"],
    run(_, list) {
      const items = forceList(list, "while evaluating the first argument passed to 'builtins.tail'");
      if (items.length === 0) throw new NixError("eval", "'builtins.tail' called on an empty list");
      return items.slice(1);
    },
  },
];
