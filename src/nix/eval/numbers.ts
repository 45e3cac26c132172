import { describeType } from "./describe.ts";
import { NixError } from "./errors.ts";
import { printForError } from "./print.ts";
import { force, NixFloat, placeOf, type CallSite, type Lazy, type Value } from "./values.ts";

const largestInt = 2n ** 63n - 1n;
const smallestInt = -(2n ** 63n);
/** A sum, difference or product of two `number`s that is at most this in size was not rounded. */
export const largestExact = 2 ** 53 - 1;

/** The value for an integer that fits into 64 bits. */
export function fromBigInt(value: bigint): number | bigint {
  return value <= 9007199254740992n && value >= -9007199254740992n ? Number(value) : value;
}

type Int = number | bigint;
type Operator = "+" | "-" | "*" | "/";

const verbs: Readonly<Record<Operator, string>> = {
  "+": "adding",
  "-": "subtracting",
  "*": "multiplying",
  "/": "dividing",
};

function isInt(value: Value): value is Int {
  return typeof value === "number" || typeof value === "bigint";
}

/** Arithmetic of two ints in 64 bits. @throws NixError on overflow and division by zero. */
export function intArithmetic(op: Operator, a: Int, b: Int, site: CallSite): Int {
  const [x, y] = [BigInt(a), BigInt(b)];
  if (op === "/" && y === 0n) throw new NixError("eval", "division by zero", placeOf(site));
  const result = op === "+" ? x + y : op === "-" ? x - y : op === "*" ? x * y : x / y;
  if (result > largestInt || result < smallestInt)
    throw new NixError("eval", `integer overflow in ${verbs[op]} ${a} ${op} ${b}`, placeOf(site));
  return fromBigInt(result);
}

const phrases: Readonly<Record<Operator, string>> = {
  "+": "of the addition",
  "-": "of the subtraction",
  "*": "of the multiplication",
  "/": "of the division",
};

/** `builtins.add` and its friends, behind the operators too. The values are forced. */
export function arithmetic(op: Operator, a: Value, b: Value, site: CallSite): Value {
  if (isInt(a) && isInt(b)) return intArithmetic(op, a, b, site);
  if (op === "/") {
    const divisor = floatOf(b, "while evaluating the second operand of the division", site);
    if (divisor === 0) throw new NixError("eval", "division by zero", placeOf(site));
  }
  if (a instanceof NixFloat || b instanceof NixFloat) {
    const x = floatOf(a, `while evaluating the first ${op === "/" ? "operand" : "argument"} ${phrases[op]}`, site);
    const y = floatOf(b, `while evaluating the second ${op === "/" ? "operand" : "argument"} ${phrases[op]}`, site);
    const result = op === "+" ? x + y : op === "-" ? x - y : op === "*" ? x * y : x / y;
    return Number.isNaN(result) ? notANumber(op, a, b) : new NixFloat(result);
  }
  const noun = op === "/" ? "operand" : "argument";
  forceInt(a, `while evaluating the first ${noun} ${phrases[op]}`, site);
  forceInt(b, `while evaluating the second ${noun} ${phrases[op]}`, site);
  throw new NixError("bug", "arithmetic of two ints that were none");
}

/** Of two operands that are no numbers the first is kept; of a product, as Nix is compiled, the second. */
function notANumber(op: Operator, a: Value, b: Value): NixFloat {
  const operands = op === "*" ? [b, a] : [a, b];
  const kept = operands.find((one) => one instanceof NixFloat && Number.isNaN(one.value));
  return kept instanceof NixFloat ? kept : new NixFloat(NaN);
}

/** An int. @throws NixError with `context` as trace. */
export function forceInt(lazy: Lazy, context: string, site: CallSite): Int {
  try {
    const value = force(lazy);
    if (isInt(value)) return value;
    throw new NixError(
      "type",
      `expected an integer but found ${describeType(value)}: ${printForError(value)}`,
      placeOf(site),
    );
  } catch (error) {
    if (error instanceof NixError) error.trace(context, placeOf(site));
    throw error;
  }
}

/** A float, or an int made one. @throws NixError with `context` as trace. */
export function floatOf(lazy: Lazy, context: string, site: CallSite): number {
  try {
    const value = force(lazy);
    if (value instanceof NixFloat) return value.value;
    // An int that came from a division may be the double -0.
    if (isInt(value)) return Number(value) + 0;
    throw new NixError(
      "type",
      `expected a float but found ${describeType(value)}: ${printForError(value)}`,
      placeOf(site),
    );
  } catch (error) {
    if (error instanceof NixError) error.trace(context, placeOf(site));
    throw error;
  }
}
