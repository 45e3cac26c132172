import type { ConcatExpr, Expr, VarExpr } from "../syntax/ast.ts";
import { showExpr } from "../syntax/show.ts";
import type { Source } from "../syntax/source.ts";
import { canonicalPath } from "../syntax/parser.ts";
import { Attrs } from "./attrs.ts";
import { compileAttrs, compileLet } from "./compile-attrs.ts";
import { compileCall } from "./compile-call.ts";
import { compileLambda } from "./compile-lambda.ts";
import { compileBinary } from "./compile-operators.ts";
import { compileHasAttr, compileSelect } from "./compile-select.ts";
import { describeType } from "./describe.ts";
import { explainInequality } from "./explain.ts";
import { NixError } from "./errors.ts";
import { arithmetic, largestExact } from "./numbers.ts";
import { printForError, printIdentifier } from "./print.ts";
import { quick } from "./quick.ts";
import { coerceToString, withContext } from "./strings.ts";
import type { Unit } from "./unit.ts";
import {
  Callable,
  force,
  NixFloat,
  NixPath,
  settle,
  Thunk,
  type CallSite,
  type Code,
  type Delay,
  type Env,
  type Lazy,
  type Value,
} from "./values.ts";

/** Turns a resolved tree into closures. Bodies of functions and attributes are compiled when they first run. */
export function compile(expr: Expr, source: Source): Code {
  return new Compiler(source).compile(expr);
}

class Compiler implements Unit {
  readonly source: Source;

  constructor(source: Source) {
    this.source = source;
  }

  site(pos: number): CallSite {
    return { source: this.source, pos };
  }

  place(pos: number) {
    return pos >= 0 ? { source: this.source, offset: pos } : undefined;
  }

  compile(expr: Expr): Code {
    switch (expr.kind) {
      case "int":
      case "string":
        return constant(expr.value);
      case "float":
        return constant(new NixFloat(expr.value));
      case "path":
        return constant(new NixPath(expr.value));
      case "var":
        return this.variable(expr);
      case "inheritFrom":
        return this.slot(expr.depth, expr.slot, expr.pos);
      case "curPos":
        return constant(this.position(expr.pos));
      case "select":
        return compileSelect(this, expr);
      case "hasAttr":
        return compileHasAttr(this, expr);
      case "attrs":
        return compileAttrs(this, expr);
      case "list":
        return this.list(expr.items);
      case "lambda":
        return compileLambda(this, expr);
      case "call":
        return compileCall(this, expr);
      case "let":
        return compileLet(this, expr);
      case "with": {
        const of = this.delay(expr.of);
        const body = this.compile(expr.body);
        // The place is for the error of a name that is looked up in what is no set.
        const { pos } = expr;
        return (env) => body([env, of(env), pos]);
      }
      case "if": {
        const test = this.test(expr.test, "while evaluating a branch condition", expr.pos);
        const yes = this.compile(expr.yes);
        const no = this.compile(expr.no);
        return (env) => (test(env) ? yes(env) : no(env));
      }
      case "assert":
        return this.assertion(expr);
      case "not": {
        const of = this.test(expr.of, "in the argument of the not operator", expr.pos);
        return (env) => !of(env);
      }
      case "binary":
        return compileBinary(this, expr);
      case "concat":
        return this.concat(expr);
    }
  }

  delay(expr: Expr): Delay {
    switch (expr.kind) {
      case "int":
      case "string": {
        const { value } = expr;
        return () => value;
      }
      case "float":
      case "path":
      case "lambda":
        return this.compile(expr);
      case "list":
        if (expr.items.length === 0) return () => emptyList;
        break;
      case "var":
        if (expr.global !== undefined) {
          const value = expr.global as Lazy;
          return () => value;
        }
        if (expr.withs === undefined) return this.delayedSlot(expr.depth, expr.slot, expr.pos);
        break;
      case "inheritFrom":
        return this.delayedSlot(expr.depth, expr.slot, expr.pos);
    }
    return this.thunk(expr);
  }

  delayArgument(expr: Expr): Delay {
    const now = quick(expr);
    if (now === undefined) return this.delay(expr);
    const later = this.thunk(expr);
    return (env) => {
      const value = now(env);
      return value === undefined ? later(env) : value;
    };
  }

  /** The thunk's code is compiled when the first of them is forced; many may have been made before. */
  private thunk(expr: Expr): Delay {
    let compiled: Code | undefined;
    let code: Code = (env) => {
      compiled ??= this.compile(expr);
      code = compiled;
      return compiled(env);
    };
    return (env) => new Thunk(code, env);
  }

