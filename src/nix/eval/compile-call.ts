import type { CallExpr } from "../syntax/ast.ts";
import { bindFormals, call1, call2, callMany, leaveLambda } from "./call.ts";
import { machine, nextSlice, tooDeep } from "./machine.ts";
import type { Unit } from "./unit.ts";
import { Lambda, type Code, type Lazy } from "./values.ts";

/**
 * A call. Those with one to three arguments run a closure of that many parameters at once: one JS frame for the call,
 * one for the body.
 */
export function compileCall(unit: Unit, expr: CallExpr): Code {
  const fn = unit.compile(expr.fn);
  const args = expr.args.map((arg) => unit.delayArgument(arg));
  const site = unit.site(expr.pos);
  const [first, second, third] = args;
  if (first !== undefined && args.length === 1) {
    return (env) => {
      const value = fn(env);
      if (!(value instanceof Lambda) || value.code.arity !== 1) return call1(value, first(env), site);
      const { code } = value;
      const frame = code.isPattern ? bindFormals(value, first(env), site) : [value.env, first(env)];
      if (--machine.fuel < 0) nextSlice();
      if (++machine.depth > machine.maxDepth) tooDeep(unit.place(expr.pos));
      try {
        const result = code.body(frame);
        machine.depth--;
        return result;
      } catch (error) {
        return leaveLambda(error, value, site);
      }
    };
  }
  if (first !== undefined && second !== undefined && args.length === 2) {
    return (env) => {
      const value = fn(env);
      if (!(value instanceof Lambda) || value.code.arity !== 2) return call2(value, first(env), second(env), site);
      const frame = [value.env, first(env), second(env)];
      if (--machine.fuel < 0) nextSlice();
      if (++machine.depth > machine.maxDepth) tooDeep(unit.place(expr.pos));
      try {
        const result = value.code.body(frame);
        machine.depth--;
        return result;
      } catch (error) {
        return leaveLambda(error, value, site);
      }
    };
  }
  if (first !== undefined && second !== undefined && third !== undefined && args.length === 3) {
    return (env) => {
      const value = fn(env);
      if (!(value instanceof Lambda) || value.code.arity !== 3)
        return callMany(value, [first(env), second(env), third(env)], site);
      const frame = [value.env, first(env), second(env), third(env)];
      if (--machine.fuel < 0) nextSlice();
      if (++machine.depth > machine.maxDepth) tooDeep(unit.place(expr.pos));
      try {
        const result = value.code.body(frame);
        machine.depth--;
        return result;
      } catch (error) {
        return leaveLambda(error, value, site);
      }
    };
  }
  return (env) => {
    const value = fn(env);
    const given: Lazy[] = [];
    for (const arg of args) given.push(arg(env));
    return callMany(value, given, site);
  };
}
