import type { AttrName, AttrsExpr, Binding, Expr, LambdaExpr, VarExpr } from "../syntax/ast.ts";
import type { Source } from "../syntax/source.ts";
import { NixError } from "./errors.ts";
import { printIdentifier } from "./print.ts";
import type { Lazy } from "./values.ts";

/** The names that are there before a program starts. */
export type Globals = ReadonlyMap<string, Lazy>;

/** Names of one environment with their slots; none for a `with`, whose names are known only when it runs. */
interface Scope {
  readonly up: Scope | undefined;
  readonly names: ReadonlyMap<string, number> | undefined;
}

/**
 * Writes into every variable where its value stands (fields "resolved" of the tree).
 * @throws NixError of kind `undefined` for a name that nothing defines.
 */
export function resolve(expr: Expr, source: Source, globals: Globals): void {
  new Resolver(source, globals).visit(expr, undefined);
}

/** The parameters that share one environment: `x: y: body` takes both at once. Gives the lambdas that they belong to. */
export function joinedLambdas(expr: LambdaExpr): LambdaExpr[] {
  const joined = [expr];
  if (expr.formals !== undefined) return joined;
  for (let body = expr.body; body.kind === "lambda" && body.formals === undefined; body = body.body) joined.push(body);
  return joined;
}

/** The bindings of a set or `let` in the order of their slots: bytewise by name. */
export function sortedBindings(attrs: AttrsExpr): readonly Binding[] {
  attrs.sorted ??= sorted(attrs.bindings.values());
  return attrs.sorted;
}

function sorted(bindings: readonly Binding[]): readonly Binding[] {
  for (let i = 1; i < bindings.length; i++)
    if (bindings[i - 1]!.name > bindings[i]!.name) return bindings.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return bindings;
}

class Resolver {
  private readonly source: Source;
  private readonly globals: Globals;

  constructor(source: Source, globals: Globals) {
    this.source = source;
    this.globals = globals;
  }

  visit(expr: Expr, scope: Scope | undefined): void {
    switch (expr.kind) {
      case "var":
        return this.variable(expr, scope);
      case "select":
        this.visit(expr.of, scope);
        this.path(expr.path, scope);
        if (expr.fallback) this.visit(expr.fallback, scope);
        return;
      case "hasAttr":
        this.visit(expr.of, scope);
        return this.path(expr.path, scope);
      case "attrs":
        return this.attrs(expr, scope);
      case "list":
        for (let i = 0; i < expr.items.length; i++) this.visit(expr.items[i]!, scope);
        return;
      case "lambda":
        return this.lambda(expr, scope);
      case "call":
        this.visit(expr.fn, scope);
        for (let i = 0; i < expr.args.length; i++) this.visit(expr.args[i]!, scope);
        return;
      case "let":
        return this.visit(expr.body, this.recursive(expr.attrs, scope));
      case "with":
        this.visit(expr.of, scope);
        return this.visit(expr.body, { up: scope, names: undefined });
      case "if":
        this.visit(expr.test, scope);
        this.visit(expr.yes, scope);
        return this.visit(expr.no, scope);
      case "assert":
        this.visit(expr.test, scope);
        return this.visit(expr.body, scope);
      case "not":
        return this.visit(expr.of, scope);
      case "binary":
        this.operator(expr, scope);
        return;
      case "concat":
        for (let i = 0; i < expr.parts.length; i++) this.visit(expr.parts[i]!.value, scope);
        return;
    }
  }

  private variable(expr: VarExpr, scope: Scope | undefined): void {
    let withs: number[] | undefined;
    let depth = 0;
    for (let at = scope; at !== undefined; at = at.up, depth++) {
      if (at.names === undefined) (withs ??= []).push(depth);
      else {
        const slot = at.names.get(expr.name);
        if (slot !== undefined) {
          expr.depth = depth;
          expr.slot = slot;
          return;
        }
      }
    }
    expr.global = this.globals.get(expr.name);
    if (expr.global !== undefined) return;
    if (withs === undefined) {
      throw new NixError("undefined", `undefined variable '${printIdentifier(expr.name)}'`, this.place(expr.pos));
    }
    expr.withs = withs;
  }

  private place(offset: number) {
    return offset >= 0 ? { source: this.source, offset } : undefined;
  }

