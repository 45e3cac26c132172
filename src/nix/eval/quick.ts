import type { Expr } from "../syntax/ast.ts";
import { largestExact } from "./numbers.ts";
import type { Env, Value } from "./values.ts";

type Quick = (env: Env) => Value | undefined;

/**
 * Code that gives the value of an expression if it is arithmetic over ints that are known already, else `undefined`.
 * Evaluating such an argument at once cannot be noticed, and most arguments of recursive functions are of this kind.
 */
export function quick(expr: Expr): Quick | undefined {
  if (expr.kind === "concat" && !expr.isString && expr.parts.length === 2)
    return combine("+", expr.parts[0]!.value, expr.parts[1]!.value);
  if (expr.kind === "binary" && (expr.op === "-" || expr.op === "*")) return combine(expr.op, expr.left, expr.right);
  return undefined;
}

function combine(op: "+" | "-" | "*", left: Expr, right: Expr): Quick | undefined {
  const a = operand(left);
  const b = operand(right);
  if (a === undefined || b === undefined) return undefined;
  const compute: (x: number, y: number) => number =
    op === "+" ? (x, y) => x + y : op === "-" ? (x, y) => x - y : (x, y) => x * y;
  if (typeof b === "number" && typeof a !== "number" && op !== "*") {
    const by = op === "+" ? b : -b;
    return (env) => {
      const x = a(env);
      if (typeof x !== "number") return undefined;
      const result = x + by;
      return result <= largestExact && result >= -largestExact ? result : undefined;
    };
  }
  return (env) => {
    const x = typeof a === "number" ? a : a(env);
    const y = typeof b === "number" ? b : b(env);
    if (typeof x !== "number" || typeof y !== "number") return undefined;
    const result = compute(x, y);
    return result <= largestExact && result >= -largestExact ? result : undefined;
  };
}

function operand(expr: Expr): Quick | number | undefined {
  if (expr.kind === "int" && typeof expr.value === "number") return expr.value;
  if (expr.kind !== "var" || expr.slot < 0) return quick(expr);
  const { depth, slot } = expr;
  if (depth === 0) return (env) => env[slot] as Value | undefined;
  if (depth === 1) return (env) => (env[0] as Env)[slot] as Value | undefined;
  return (env) => {
    let up = env;
    for (let i = 0; i < depth; i++) up = up[0] as Env;
    return up[slot] as Value | undefined;
  };
}
