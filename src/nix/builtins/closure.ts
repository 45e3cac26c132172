import { Attrs } from "../eval/attrs.ts";
import { call1, nowhere } from "../eval/call.ts";
import { compareValues } from "../eval/compare.ts";
import { NixError } from "../eval/errors.ts";
import { printForError } from "../eval/print.ts";
import { force, NixString, type Builtin, type Lazy, type Value } from "../eval/values.ts";
import { forceFunction, forceList, forceSet, requiredAttr } from "./support.ts";

/**
 * Keys that were met. Nix keeps them in a tree ordered by `<`; ints and strings need no tree, and a new kind of key
 * beside another must be refused as the comparison of the two is.
 */
class Keys {
  private readonly plain = new Map<unknown, Value>();
  private readonly others: { key: Value; element: Value }[] = [];
  private first: { key: Value; element: Value } | undefined;

  /** False where the key was there. @throws NixError where it cannot be compared with the others. */
  add(key: Value, element: Value): boolean {
    const simple = key instanceof NixString ? key.text : key;
    if (this.first === undefined) this.first = { key, element };
    else compareValues(key, this.first.key);
    if ((typeof simple === "string" || typeof simple === "number") && this.others.length === 0) {
      if (this.plain.has(simple)) return false;
      this.plain.set(simple, element);
      return true;
    }
    for (const [other, value] of this.plain) this.others.push({ key: other as Value, element: value });
    this.plain.clear();
    return this.insert(key, element);
  }

  private insert(key: Value, element: Value): boolean {
    let low = 0;
    let high = this.others.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareValues(this.others[middle]!.key, key)) low = middle + 1;
      else high = middle;
    }
    if (low < this.others.length && !compareValues(key, this.others[low]!.key)) return false;
    this.others.splice(low, 0, { key, element });
    return true;
  }

  /** The element whose key refused to be compared. */
  get witness(): Value | undefined {
    return this.first?.element;
  }
}

function keyOf(item: Lazy): { element: Attrs; key: Lazy } {
  try {
    const element = forceSet(item, "");
    return { element, key: requiredAttr(element, "key", "") };
  } catch (error) {
    if (error instanceof NixError) error.trace(`in genericClosure element ${printForError(item)}`);
    throw error;
  }
}

function addKey(keys: Keys, key: Value, element: Attrs): boolean {
  try {
    return keys.add(key, element);
  } catch (error) {
    if (error instanceof NixError) {
      const { witness } = keys;
      if (witness !== undefined && witness !== element) {
        error.trace(`with element ${printForError(witness)}`);
        error.trace(`while comparing element ${printForError(element)}`);
      } else error.trace(`while checking key of element ${printForError(element)}`);
    }
    throw error;
  }
}

function genericClosure(start: readonly Lazy[], operator: Value): Lazy[] {
  const work = [...start];
  const keys = new Keys();
  const result: Lazy[] = [];
  for (let next = 0; next < work.length; next++) {
    const { element, key } = keyOf(work[next]!);
    if (!addKey(keys, force(key), element)) continue;
    result.push(element);
    try {
      const what = "while evaluating the return value of the `operator` passed to builtins.genericClosure";
      for (const item of forceList(call1(operator, element, nowhere), what)) {
        force(item);
        work.push(item);
      }
    } catch (error) {
      if (error instanceof NixError)
        error.trace(`while calling operator on genericClosure element ${printForError(element)}`);
      throw error;
    }
  }
  return result;
}

/** `genericClosure`. */
export const closureBuiltins: readonly Builtin[] = [
  {
    name: "genericClosure",
    args: ["attrset"],
    run(_, attrset) {
      const set = forceSet(attrset, "while evaluating the first argument passed to builtins.genericClosure");
      const where = "in the attrset passed as argument to builtins.genericClosure";
      const what = (name: string) =>
        `while evaluating the '${name}' attribute passed as argument to builtins.genericClosure`;
      const start = forceList(requiredAttr(set, "startSet", where), what("startSet"));
      if (start.length === 0) return start;
      const operator = forceFunction(requiredAttr(set, "operator", where), what("operator"));
      return genericClosure(start, operator);
    },
  },
];
