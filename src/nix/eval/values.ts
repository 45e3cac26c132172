import type { Place, Source } from "../syntax/source.ts";
import type { Attrs } from "./attrs.ts";
import { NixError } from "./errors.ts";

/** A value in weak head normal form. An int is a `number` up to 2^53 in size, else a `bigint`; a `string` is bytes. */
export type Value =
  | number
  | bigint
  | string
  | boolean
  | null
  | NixFloat
  | NixString
  | NixPath
  | NixList
  | Attrs
  | Lambda
  | PrimOp
  | PartialCall;

/** A value, or a promise of one. */
export type Lazy = Value | Thunk;

/** Never changed once made, but that a thunk may be replaced by its value. */
export type NixList = Lazy[];

/** Slot 0 holds the environment around. A slot is `undefined` only while its environment is being filled. */
export type Env = (Env | Lazy | null | undefined)[];

/** Compiled code: gives a value in weak head normal form. */
export type Code = (env: Env) => Value;

/** Compiled code for a place that must not be evaluated yet: a thunk, or at once what is already known. */
export type Delay = (env: Env) => Lazy;

export class NixFloat {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/**
 * The one not-a-number without a minus sign: only TOML can say it, and what is computed from it keeps it. Where a
 * computation makes one, x86 gives it the sign; JavaScript does not tell the two apart.
 */
export const positiveNan = new NixFloat(NaN);

/** A float's text by one of the ways to write it. */
export function showFloat(float: NixFloat, format: (value: number) => string): string {
  return float !== positiveNan && Number.isNaN(float.value) ? "-nan" : format(float.value);
}

/** A string with a context that is not empty: elements in Nix's encoding (see README), each once, in no order. */
export class NixString {
  readonly text: string;
  readonly context: readonly string[];
  constructor(text: string, context: readonly string[]) {
    this.text = text;
    this.context = context;
  }
}

/** An absolute canonical path. */
export class NixPath {
  readonly path: string;
  constructor(path: string) {
    this.path = path;
  }
}

/** What can be called, but for sets with `__functor`. */
export abstract class Callable {
  declare private readonly callable: true;
}

/** What all closures made from one lambda expression share. `x: y: z: body` is one with three parameters. */
export interface LambdaCode {
  readonly source: Source;
  /** Position of the outermost lambda, and of those inside that were joined to it. */
  readonly positions: readonly number[];
  readonly name: string | undefined;
  readonly arity: number;
  /** Whether the one parameter is a set pattern. */
  readonly isPattern: boolean;
  /** The names of a set pattern, each with whether it has a default; made when somebody asks. */
  readonly formalsSet: Attrs | undefined;
  readonly ellipsis: boolean;
  /** The names of the parameters; of a set pattern the one before or behind `@`, if there is one. */
  readonly args: readonly string[];
  /** Fills the environment of a set pattern. Without formals, the environment is `[up, ...arguments]`. */
  bind: (up: Env, arg: Lazy, code: LambdaCode) => Env;
  body: Code;
}

export class Lambda extends Callable {
  readonly code: LambdaCode;
  readonly env: Env;
  constructor(code: LambdaCode, env: Env) {
    super();
    this.code = code;
    this.env = env;
  }
}

/** Where a builtin was called. */
export interface CallSite {
  readonly source: Source | undefined;
  readonly pos: number;
}

/** A builtin as data. `run` gets as many arguments as `args` names, not forced. */
export interface Builtin {
  readonly name: string;
  readonly args: readonly string[];
  // One signature for all numbers of parameters; a builtin declares as many as it has.
  readonly run: (this: void, site: CallSite, a: Lazy, b: Lazy, c: Lazy) => Value;
  /** The experimental feature that must be on, else the builtin is not there. */
  readonly feature?: string;
  /** Not a "while calling the … builtin" line (Nix's own choice for a few). */
  readonly quiet?: boolean;
  /** Under its plain name in scope too, not only in `builtins`. */
  readonly global?: boolean;
}

export class PrimOp extends Callable {
  readonly builtin: Builtin;
  readonly arity: number;
  readonly run: Builtin["run"];
  constructor(builtin: Builtin) {
    super();
    this.builtin = builtin;
    this.arity = builtin.args.length;
    this.run = builtin.run;
  }
}

/** A function of several parameters that has got some of them. */
export class PartialCall extends Callable {
  readonly fn: Lambda | PrimOp;
  readonly args: readonly Lazy[];
  constructor(fn: Lambda | PrimOp, args: readonly Lazy[]) {
    super();
    this.fn = fn;
    this.args = args;
  }
}

const forcing: Code = () => {
  throw new NixError("recursion", "infinite recursion encountered");
};
const failed: Code = () => {
  throw new NixError("bug", "a failed thunk was run");
};

/**
 * A computation that is done at most once. `code` is null when done; the value, or the environment before, or the
 * error after a failure, is in `state`.
 */
export class Thunk {
  private code: Code | null;
  private state: Env | Value | NixError | null | undefined;

  constructor(code: Code, env: Env) {
    this.code = code;
    this.state = env;
  }

  get isDone(): boolean {
    return this.code === null;
  }

  get isForcing(): boolean {
    return this.code === forcing;
  }

  /** The value of a thunk that is done. */
  get done(): Value {
    return this.state as Value;
  }

  force(): Value {
    const code = this.code;
    if (code === null) return this.state as Value;
    if (code === failed) throw (this.state as NixError).copy();
    const env = this.state as Env;
    this.code = forcing;
    this.state = null;
    try {
      const value = code(env);
      this.code = null;
      this.state = value;
      return value;
    } catch (error) {
      this.fail(error, code, env);
      throw error;
    }
  }

  /** A thunk that was stopped from outside or ran out of stack may be tried again; others keep their error. */
  private fail(error: unknown, code: Code, env: Env): void {
    if (code === forcing) return;
    if (error instanceof NixError && error.kind !== "stopped" && error.kind !== "overflow") {
      this.code = failed;
      // Not a copy: what is said of the error further out on its way is told again, as in Nix.
      this.state = error;
    } else {
      this.code = code;
      this.state = env;
    }
  }
}

/** The value behind a promise. @throws NixError where computing it fails. */
export function force(lazy: Lazy): Value {
  return lazy instanceof Thunk ? lazy.force() : lazy;
}

/**
 * The value of an environment's or set's slot. Writes it back, so that the thunk can go; not for functions, which Nix
 * compares by where they stand.
 */
export function settle(slots: (Env | Lazy | null | undefined)[], index: number, thunk: Thunk): Value {
  const value = thunk.force();
  if (!(value instanceof Callable)) slots[index] = value;
  return value;
}

/** The place of a call, for errors. */
export function placeOf(site: CallSite): Place | undefined {
  return site.source !== undefined && site.pos >= 0 ? { source: site.source, offset: site.pos } : undefined;
}
