import { describeType } from "./describe.ts";
import { equal } from "./equality.ts";
import { NixError } from "./errors.ts";
import { printForError } from "./print.ts";
import { force, NixFloat, NixPath, NixString, placeOf, type CallSite, type Value } from "./values.ts";

function numberOf(value: Value): number | bigint | undefined {
  if (typeof value === "number" || typeof value === "bigint") return value;
  return value instanceof NixFloat ? value.value : undefined;
}

function textOf(value: Value): string | undefined {
  if (typeof value === "string") return value;
  return value instanceof NixString ? value.text : undefined;
}

/** `a < b`: numbers, strings, paths, and lists of such. @throws NixError where the two cannot be compared. */
export function compareValues(a: Value, b: Value, site: CallSite): boolean {
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
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let i = 0; ; i++) {
      if (i === b.length) return false;
      if (i === a.length) return true;
      const [c, d] = [force(a[i]!), force(b[i]!)];
      if (a[i] !== b[i] && !equal(c, d)) return compareValues(c, d, site);
    }
  }
  throw new NixError(
    "eval",
    `cannot compare ${describeType(a)} with ${describeType(b)}; values are ${printForError(a)} and ${printForError(b)}`,
    placeOf(site),
  );
}
