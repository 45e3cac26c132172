import { call2, nowhere } from "../eval/call.ts";
import { compareValues } from "../eval/compare.ts";
import { NixError } from "../eval/errors.ts";
import { force, PrimOp, type Builtin, type Lazy, type Value } from "../eval/values.ts";
import { argument, forceBool, forceFunction, forceList } from "./support.ts";

type Less = (a: Value, b: Value) => boolean;

/** A stable merge sort that asks only `less(right, left)`, as Nix's own does, once for each step. */
function mergeSort(items: Value[], less: Less): Value[] {
  let from = items.slice();
  let to: Value[] = items.slice();
  const { length } = items;
  for (let width = 1; width < length; width *= 2) {
    for (let start = 0; start < length; start += 2 * width) {
      const middle = Math.min(start + width, length);
      const end = Math.min(start + 2 * width, length);
      let left = start;
      let right = middle;
      for (let out = start; out < end; out++) {
        if (left < middle && (right >= end || !less(from[right]!, from[left]!))) to[out] = from[left++]!;
        else to[out] = from[right++]!;
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Numbers and plain strings in their natural order, without a call for each pair; `undefined` for other lists. */
function sortNatural(items: readonly Value[]): Lazy[] | undefined {
  const [first] = items;
  if (typeof first === "number" && items.every((item) => typeof item === "number"))
    return Array.from(Float64Array.from(items as number[]).sort());
  if (typeof first === "string" && items.every((item) => typeof item === "string"))
    return (items as string[]).slice().sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return undefined;
}

const natural: Less = (a, b) => {
  try {
    return compareValues(a, b);
  } catch (error) {
    if (error instanceof NixError) error.trace("while evaluating the ordering function passed to builtins.sort");
    throw error;
  }
};

/** Sorting. */
export const sortBuiltins: readonly Builtin[] = [
  {
    name: "sort",
    args: ["comparator", "list"],
    run(_, comparator, list) {
      const items = forceList(list, argument("second", "sort"));
      if (items.length === 0) return items;
      const fn = forceFunction(comparator, argument("first", "sort"));
      const values = items.map(force);
      if (fn instanceof PrimOp && fn.builtin.name === "lessThan")
        return sortNatural(values) ?? mergeSort(values, natural);
      const what = "while evaluating the return value of the sorting function passed to builtins.sort";
      return mergeSort(values, (a, b) => forceBool(call2(fn, a, b, nowhere), what));
    },
  },
];
