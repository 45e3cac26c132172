import { Attrs } from "./attrs.ts";
import { machine, tooDeep } from "./machine.ts";
import { isDerivation } from "./print.ts";
import { force, NixFloat, NixPath, NixString, type Lazy, type Value } from "./values.ts";

/** `==` of two forced values. */
export function equal(a: Value, b: Value): boolean {
  if (a === b && (typeof a !== "object" || a === null)) return true;
  switch (typeof a) {
    case "number":
    case "bigint":
      return b instanceof NixFloat && Number(a) === b.value;
    case "string":
      return b instanceof NixString && a === b.text;
    case "boolean":
      return false;
  }
  if (a === null) return false;
  if (a instanceof NixString) return a.text === (b instanceof NixString ? b.text : b);
  if (a instanceof NixFloat) {
    if (b instanceof NixFloat) return a.value === b.value;
    return (typeof b === "number" || typeof b === "bigint") && a.value === Number(b);
  }
  if (a instanceof NixPath) return b instanceof NixPath && a.path === b.path;
  if (a instanceof Attrs) return b instanceof Attrs && equalSets(a, b);
  return Array.isArray(a) && Array.isArray(b) && equalLists(a, b);
}

/** Values that are the same by where they stand are equal without a look inside, functions too. */
function equalItems(a: Lazy, b: Lazy): boolean {
  const [x, y] = [force(a), force(b)];
  // Of one value, one place may still hold the thunk.
  return a === b || a === y || x === b || equal(x, y);
}

function equalLists(a: readonly Lazy[], b: readonly Lazy[]): boolean {
  if (a.length !== b.length) return false;
  if (++machine.depth > machine.maxDepth) tooDeep();
  let result = true;
  for (let i = 0; i < a.length && result; i++) result = equalItems(a[i]!, b[i]!);
  machine.depth--;
  return result;
}

function equalSets(a: Attrs, b: Attrs): boolean {
  if (++machine.depth > machine.maxDepth) tooDeep();
  const result = equalDerivations(a, b) ?? equalAttributes(a, b);
  machine.depth--;
  return result;
}

function equalDerivations(a: Attrs, b: Attrs): boolean | undefined {
  if (!isDerivation(a) || !isDerivation(b)) return undefined;
  const x = a.get("outPath");
  const y = b.get("outPath");
  return x === undefined || y === undefined ? undefined : equalItems(x, y);
}

/** As in Nix, the first name that differs ends it, and what stands before that name is compared, with its errors. */
function equalAttributes(a: Attrs, b: Attrs): boolean {
  if (a.size !== b.size) return false;
  const names = a.names();
  const others = a.shape === b.shape ? names : b.names();
  return names.every((name, i) => name === others[i] && equalItems(a.get(name)!, b.get(name)!));
}
