import type { AttrName, Expr, HasAttrExpr, SelectExpr } from "../syntax/ast.ts";
import { showExpr } from "../syntax/show.ts";
import { Attrs } from "./attrs.ts";
import type { Shape } from "./shape.ts";
import { describeType } from "./describe.ts";
import { NixError } from "./errors.ts";
import { printForError, printIdentifier } from "./print.ts";
import { forceStringNoContext } from "./strings.ts";
import { bestMatches } from "./suggest.ts";
import type { Unit } from "./unit.ts";
import { force, settle, Thunk, type Code, type Env, type Value } from "./values.ts";

type Name = string | ((env: Env) => string);

function compileName(unit: Unit, name: AttrName): Name {
  if (typeof name === "string") return name;
  const code = unit.compile(name);
  const site = unit.site(name.pos);
  return (env) => forceStringNoContext(code(env), "while evaluating an attribute name", site);
}

function showPath(path: readonly AttrName[], names: readonly Name[], env: Env): string {
  return path
    .map((part, index) => {
      const name = names[index]!;
      try {
        return printIdentifier(typeof name === "string" ? name : name(env));
      } catch {
        return `"\${${showExpr(part as Expr)}}"`;
      }
    })
    .join(".");
}

export function compileSelect(unit: Unit, expr: SelectExpr): Code {
  const { path, pos } = expr;
  const names = path.map((name) => compileName(unit, name));
  const of = unit.compile(expr.of);
  /** Adds the place where the attribute was defined that an access has come to. */
  function leave(error: unknown, env: Env, set: Attrs | undefined, index: number): never {
    if (error instanceof NixError) {
      const place = set?.shape.place(index);
      if (place && place.source.origin.type !== "internal")
        error.trace(`while evaluating the attribute '${showPath(path, names, env)}'`, place);
    }
    throw error;
  }

  function notASet(value: Value): NixError {
    return new NixError("type", `expected a set but found ${describeType(value)}: ${printForError(value)}`).trace(
      "while selecting an attribute",
      unit.place(pos),
    );
  }

  function missing(set: Attrs, name: string): NixError {
    const error = new NixError("eval", `attribute '${printIdentifier(name)}' missing`, unit.place(pos));
    error.suggestions = bestMatches(set.shape.names, name);
    return error;
  }

  function forceAt(set: Attrs, index: number, thunk: Thunk): Value {
    if (!thunk.isForcing) return settle(set.values, index, thunk);
    throw new NixError("recursion", "infinite recursion encountered", set.shape.place(index) ?? unit.place(pos));
  }

  function general(env: Env): Value {
    let value = of(env);
    let set: Attrs | undefined;
    let index = -1;
    let step = 0;
    try {
      for (let i = 0; i < names.length; i++) {
        const part = names[i]!;
        if (step > 0) {
          const next = set!.values[index]!;
          value = next instanceof Thunk ? forceAt(set!, index, next) : next;
        }
        const name = typeof part === "string" ? part : part(env);
        const at = value instanceof Attrs ? value.shape.find(name) : -1;
        if (at < 0 || !(value instanceof Attrs)) {
          if (expr.fallback !== undefined) return undefined as unknown as Value;
          if (!(value instanceof Attrs)) throw notASet(value);
          throw missing(value, name);
        }
        set = value;
        index = at;
        step++;
      }
      const last = set!.values[index]!;
      return last instanceof Thunk ? forceAt(set!, index, last) : last;
    } catch (error) {
      return leave(error, env, set, index);
    }
  }

  if (expr.fallback !== undefined) {
    const fallback = unit.compile(expr.fallback);
    return (env) => {
      const value = general(env);
      return value === undefined ? fallback(env) : value;
    };
  }
  if (names.length > 1 || typeof names[0] !== "string") return general;

  const name = names[0];
  let lastShape: Shape | undefined;
  let lastIndex = -1;
  return (env) => {
    const value = of(env);
    let set: Attrs | undefined;
    let index = -1;
    try {
      if (!(value instanceof Attrs)) throw notASet(value);
      if (value.shape === lastShape) index = lastIndex;
      else {
        index = value.shape.find(name);
        if (index < 0) throw missing(value, name);
        lastShape = value.shape;
        lastIndex = index;
      }
      set = value;
      const found = value.values[index]!;
      return found instanceof Thunk ? forceAt(value, index, found) : found;
    } catch (error) {
      return leave(error, env, set, index);
    }
  };
}

export function compileHasAttr(unit: Unit, expr: HasAttrExpr): Code {
  const of = unit.compile(expr.of);
  const names = expr.path.map((name) => compileName(unit, name));
  return (env) => {
    let value = of(env);
    for (let i = 0; i < names.length; i++) {
      const part = names[i]!;
      const name = typeof part === "string" ? part : part(env);
      if (!(value instanceof Attrs)) return false;
      const next = value.get(name);
      if (next === undefined) return false;
      if (i < names.length - 1) value = force(next);
    }
    return true;
  };
}
