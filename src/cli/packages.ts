import { Attrs, coerceToString, force, isDerivation, nowhere, type Lazy, type Value } from "#nix";
import { autoCall } from "./attr-path.ts";
import { refusal } from "./failures.ts";

/** A name that `nix-env` and its kind look at when they search a set. */
const searched = /^[A-Za-z_][A-Za-z0-9\-_+]*$/;

/**
 * The derivations that a value holds: itself, or those in its lists and sets, and below sets that say
 * `recurseForDerivations`. @throws NixError where there can be none.
 */
export function findDerivations(root: Lazy, args: Attrs): Attrs[] {
  const found: Attrs[] = [];
  const seen = new Set<Attrs>();
  const add = (value: Value): boolean => {
    if (!(value instanceof Attrs) || !isDerivation(value)) return false;
    if (!seen.has(value)) {
      if (value.get("name") === undefined) throw refusal("derivation name missing");
      text(value, "name", "while evaluating the 'name' attribute of a derivation");
      found.push(value);
    }
    seen.add(value);
    return true;
  };
  const search = (lazy: Lazy, path: string): void => {
    const value = autoCall(lazy, args);
    if (add(value)) return;
    if (value instanceof Attrs) {
      const combines = value.has("_combineChannels");
      for (const [name, item] of value.entries()) {
        if (!searched.test(name)) continue;
        const below = path === "" ? name : `${path}.${name}`;
        if (combines) search(item, below);
        else {
          const inner = force(item);
          if (add(inner) || !(inner instanceof Attrs)) continue;
          const recurse = inner.get("recurseForDerivations");
          if (recurse !== undefined && force(recurse) === true) search(inner, below);
        }
      }
    } else if (Array.isArray(value))
      value.forEach((item, index) => {
        if (!add(force(item))) search(item, path === "" ? String(index) : `${path}.${index}`);
      });
    else throw refusal("expression does not evaluate to a derivation (or a set or list of those)");
  };
  search(root, "");
  return found;
}

function text(set: Attrs, name: string, what: string): string {
  return coerceToString(set.get(name)!, new Set(), what, { more: false, copyToStore: false }, nowhere);
}

/** The path of a derivation's `.drv` file. */
export function drvPathOf(derivation: Attrs): string {
  if (derivation.get("drvPath") === undefined) throw refusal("derivation does not contain a 'drvPath' attribute");
  return text(derivation, "drvPath", "while evaluating the 'drvPath' attribute of a derivation");
}

/** The name of the output that a derivation's set stands for, or nothing. */
export function outputNameOf(derivation: Attrs): string {
  return derivation.get("outputName") === undefined
    ? ""
    : text(derivation, "outputName", "while evaluating the output name of a derivation");
}
