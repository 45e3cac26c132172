import type { AttrsExpr, DynamicBinding, LetExpr } from "../syntax/ast.ts";
import { Attrs, AttrsBuilder } from "./attrs.ts";
import { Shape } from "./shape.ts";
import { describeType } from "./describe.ts";
import { NixError } from "./errors.ts";
import { guillemets, printForError, printOrigin } from "./print.ts";
import { sortedBindings } from "./resolve.ts";
import { forceStringNoContext } from "./strings.ts";
import type { Unit } from "./unit.ts";
import { force, Thunk, type Code, type Delay, type Env, type Lazy } from "./values.ts";

/** Fills the environment of a `let` or `rec`: the names in order, then what `inherit (e)` selects from. */
function compileFrame(unit: Unit, attrs: AttrsExpr): (env: Env) => Env {
  const bindings = sortedBindings(attrs);
  const hasOverrides = attrs.recursive && attrs.bindings.has("__overrides");
  const fill: { slot: number; delay: Delay; outside: boolean }[] = [];
  attrs.from.forEach((expr, index) =>
    fill.push({ slot: bindings.length + 1 + index, delay: unit.delay(expr), outside: false }),
  );
  bindings.forEach(({ how, value }, index) => {
    let delay = unit.delay(value);
    if (hasOverrides && how !== "inherited") {
      const code = unit.compile(value);
      delay = (env) => new Thunk(code, env);
    }
    fill.push({ slot: index + 1, delay, outside: how === "inherited" });
  });
  const template: Env = Array<undefined>(1 + fill.length).fill(undefined);
  // Plain values first would break nothing, but the order of the slots keeps environments easy to read.
  const slots = fill.map((one) => one.slot);
  const delays = fill.map((one) => one.delay);
  const outside = fill.some((one) => one.outside) ? fill.map((one) => one.outside) : undefined;
  return (env) => {
    const inner = template.slice();
    inner[0] = env;
    for (let i = 0; i < slots.length; i++)
      inner[slots[i]!] = delays[i]!(outside !== undefined && outside[i] === true ? env : inner);
    return inner;
  };
}

export function compileLet(unit: Unit, expr: LetExpr): Code {
  const frame = compileFrame(unit, expr.attrs);
  const body = unit.compile(expr.body);
  return (env) => body(frame(env));
}

export function compileAttrs(unit: Unit, expr: AttrsExpr): Code {
  const bindings = sortedBindings(expr);
  const names = bindings.map((binding) => binding.name);
  const shape = new Shape(names, { source: unit.source, offsets: bindings.map((binding) => binding.pos) });
  const count = names.length;
  if (expr.recursive) {
    const frame = compileFrame(unit, expr);
    const overrides = names.indexOf("__overrides");
    const addDynamic = compileDynamic(unit, expr.dynamic);
    return (env) => {
      const inner = frame(env);
      let set = new Attrs(shape, inner.slice(1, count + 1) as Lazy[]);
      if (overrides >= 0) set = applyOverrides(set, inner, overrides);
      return addDynamic === undefined ? set : addDynamic(set, inner);
    };
  }
  if (count === 0 && expr.dynamic.length === 0) return () => Attrs.empty;
  const build = compileValues(unit, expr);
  const addDynamic = compileDynamic(unit, expr.dynamic);
  if (addDynamic === undefined) return (env) => new Attrs(shape, build(env));
  return (env) => addDynamic(new Attrs(shape, build(env)), env);
}

/** The values of a set that is not recursive. */
function compileValues(unit: Unit, expr: AttrsExpr): (env: Env) => Lazy[] {
  const bindings = sortedBindings(expr);
  const delays = bindings.map(({ value }) => unit.delay(value));
  if (expr.from.length > 0) {
    const from = expr.from.map((one) => unit.delay(one));
    const inFrom = bindings.map(({ how }) => how === "from");
    return (env) => {
      const inner: Env = from.length === 1 ? [env, from[0]!(env)] : [env, ...from.map((one) => one(env))];
      return delays.map((delay, index) => delay(inFrom[index]! ? inner : env));
    };
  }
  const [a, b, c, d] = delays;
  switch (delays.length) {
    case 1:
      return (env) => [a!(env)];
    case 2:
      return (env) => [a!(env), b!(env)];
    case 3:
      return (env) => [a!(env), b!(env), c!(env)];
    case 4:
      return (env) => [a!(env), b!(env), c!(env), d!(env)];
  }
  return (env) => {
    const values = Array<Lazy>(delays.length);
    for (let i = 0; i < delays.length; i++) values[i] = delays[i]!(env);
    return values;
  };
}

/** `__overrides` replaces attributes of a `rec` for the others too, and adds more. */
function applyOverrides(set: Attrs, env: Env, index: number): Attrs {
  let value;
  try {
    value = force(set.values[index]!);
    if (!(value instanceof Attrs))
      throw new NixError("type", `expected a set but found ${describeType(value)}: ${printForError(value)}`);
  } catch (error) {
    if (error instanceof NixError) error.trace("while evaluating the `__overrides` attribute");
    throw error;
  }
  const builder = new AttrsBuilder();
  for (const [name, old] of set.entries()) builder.set(name, old, set.placeOf(name));
  for (const [name, replacement] of value.entries()) {
    const slot = set.shape.find(name) + 1;
    if (slot > 0) env[slot] = replacement;
    builder.set(name, replacement, value.placeOf(name));
  }
  return builder.finish();
}

/** Adds attributes whose names are computed; a name that is null adds none. */
function compileDynamic(
  unit: Unit,
  bindings: readonly DynamicBinding[],
): ((set: Attrs, env: Env) => Attrs) | undefined {
  if (bindings.length === 0) return undefined;
  const compiled = bindings.map(({ name, value, pos }) => ({
    name: unit.compile(name),
    value: unit.delay(value),
    pos,
    site: unit.site(pos),
  }));
  return (set, env) => {
    const builder = new AttrsBuilder();
    set.shape.names.forEach((name, index) => builder.set(name, set.values[index]!, set.shape.place(index)));
    for (const { name, value, pos, site } of compiled) {
      const key = name(env);
      if (key === null) continue;
      const text = forceStringNoContext(key, "while evaluating the name of a dynamic attribute", site);
      if (builder.has(text)) {
        const before = builder.placeOf(text);
        const where = before ? showPlace(before) : guillemets("none");
        throw new NixError("eval", `dynamic attribute '${text}' already defined at ${where}`, unit.place(pos));
      }
      builder.set(text, value(env), { source: unit.source, offset: pos });
    }
    return builder.finish();
  };
}

function showPlace({ source, offset }: NonNullable<ReturnType<Unit["place"]>>): string {
  const { line, column } = source.at(offset);
  return `${printOrigin(source)}:${line}:${column}`;
}
