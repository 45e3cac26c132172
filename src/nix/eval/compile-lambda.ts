import type { Expr, Formal, LambdaExpr } from "../syntax/ast.ts";
import { Attrs } from "./attrs.ts";
import { Shape } from "./shape.ts";
import { describeType } from "./describe.ts";
import { NixError } from "./errors.ts";
import { printForError, printIdentifier } from "./print.ts";
import { joinedLambdas } from "./resolve.ts";
import { bestMatches } from "./suggest.ts";
import type { Unit } from "./unit.ts";
import { force, Lambda, type Code, type Delay, type Env, type LambdaCode, type Lazy, type Value } from "./values.ts";

/** A lambda; its body is compiled at the first call. */
export function compileLambda(unit: Unit, expr: LambdaExpr): Code {
  const code = new CompiledLambda(unit, expr);
  return (env) => new Lambda(code, env);
}

/**
 * A class: V8 makes a hash table of each object that is written with a getter in braces. The functions in it come from
 * others: one that is written where it is assigned to a property starts its life among what is old, and all that it
 * holds stays in memory until a full collection.
 */
class CompiledLambda implements LambdaCode {
  readonly source: LambdaCode["source"];
  readonly positions: readonly number[];
  readonly name: string | undefined;
  readonly arity: number;
  readonly isPattern: boolean;
  readonly ellipsis: boolean;
  readonly args: readonly string[];
  bind: LambdaCode["bind"];
  body: Code;
  private readonly formals: readonly Formal[] | undefined;
  private set: Attrs | undefined;

  constructor(unit: Unit, expr: LambdaExpr) {
    const joined = joinedLambdas(expr);
    const { body } = joined.at(-1)!;
    this.source = unit.source;
    this.positions = joined.map((lambda) => lambda.pos);
    this.name = expr.name;
    this.arity = joined.length;
    this.isPattern = expr.formals !== undefined;
    this.ellipsis = expr.ellipsis;
    this.args = joined.flatMap((lambda) => lambda.arg ?? []);
    this.bind = expr.formals === undefined ? noBind : bindFirst(unit, expr);
    this.body = compileFirst(this, unit, body);
    this.formals = expr.formals;
  }

  get formalsSet(): Attrs | undefined {
    this.set ??= this.formals && describeFormals(this.source, this.formals);
    return this.set;
  }
}

function compileFirst(code: { body: Code }, unit: Unit, body: Expr): Code {
  return (env) => {
    code.body = unit.compile(body);
    return code.body(env);
  };
}

function describeFormals(source: LambdaCode["source"], formals: readonly Formal[]): Attrs {
  if (formals.length === 0) return Attrs.empty;
  const sorted = [...formals].sort((a, b) => (a.name < b.name ? -1 : 1));
  const positions = { source, offsets: sorted.map((formal) => formal.pos) };
  const shape = new Shape(
    sorted.map((formal) => formal.name),
    positions,
  );
  return new Attrs(
    shape,
    sorted.map((formal) => formal.fallback !== undefined),
  );
}

const noBind: LambdaCode["bind"] = () => {
  throw new NixError("bug", "a plain parameter was bound as a pattern");
};

function bindFirst(unit: Unit, expr: LambdaExpr): LambdaCode["bind"] {
  return (up, arg, code) => {
    code.bind = formalsBinder(unit, expr);
    return code.bind(up, arg, code);
  };
}

/** Puts a set's attributes into the slots of a pattern; remembers where they stand in sets of the last shape met. */
function formalsBinder(unit: Unit, expr: LambdaExpr): LambdaCode["bind"] {
  const formals = expr.formals!;
  const count = formals.length;
  const first = expr.arg === undefined ? 1 : 2;
  const defaults: (Delay | undefined)[] = formals.map(({ fallback }) => fallback && unit.delay(fallback));
  const template: Env = Array<undefined>(first + count).fill(undefined);
  const name = expr.name ?? "anonymous lambda";
  let lastShape: Shape | undefined;
  let indexes: number[] = [];

  function forceSet(arg: Lazy): Attrs {
    const value: Value = force(arg);
    if (value instanceof Attrs) return value;
    throw new NixError("type", `expected a set but found ${describeType(value)}: ${printForError(value)}`).trace(
      "while evaluating the value passed for the lambda argument",
      unit.place(expr.pos),
    );
  }

  function study(shape: Shape): void {
    const found = formals.map((formal) => shape.find(formal.name));
    const missing = formals.findIndex((formal, index) => found[index]! < 0 && formal.fallback === undefined);
    const error = (message: string) => new NixError("type", message, unit.place(expr.pos));
    if (missing >= 0) throw error(`function '${name}' called without required argument '${formals[missing]!.name}'`);
    if (!expr.ellipsis && found.filter((index) => index >= 0).length !== shape.names.length) {
      const names = formals.map((formal) => formal.name);
      const known = new Set(names);
      const extra = shape.names.find((one) => !known.has(one))!;
      const refusal = error(`function '${name}' called with unexpected argument '${printIdentifier(extra)}'`);
      refusal.suggestions = bestMatches(names, extra);
      throw refusal;
    }
    lastShape = shape;
    indexes = found;
  }

  return (up, arg) => {
    const set = arg instanceof Attrs ? arg : forceSet(arg);
    if (set.shape !== lastShape) study(set.shape);
    const env: Env = template.slice();
    env[0] = up;
    if (first === 2) env[1] = arg;
    const { values } = set;
    let open = false;
    for (let i = 0; i < count; i++) {
      const index = indexes[i]!;
      if (index >= 0) env[first + i] = values[index]!;
      else open = true;
    }
    if (open) {
      for (let i = 0; i < count; i++) if (indexes[i]! < 0) env[first + i] = defaults[i]!(env);
    }
    return env;
  };
}
