import { Attrs } from "./attrs.ts";
import { NixError } from "./errors.ts";
import { machine, tooDeep } from "./machine.ts";
import { force, Thunk, type Lazy } from "./values.ts";

interface Level {
  readonly items: Lazy[];
  readonly set: Attrs | undefined;
  readonly order: readonly number[] | undefined;
  next: number;
}

/**
 * Forces a value and everything in it. The levels are kept in a list, not on the stack, so that depth of data is no
 * depth of calls.
 */
export function forceDeep(lazy: Lazy): void {
  const seen = new Set<unknown>();
  const levels: Level[] = [];
  const visit = (item: Lazy) => {
    if (machine.depth + levels.length > machine.maxDepth) tooDeep();
    const value = force(item);
    if (typeof value !== "object" || value === null) return;
    if (value instanceof Attrs) {
      if (seen.has(value)) return;
      seen.add(value);
      levels.push({ items: value.values, set: value, order: value.shape.order(), next: 0 });
    } else if (Array.isArray(value)) {
      if (seen.has(value)) return;
      seen.add(value);
      levels.push({ items: value, set: undefined, order: undefined, next: 0 });
    }
  };
  try {
    visit(lazy);
    for (;;) {
      const level = levels.at(-1);
      if (level === undefined) return;
      if (level.next === level.items.length) {
        levels.pop();
        continue;
      }
      const at = level.next++;
      const item = level.items[level.order === undefined ? at : level.order[at]!]!;
      if (item instanceof Thunk || typeof item === "object") visit(item);
    }
  } catch (error) {
    if (error instanceof NixError) explain(error, levels);
    throw error;
  }
}

function explain(error: NixError, levels: readonly Level[]): void {
  for (const { set, next, order } of levels.toReversed()) {
    const at = next - 1;
    if (set === undefined) error.trace(`while evaluating list element at index ${at}`);
    else {
      const index = order === undefined ? at : order[at]!;
      error.trace(`while evaluating the attribute '${set.shape.names[index]}'`, set.shape.place(index));
    }
  }
}