  private variable(expr: VarExpr): Code {
    if (expr.withs !== undefined) return this.dynamic(expr, expr.withs);
    if (expr.global === undefined) return this.slot(expr.depth, expr.slot, expr.pos);
    const value = expr.global as Lazy;
    return value instanceof Thunk ? () => value.force() : constant(value);
  }

  /** The value of a slot; one closure for each of the usual depths. */
  private slot(depth: number, slot: number, pos: number): Code {
    const recursion = (thunk: Thunk, env: Env): Value => {
      if (thunk.isForcing) throw new NixError("recursion", "infinite recursion encountered", this.place(pos));
      return settle(env, slot, thunk);
    };
    switch (depth) {
      case 0:
        return (env) => {
          const value = env[slot] as Lazy;
          return value instanceof Thunk ? recursion(value, env) : value;
        };
      case 1:
        return (env) => {
          const up = env[0] as Env;
          const value = up[slot] as Lazy;
          return value instanceof Thunk ? recursion(value, up) : value;
        };
      case 2:
        return (env) => {
          const up = (env[0] as Env)[0] as Env;
          const value = up[slot] as Lazy;
          return value instanceof Thunk ? recursion(value, up) : value;
        };
    }
    return (env) => {
      let up = env;
      for (let i = 0; i < depth; i++) up = up[0] as Env;
      const value = up[slot] as Lazy;
      return value instanceof Thunk ? recursion(value, up) : value;
    };
  }

  /** What a slot holds; while its environment is still being filled, a promise of it. */
  private delayedSlot(depth: number, slot: number, pos: number): Delay {
    const code = this.slot(depth, slot, pos);
    switch (depth) {
      case 0:
        return (env) => {
          const value = env[slot] as Lazy | undefined;
          return value === undefined ? new Thunk(code, env) : value;
        };
      case 1:
        return (env) => {
          const value = (env[0] as Env)[slot] as Lazy | undefined;
          return value === undefined ? new Thunk(code, env) : value;
        };
    }
    return (env) => {
      let up = env;
      for (let i = 0; i < depth; i++) up = up[0] as Env;
      const value = up[slot] as Lazy | undefined;
      return value === undefined ? new Thunk(code, env) : value;
    };
  }

  /** A name that only a `with` can give: the innermost is asked first. */
  private dynamic(expr: VarExpr, withs: readonly number[]): Code {
    const { name, pos } = expr;
    return (env) => {
      let up = env;
      let passed = 0;
      for (const depth of withs) {
        for (; passed < depth; passed++) up = up[0] as Env;
        const set = force(up[1] as Lazy);
        if (!(set instanceof Attrs))
          throw new NixError("type", `expected a set but found ${describeType(set)}: ${printForError(set)}`).trace(
            "while evaluating the first subexpression of a with expression",
            this.place(up[2] as number),
          );
        const index = set.shape.find(name);
        if (index >= 0) {
          const value = set.values[index]!;
          if (!(value instanceof Thunk)) return value;
          if (value.isForcing) throw new NixError("recursion", "infinite recursion encountered", this.place(pos));
          return settle(set.values, index, value);
        }
      }
      throw new NixError("undefined", `undefined variable '${printIdentifier(name)}'`, this.place(pos));
    };
  }

  private position(pos: number): Value {
    const { line, column } = this.source.at(pos);
    const { origin } = this.source;
    if (origin.type !== "file") return null;
    return Attrs.from([
      ["column", column],
      ["file", origin.path],
      ["line", line],
    ]);
  }

  private list(items: readonly Expr[]): Code {
    const delays = items.map((item) => this.delay(item));
    const [a, b, c] = delays;
    switch (delays.length) {
      case 0:
        return () => emptyList;
      case 1:
        return (env) => [a!(env)];
      case 2:
        return (env) => [a!(env), b!(env)];
      case 3:
        return (env) => [a!(env), b!(env), c!(env)];
    }
    return (env) => {
      const list = Array<Lazy>(delays.length);
      for (let i = 0; i < delays.length; i++) list[i] = delays[i]!(env);
      return list;
    };
  }

  test(expr: Expr, context: string, pos: number): (env: Env) => boolean {
    const code = this.compile(expr);
    const fail = (value: Value): never => {
      throw new NixError(
        "type",
        `expected a Boolean but found ${describeType(value)}: ${printForError(value)}`,
        this.place(pos),
      );
    };
    return (env) => {
      try {
        const value = code(env);
        return typeof value === "boolean" ? value : fail(value);
      } catch (error) {
        if (error instanceof NixError) error.trace(context, this.place(pos));
        throw error;
      }
    };
  }

