import { describeType, typeOf } from "./describe.ts";
import { equal } from "./equality.ts";
import { NixError } from "./errors.ts";
import { printForError } from "./print.ts";
import { force, NixFloat, NixPath, NixString, type Lazy, type Value } from "./values.ts";

function numberOf(value: Value): number | bigint | undefined {
  if (typeof value === "number" || typeof value === "bigint") return value;
  return value instanceof NixFloat ? value.value : undefined;
}

function textOf(value: Value): string | undefined {
  if (typeof value === "string") return value;
  return value instanceof NixString ? value.text : undefined;
}

/** `a < b`: numbers, strings, paths, and lists of such. @throws NixError where the two cannot be compared. */
export function compareValues(a: Value, b: Value): boolean {
  const x = numberOf(a);
  const y = numberOf(b);
  if (x !== undefined && y !== undefined) {
    // An int beside a float becomes a double in Nix; two ints stay exact.
    const mixed = a instanceof NixFloat || b instanceof NixFloat;
    return mixed ? Number(x) < Number(y) : x < y;
  }
  const s = textOf(a);
  const t = textOf(b);
  if (s !== undefined && t !== undefined) return s < t;
  if (a instanceof NixPath && b instanceof NixPath) return a.path < b.path;
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b);
  const what = `cannot compare ${describeType(a)} with ${describeType(b)}; values `;
  const [left, right] = [printForError(a), printForError(b)];
  if (typeOf(a) !== typeOf(b)) throw new NixError("eval", `${what}are ${left} and ${right}`);
  throw new NixError("eval", `${what}of that type are incomparable (values are ${left} and ${right})`);
}

/** The first items that differ decide; else the shorter list is the smaller. */
function compareLists(a: readonly Lazy[], b: readonly Lazy[]): boolean {
  for (let i = 0; i < b.length; i++) {
    if (i === a.length) return true;
    if (a[i] === b[i]) {
      force(a[i]!);
      continue;
    }
    const [x, y] = [force(a[i]!), force(b[i]!)];
    if (equal(x, y)) continue;
    try {
      return compareValues(x, y);
    } catch (error) {
      if (error instanceof NixError) error.trace("while comparing two list elements");
      throw error;
    }
  }
  return false;
}
