import { Attrs } from "./attrs.ts";
import { describeType, typeOf } from "./describe.ts";
import { equal } from "./equality.ts";
import { NixError } from "./errors.ts";
import { isDerivation, printForError } from "./print.ts";
import { Callable, force, NixFloat, NixPath, NixString, type Lazy, type Value } from "./values.ts";

function differ(message: string): NixError {
  return new NixError("assertion", message);
}

function isNumber(value: Value): boolean {
  return typeof value === "number" || typeof value === "bigint" || value instanceof NixFloat;
}

/** Says why `assert a == b` failed. @throws NixError of kind `assertion` at the first difference; none if there is none. */
export function explainInequality(a: Value, b: Value): void {
  const [x, y] = [printForError(a), printForError(b)];
  if (isNumber(a) && isNumber(b) && (typeOf(a) !== typeOf(b) || !equal(a, b))) {
    if (equal(a, b)) return;
    if (typeOf(a) !== typeOf(b))
      throw differ(`${describeType(a)} with value '${x}' is not equal to ${describeType(b)} with value '${y}'`);
    throw differ(`${describeType(a)} with value '${x}' is not equal to ${describeType(b)} with value '${y}'`);
  }
  if (typeOf(a) !== typeOf(b))
    throw differ(`${describeType(a)} of value '${x}' is not equal to ${describeType(b)} of value '${y}'`);
  if (a instanceof Callable)
    throw differ("distinct functions and immediate comparisons of identical functions compare as unequal");
  if (a instanceof Attrs) return explainSets(a, b as Attrs);
  if (Array.isArray(a)) return explainLists(a, b as Lazy[]);
  if (equal(a, b)) return;
  if (typeof a === "boolean") throw differ(`boolean '${x}' is not equal to boolean '${y}'`);
  if (a instanceof NixPath) throw differ(`path '${x}' is not equal to path '${y}'`);
  if (typeof a === "string" || a instanceof NixString) throw differ(`string '${x}' is not equal to string '${y}'`);
}

function explainItems(a: Lazy, b: Lazy): void {
  if (a === b) return;
  explainInequality(force(a), force(b));
}

function explainLists(a: readonly Lazy[], b: readonly Lazy[]): void {
  if (a.length !== b.length)
    throw differ(
      `list of size '${a.length}' is not equal to list of size '${b.length}', left hand side is ` +
        `'${printForError(a as Lazy[])}', right hand side is '${printForError(b as Lazy[])}'`,
    );
  for (let i = 0; i < a.length; i++) {
    try {
      explainItems(a[i]!, b[i]!);
    } catch (error) {
      if (error instanceof NixError) error.trace(`while comparing list element ${i}`);
      throw error;
    }
  }
}

function explainSets(a: Attrs, b: Attrs): void {
  if (isDerivation(a) && isDerivation(b)) {
    const [x, y] = [a.get("outPath"), b.get("outPath")];
    if (x !== undefined && y !== undefined) {
      try {
        return explainItems(x, y);
      } catch (error) {
        if (error instanceof NixError) error.trace("while comparing a derivation by its 'outPath' attribute");
        throw error;
      }
    }
  }
  const [x, y] = [printForError(a), printForError(b)];
  if (a.size !== b.size) throw differ(`attribute names of attribute set '${x}' differs from attribute set '${y}'`);
  for (const name of a.names())
    if (!b.has(name)) throw differ(`attribute name '${name}' is contained in '${x}', but not in '${y}'`);
  for (const name of a.names()) {
    try {
      explainItems(a.get(name)!, b.get(name)!);
    } catch (error) {
      if (error instanceof NixError) {
        if (b.placeOf(name)) error.trace("where right hand side is", b.placeOf(name));
        if (a.placeOf(name)) error.trace("where left hand side is", a.placeOf(name));
        error.trace(`while comparing attribute '${name}'`);
      }
      throw error;
    }
  }
}