  /** Arithmetic calls `__sub` and so on by name, so a program that binds such a name changes the operator. */
  private operator(expr: Extract<Expr, { kind: "binary" }>, scope: Scope | undefined): void {
    const shadowable = operatorNames[expr.op];
    if (shadowable !== undefined) {
      for (let at = scope; at !== undefined; at = at.up) {
        if (at.names?.has(shadowable) === true) return this.shadowedOperator(expr, shadowable, scope);
      }
    }
    const [first, second] = isSwapped(expr.op) ? [expr.right, expr.left] : [expr.left, expr.right];
    this.visit(first, scope);
    this.visit(second, scope);
  }

  private shadowedOperator(expr: Extract<Expr, { kind: "binary" }>, name: string, scope: Scope | undefined): void {
    const fn: VarExpr = { kind: "var", pos: -1, name, depth: -1, slot: -1, global: undefined, withs: undefined };
    const args = isSwapped(expr.op) ? [expr.right, expr.left] : [expr.left, expr.right];
    const call: Expr = { kind: "call", pos: expr.pos, fn, args };
    const result: Expr = expr.op === "<=" || expr.op === ">=" ? { kind: "not", pos: expr.pos, of: call } : call;
    Object.assign(expr as object, result);
    this.visit(result, scope);
  }

  private path(path: readonly AttrName[], scope: Scope | undefined): void {
    for (let i = 0; i < path.length; i++) {
      const name = path[i]!;
      if (typeof name !== "string") this.visit(name, scope);
    }
  }

  /** Binds the names of a `let` or `rec` and visits what they stand for; gives the scope of the body. */
  private recursive(attrs: AttrsExpr, scope: Scope | undefined): Scope {
    const names = new Map<string, number>();
    const inner: Scope = { up: scope, names };
    const bindings = sortedBindings(attrs);
    for (let i = 0; i < bindings.length; i++) names.set(bindings[i]!.name, i + 1);
    const from = bindings.length + 1;
    for (const expr of attrs.from) this.visit(expr, inner);
    for (let i = 0; i < bindings.length; i++) {
      const { how, value } = bindings[i]!;
      if (how === "from") this.inherited(value, from);
      else this.visit(value, how === "inherited" ? scope : inner);
    }
    for (const { name, value } of attrs.dynamic) {
      this.visit(name, inner);
      this.visit(value, inner);
    }
    return inner;
  }

  /** `inherit (e) a` selects from a slot that the set or `let` keeps behind its names. */
  private inherited(value: Expr, firstSlot: number): void {
    if (value.kind !== "select" || value.of.kind !== "inheritFrom") return;
    value.of.depth = 0;
    value.of.slot = firstSlot + value.of.index;
  }

  private attrs(expr: AttrsExpr, scope: Scope | undefined): void {
    if (expr.recursive) {
      this.recursive(expr, scope);
      return;
    }
    for (const from of expr.from) this.visit(from, scope);
    const bindings = expr.bindings.values();
    for (let i = 0; i < bindings.length; i++) {
      const { how, value } = bindings[i]!;
      if (how === "from") this.inherited(value, 1);
      else this.visit(value, scope);
    }
    for (const { name, value } of expr.dynamic) {
      this.visit(name, scope);
      this.visit(value, scope);
    }
  }

  private lambda(expr: LambdaExpr, scope: Scope | undefined): void {
    const names = new Map<string, number>();
    const inner: Scope = { up: scope, names };
    if (expr.formals === undefined) {
      const joined = joinedLambdas(expr);
      joined.forEach((lambda, index) => names.set(lambda.arg!, index + 1));
      this.visit(joined.at(-1)!.body, inner);
      return;
    }
    let slot = 1;
    if (expr.arg !== undefined) names.set(expr.arg, slot++);
    const { formals } = expr;
    for (let i = 0; i < formals.length; i++) names.set(formals[i]!.name, slot++);
    for (let i = 0; i < formals.length; i++) {
      const { fallback } = formals[i]!;
      if (fallback !== undefined) this.visit(fallback, inner);
    }
    this.visit(expr.body, inner);
  }
}

/** The global function behind each arithmetic operator. */
const operatorNames: Readonly<Record<string, string | undefined>> = {
  "-": "__sub",
  "*": "__mul",
  "/": "__div",
  "<": "__lessThan",
  ">": "__lessThan",
  "<=": "__lessThan",
  ">=": "__lessThan",
};

/** `a > b` is `b < a` in Nix. */
function isSwapped(op: string): boolean {
  return op === ">" || op === "<=";
}
