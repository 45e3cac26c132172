import type { BinaryExpr, Expr } from "../syntax/ast.ts";
import { Attrs, mergeBy } from "./attrs.ts";
import { planMerge, type MergePlan } from "./shape.ts";
import { nowhere } from "./call.ts";
import { compareValues } from "./compare.ts";
import { describeType } from "./describe.ts";
import { equal } from "./equality.ts";
import { NixError } from "./errors.ts";
import { arithmetic, intArithmetic, largestExact } from "./numbers.ts";
import { printForError } from "./print.ts";
import type { Unit } from "./unit.ts";
import type { Code, Env, Lazy, Value } from "./values.ts";

export function compileBinary(unit: Unit, expr: BinaryExpr): Code {
  switch (expr.op) {
    case "&&": {
      const left = unit.test(expr.left, "in the left operand of the AND (&&) operator", expr.pos);
      const right = unit.test(expr.right, "in the right operand of the AND (&&) operator", expr.pos);
      return (env) => left(env) && right(env);
    }
    case "||": {
      const left = unit.test(expr.left, "in the left operand of the OR (||) operator", expr.pos);
      const right = unit.test(expr.right, "in the right operand of the OR (||) operator", expr.pos);
      return (env) => left(env) || right(env);
    }
    case "->": {
      const left = unit.test(expr.left, "in the left operand of the IMPL (->) operator", expr.pos);
      const right = unit.test(expr.right, "in the right operand of the IMPL (->) operator", expr.pos);
      return (env) => !left(env) || right(env);
    }
    case "==":
    case "!=":
      return compileEquality(unit, expr);
    case "<":
    case ">":
    case "<=":
    case ">=":
      return compileOrder(unit, expr);
    case "-":
    case "*":
    case "/":
      return compileArithmetic(unit, expr);
    case "//":
      return compileUpdate(unit, expr);
    case "++":
      return compileConcatLists(unit, expr);
  }
}

function compileEquality(unit: Unit, expr: BinaryExpr): Code {
  const { op } = expr;
  const left = unit.compile(expr.left);
  const right = unit.compile(expr.right);
  if (op === "==") {
    return (env) => {
      const a = left(env);
      const b = right(env);
      return typeof a === "number" && typeof b === "number" ? a === b : equal(a, b);
    };
  }
  return (env) => !equal(left(env), right(env));
}

/** `a > b` is `b < a` in Nix, down to the order in which the two are evaluated. */
function compileOrder(unit: Unit, expr: BinaryExpr): Code {
  const swapped = expr.op === ">" || expr.op === "<=";
  const negated = expr.op === "<=" || expr.op === ">=";
  const first = unit.compile(swapped ? expr.right : expr.left);
  const second = unit.compile(swapped ? expr.left : expr.right);
  return (env) => {
    try {
      const a = first(env);
      const b = second(env);
      const less = typeof a === "number" && typeof b === "number" ? a < b : compareValues(a, b);
      return negated ? !less : less;
    } catch (error) {
      if (error instanceof NixError) {
        error.trace("while calling the 'lessThan' builtin", unit.place(expr.pos));
        if (negated) error.trace("in the argument of the not operator", unit.place(expr.pos));
      }
      throw error;
    }
  };
}

const builtinNames = { "-": "sub", "*": "mul", "/": "div" } as const;

function compileArithmetic(unit: Unit, expr: BinaryExpr): Code {
  const op = expr.op as "-" | "*" | "/";
  const left = unit.compile(expr.left);
  const right = unit.compile(expr.right);
  const site = nowhere;
  const leave = (error: unknown): never => {
    if (error instanceof NixError) error.trace(`while calling the '${builtinNames[op]}' builtin`, unit.place(expr.pos));
    throw error;
  };
  if (op === "-") {
    return (env) => {
      try {
        const a = left(env);
        const b = right(env);
        if (typeof a === "number" && typeof b === "number") {
          const result = a - b;
          return result <= largestExact && result >= -largestExact ? result : intArithmetic("-", a, b, site);
        }
        return arithmetic("-", a, b, site);
      } catch (error) {
        return leave(error);
      }
    };
  }
  if (op === "*") {
    return (env) => {
      try {
        const a = left(env);
        const b = right(env);
        if (typeof a === "number" && typeof b === "number") {
          const result = a * b;
          return result <= largestExact && result >= -largestExact ? result : intArithmetic("*", a, b, site);
        }
        return arithmetic("*", a, b, site);
      } catch (error) {
        return leave(error);
      }
    };
  }
  return (env) => {
    try {
      const a = left(env);
      const b = right(env);
      if (typeof a === "number" && typeof b === "number" && b !== 0) return Math.trunc(a / b);
      return arithmetic("/", a, b, site);
    } catch (error) {
      return leave(error);
    }
  };
}

function asSet(value: Value): Attrs {
  if (value instanceof Attrs) return value;
  throw new NixError("type", `expected a set but found ${describeType(value)}: ${printForError(value)}`);
}

function operandSet(unit: Unit, expr: Expr, context: string): (env: Env) => Attrs {
  const code = unit.compile(expr);
  // A chain of `//` is one operation in Nix, so that an inner one adds no line of context.
  const isChain = expr.kind === "binary" && expr.op === "//";
  return (env) => {
    try {
      return asSet(code(env));
    } catch (error) {
      if (error instanceof NixError && !isChain) error.trace(context, unit.place(expr.pos));
      throw error;
    }
  };
}

/** `a // b`: the right operand is evaluated first, as in Nix; the plan is kept for the next sets of these shapes. */
function compileUpdate(unit: Unit, expr: BinaryExpr): Code {
  const left = operandSet(unit, expr.left, "in the left operand of the update (//) operator");
  const right = operandSet(unit, expr.right, "in the right operand of the update (//) operator");
  let leftShape: unknown;
  let rightShape: unknown;
  let plan: MergePlan | undefined;
  return (env) => {
    const b = right(env);
    const a = left(env);
    if (a.values.length === 0) return b;
    if (b.values.length === 0) return a;
    if (plan === undefined || a.shape !== leftShape || b.shape !== rightShape) {
      plan = planMerge(a.shape, b.shape);
      leftShape = a.shape;
      rightShape = b.shape;
    }
    return mergeBy(plan, a, b);
  };
}

function compileConcatLists(unit: Unit, expr: BinaryExpr): Code {
  const left = unit.compile(expr.left);
  const right = unit.compile(expr.right);
  const check = (value: Value): Lazy[] => {
    if (Array.isArray(value)) return value;
    throw new NixError("type", `expected a list but found ${describeType(value)}: ${printForError(value)}`).trace(
      "while evaluating one of the elements to concatenate",
      unit.place(expr.pos),
    );
  };
  return (env) => {
    const first = left(env);
    const second = right(env);
    const a = check(first);
    const b = check(second);
    if (a.length === 0) return b;
    if (b.length === 0) return a;
    return a.concat(b);
  };
}
