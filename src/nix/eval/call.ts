import { Attrs } from "./attrs.ts";
import { describeType } from "./describe.ts";
import { NixError } from "./errors.ts";
import { asNixError } from "./failures.ts";
import { machine, nextSlice, tooDeep } from "./machine.ts";
import { printForError } from "./print.ts";
import {
  force,
  Lambda,
  PartialCall,
  placeOf,
  PrimOp,
  type CallSite,
  type Env,
  type Lazy,
  type Value,
} from "./values.ts";

/** Calls from nowhere in particular. */
export const nowhere: CallSite = { source: undefined, pos: -1 };

/** Adds the lines that Nix adds to an error that leaves a function, when traces are asked for; throws it again. */
export function leaveLambda(error: unknown, lambda: Lambda, site: CallSite): never {
  if (error instanceof NixError && machine.showTrace) {
    const { source, positions, name } = lambda.code;
    const what = name === undefined ? "anonymous lambda" : `'${name}'`;
    error.trace(`while calling ${what}`, { source, offset: positions.at(-1)! });
    const place = placeOf(site);
    if (place) error.trace("from call site", place);
  }
  throw error;
}

function leavePrimOp(error: unknown, fn: PrimOp, site: CallSite): never {
  const failure = asNixError(error);
  if (failure instanceof NixError && fn.builtin.quiet !== true)
    failure.trace(`while calling the '${fn.builtin.name}' builtin`, placeOf(site));
  throw failure;
}

function enter(site: CallSite): void {
  if (--machine.fuel < 0) nextSlice();
  if (++machine.depth > machine.maxDepth) tooDeep(placeOf(site));
}

function runLambda(lambda: Lambda, args: readonly Lazy[], site: CallSite): Value {
  enter(site);
  const { code } = lambda;
  const env: Env = code.isPattern ? bindFormals(lambda, args[0] as Lazy, site) : [lambda.env, ...args];
  try {
    const value = code.body(env);
    machine.depth--;
    return value;
  } catch (error) {
    return leaveLambda(error, lambda, site);
  }
}

/** The environment of a set pattern's body. @throws NixError where the argument does not fit. */
export function bindFormals(lambda: Lambda, arg: Lazy, site: CallSite): Env {
  try {
    return lambda.code.bind(lambda.env, arg, lambda.code);
  } catch (error) {
    if (error instanceof NixError && site.pos >= 0) error.trace("from call site", placeOf(site));
    throw error;
  }
}

function runPrimOp(fn: PrimOp, args: readonly Lazy[], site: CallSite): Value {
  enter(site);
  try {
    const value = fn.run(site, args[0]!, args[1]!, args[2]!);
    machine.depth--;
    return value;
  } catch (error) {
    return leavePrimOp(error, fn, site);
  }
}

/** Calls a function with one argument. */
export function call1(fn: Value, a: Lazy, site: CallSite): Value {
  if (fn instanceof Lambda && fn.code.arity === 1) {
    if (--machine.fuel < 0) nextSlice();
    if (++machine.depth > machine.maxDepth) tooDeep(placeOf(site));
    const { code } = fn;
    const env = code.isPattern ? bindFormals(fn, a, site) : [fn.env, a];
    try {
      const value = code.body(env);
      machine.depth--;
      return value;
    } catch (error) {
      return leaveLambda(error, fn, site);
    }
  }
  if (fn instanceof PrimOp && fn.arity === 1) {
    enter(site);
    try {
      const value = (fn.run as (site: CallSite, a: Lazy) => Value)(site, a);
      machine.depth--;
      return value;
    } catch (error) {
      return leavePrimOp(error, fn, site);
    }
  }
  return callMany(fn, [a], site);
}

/** Calls a function with two arguments. */
export function call2(fn: Value, a: Lazy, b: Lazy, site: CallSite): Value {
  if (fn instanceof Lambda && fn.code.arity === 2) {
    if (--machine.fuel < 0) nextSlice();
    if (++machine.depth > machine.maxDepth) tooDeep(placeOf(site));
    try {
      const value = fn.code.body([fn.env, a, b]);
      machine.depth--;
      return value;
    } catch (error) {
      return leaveLambda(error, fn, site);
    }
  }
  if (fn instanceof PrimOp && fn.arity === 2) {
    enter(site);
    try {
      const value = (fn.run as (site: CallSite, a: Lazy, b: Lazy) => Value)(site, a, b);
      machine.depth--;
      return value;
    } catch (error) {
      return leavePrimOp(error, fn, site);
    }
  }
  return callMany(fn, [a, b], site);
}

/** Calls a function with any number of arguments: with too few gives a function, with more calls on. */
export function callMany(fn: Value, args: readonly Lazy[], site: CallSite): Value {
  let value = fn;
  let used = 0;
  while (used < args.length) {
    const held: readonly Lazy[] = value instanceof PartialCall ? value.args : [];
    const target: Value = value instanceof PartialCall ? value.fn : value;
    if (target instanceof Lambda || target instanceof PrimOp) {
      const arity = target instanceof Lambda ? target.code.arity : target.arity;
      const end = used + arity - held.length;
      const now = held.length + used === 0 && args.length === arity ? args : [...held, ...args.slice(used, end)];
      if (args.length < end) return new PartialCall(target, now);
      used = end;
      value = target instanceof Lambda ? runLambda(target, now, site) : runPrimOp(target, now, site);
    } else value = callOther(value, args[used++]!, site);
  }
  return value;
}

/** Calls a set with `__functor`. */
function callOther(value: Value, arg: Lazy, site: CallSite): Value {
  const functor = value instanceof Attrs ? value.get("__functor") : undefined;
  if (functor === undefined) {
    throw new NixError(
      "type",
      `attempt to call something which is not a function but ${describeType(value)}: ${printForError(value)}`,
      placeOf(site),
    );
  }
  enter(site);
  try {
    const place = (value as Attrs).placeOf("__functor");
    const inner = place ? { source: place.source, pos: place.offset } : nowhere;
    const result = call2(force(functor), value, arg, inner);
    machine.depth--;
    return result;
  } catch (error) {
    if (error instanceof NixError)
      error.trace("while calling a functor (an attribute set with a '__functor' attribute)", placeOf(site));
    throw error;
  }
}