  private assertion(expr: Extract<Expr, { kind: "assert" }>): Code {
    const test = this.test(expr.test, "in the condition of the assert statement", expr.pos);
    const body = this.compile(expr.body);
    const fail = (env: Env): never => {
      const text = showExpr(expr.test);
      if (expr.test.kind === "binary" && expr.test.op === "==") {
        try {
          explainInequality(this.compile(expr.test.left)(env), this.compile(expr.test.right)(env));
        } catch (error) {
          if (error instanceof NixError && error.kind === "assertion")
            error.trace(`while evaluating the condition of the assertion '${text}'`, this.place(expr.pos));
          throw error;
        }
      }
      throw new NixError("assertion", `assertion '${text}' failed`, this.place(expr.pos));
    };
    return (env) => (test(env) ? body(env) : fail(env));
  }

  private concat(expr: ConcatExpr): Code {
    const codes = expr.parts.map((part) => this.compile(part.value));
    const sites = expr.parts.map((part) => this.site(part.pos));
    if (!expr.isString && codes.length === 2) return this.plus(expr, codes, sites);
    return (env) => {
      let text = "";
      for (let i = 0; i < codes.length; i++) {
        const value = codes[i]!(env);
        if (typeof value !== "string" || (i === 0 && !expr.isString))
          return this.joinRest(expr, codes, sites, env, i, text, value);
        text += value;
      }
      return text;
    };
  }

  private plus(expr: ConcatExpr, codes: readonly Code[], sites: readonly CallSite[]): Code {
    const [left, right] = codes as [Code, Code];
    // What is to become a string becomes one before the right operand is evaluated.
    const join = (env: Env, a: Value) => this.joinRest(expr, codes, sites, env, 0, "", a);
    const add = (a: Value, b: Value) => {
      if (typeof a === "string" && typeof b === "string") return a + b;
      return this.addMixed(expr, a, b, sites);
    };
    // A call with many arguments makes the frame large for all calls, and this one stands in every sum that recurs.
    return (env) => {
      const a = left(env);
      if (joinsAtOnce(a)) return join(env, a);
      const b = right(env);
      if (typeof a === "number" && typeof b === "number") {
        const sum = a + b;
        if (sum <= largestExact && sum >= -largestExact) return sum;
      }
      return add(a, b);
    };
  }

  private addMixed(expr: ConcatExpr, a: Value, b: Value, sites: readonly CallSite[]): Value {
    const isNumber = (value: Value) =>
      typeof value === "number" || typeof value === "bigint" || value instanceof NixFloat;
    if (isNumber(a)) {
      if (!isNumber(b)) {
        const what = a instanceof NixFloat ? "a float" : "an integer";
        throw new NixError("eval", `cannot add ${describeType(b)} to ${what}`, this.place(sites[1]!.pos));
      }
      return arithmetic("+", a, b, sites[1]!);
    }
    return this.join(expr, [a, b], sites);
  }

  private joinRest(
    expr: ConcatExpr,
    codes: readonly Code[],
    sites: readonly CallSite[],
    env: Env,
    index: number,
    text: string,
    value: Value,
  ): Value {
    const context = new Set<string>();
    const asPath = !expr.isString && index === 0 && value instanceof NixPath;
    const what = "while evaluating a path segment";
    const options = { more: false, copyToStore: expr.isString };
    if (asPath) text = value.path;
    else text += coerceToString(value, context, what, options, sites[index]!);
    for (let i = index + 1; i < codes.length; i++) {
      const next = codes[i]!(env);
      text += coerceToString(next, context, what, options, sites[i]!);
    }
    return asPath ? this.finishPath(expr, text, context) : withContext(text, context);
  }

  private join(expr: ConcatExpr, values: readonly Value[], sites: readonly CallSite[]): Value {
    const [first] = values;
    const context = new Set<string>();
    const asPath = first instanceof NixPath;
    let text = "";
    values.forEach((value, index) => {
      if (asPath && index === 0) text = first.path;
      else {
        const options = { more: false, copyToStore: !asPath };
        text += coerceToString(value, context, "while evaluating a path segment", options, sites[index]!);
      }
    });
    return asPath ? this.finishPath(expr, text, context) : withContext(text, context);
  }

  private finishPath(expr: ConcatExpr, text: string, context: ReadonlySet<string>): NixPath {
    if (context.size > 0) {
      const message = "a string that refers to a store path cannot be appended to a path";
      throw new NixError("eval", message, this.place(expr.pos));
    }
    return new NixPath(canonicalPath(text));
  }
}

const emptyList: Lazy[] = [];

function constant(value: Value): Code {
  return () => value;
}

const joinsAtOnce = (value: Value): boolean =>
  value === null ||
  typeof value === "boolean" ||
  Array.isArray(value) ||
  value instanceof Attrs ||
  value instanceof Callable;
