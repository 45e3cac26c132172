import type { CallExpr } from "../syntax/ast.ts";
import { bindFormals, call1, call2, callMany, leaveLambda } from "./call.ts";
import { machine, nextSlice, tooDeep } from "./machine.ts";
import type { Unit } from "./unit.ts";
import { Lambda, type Code, type Env, type Lazy, type Value } from "./values.ts";

/**
 * A call. Those with one to three arguments run a closure of that many parameters at once: one JS frame for the call,
 * one for the body.
 */
export function compileCall(unit: Unit, expr: CallExpr): Code {
  const fn = unit.compile(expr.fn);
  const args = expr.args.map((arg) => unit.delayArgument(arg));
  const site = unit.site(expr.pos);
  const [first, second, third] = args;
  // Apart, because each argument of a call that stands in a closure makes the closure's frame larger, used or not: what a
  // program can nest is counted in these frames.
  const leave = (error: unknown, value: Lambda) => leaveLambda(error, value, site);
  const stop = () => tooDeep(unit.place(expr.pos));
  if (first !== undefined && args.length === 1) {
    const other = (value: Value, env: Env) => call1(value, first(env), site);
    const bind = (value: Lambda, env: Env) => bindFormals(value, first(env), site);
    return (env) => {
      const value = fn(env);
      if (!(value instanceof Lambda) || value.code.arity !== 1) return other(value, env);
      const frame = value.code.isPattern ? bind(value, env) : [value.env, first(env)];
      if (--machine.fuel < 0) nextSlice();
      if (++machine.depth > machine.maxDepth) stop();
      try {
        const result = value.code.body(frame);
        machine.depth--;
        return result;
      } catch (error) {
        return leave(error, value);
      }
    };
  }
  if (first !== undefined && second !== undefined && args.length === 2) {
    return (env) => {
      const value = fn(env);
      if (!(value instanceof Lambda) || value.code.arity !== 2) return call2(value, first(env), second(env), site);
      const frame = [value.env, first(env), second(env)];
      if (--machine.fuel < 0) nextSlice();
      if (++machine.depth > machine.maxDepth) stop();
      try {
        const result = value.code.body(frame);
        machine.depth--;
        return result;
      } catch (error) {
        return leave(error, value);
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
      if (++machine.depth > machine.maxDepth) stop();
      try {
        const result = value.code.body(frame);
        machine.depth--;
        return result;
      } catch (error) {
        return leave(error, value);
      }
    };
  }
  return (env) => {
    const value = fn(env);
    const given: Lazy[] = [];
    for (let i = 0; i < args.length; i++) given.push(args[i]!(env));
    return callMany(value, given, site);
  };
}
