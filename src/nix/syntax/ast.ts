import type { Bindings } from "./bindings.ts";

/**
 * The tree. `pos` is an offset in the source, -1 where Nix keeps no position either (literals, `let`).
 * Fields marked "resolved" are set by `eval/resolve.ts`.
 */
export type Expr =
  | IntExpr
  | FloatExpr
  | StringExpr
  | PathExpr
  | VarExpr
  | CurPosExpr
  | SelectExpr
  | HasAttrExpr
  | AttrsExpr
  | ListExpr
  | LambdaExpr
  | CallExpr
  | LetExpr
  | WithExpr
  | IfExpr
  | AssertExpr
  | NotExpr
  | BinaryExpr
  | ConcatExpr
  | InheritFromExpr;

export interface IntExpr {
  kind: "int";
  pos: number;
  value: number | bigint;
}

export interface FloatExpr {
  kind: "float";
  pos: number;
  value: number;
}

export interface StringExpr {
  kind: "string";
  pos: number;
  value: string;
}

/** An absolute path; it may end in a slash when an interpolation follows. */
export interface PathExpr {
  kind: "path";
  pos: number;
  value: string;
}

export interface VarExpr {
  kind: "var";
  pos: number;
  name: string;
  /** Resolved: how many environments up, and which slot there; or the value of a global name; or the `with`s to ask. */
  depth: number;
  slot: number;
  global: unknown;
  withs: number[] | undefined;
}

export interface CurPosExpr {
  kind: "curPos";
  pos: number;
}

/** A fixed name, or an expression that gives it. */
export type AttrName = string | Expr;

export interface SelectExpr {
  kind: "select";
  pos: number;
  of: Expr;
  path: AttrName[];
  fallback: Expr | undefined;
}

export interface HasAttrExpr {
  kind: "hasAttr";
  pos: number;
  of: Expr;
  path: AttrName[];
}

/** `inherited`: `inherit a`, whose variable is looked up outside a `rec`. `from`: `inherit (e) a`. */
export interface Binding {
  name: string;
  value: Expr;
  pos: number;
  how: "plain" | "inherited" | "from";
}

export interface DynamicBinding {
  name: Expr;
  value: Expr;
  pos: number;
}

export interface AttrsExpr {
  kind: "attrs";
  pos: number;
  recursive: boolean;
  bindings: Bindings;
  dynamic: DynamicBinding[];
  /** Resolved: the bindings in the order of their names. */
  sorted: readonly Binding[] | undefined;
  /** The expressions of `inherit (e) …`, each evaluated once. */
  from: Expr[];
}

/** The value of `from[index]` of the set or `let` around. Resolved: where its slot is. */
export interface InheritFromExpr {
  kind: "inheritFrom";
  pos: number;
  index: number;
  depth: number;
  slot: number;
}

export interface ListExpr {
  kind: "list";
  pos: number;
  items: Expr[];
}

export interface Formal {
  name: string;
  pos: number;
  fallback: Expr | undefined;
}

export interface LambdaExpr {
  kind: "lambda";
  pos: number;
  /** The name that the function is bound to, for error messages. */
  name: string | undefined;
  arg: string | undefined;
  formals: Formal[] | undefined;
  ellipsis: boolean;
  body: Expr;
}

export interface CallExpr {
  kind: "call";
  pos: number;
  fn: Expr;
  args: Expr[];
}

export interface LetExpr {
  kind: "let";
  pos: number;
  attrs: AttrsExpr;
  body: Expr;
}

export interface WithExpr {
  kind: "with";
  pos: number;
  of: Expr;
  body: Expr;
}

export interface IfExpr {
  kind: "if";
  pos: number;
  test: Expr;
  yes: Expr;
  no: Expr;
}

export interface AssertExpr {
  kind: "assert";
  pos: number;
  test: Expr;
  body: Expr;
}

export interface NotExpr {
  kind: "not";
  pos: number;
  of: Expr;
}

/** Arithmetic and `<` are calls of `__sub`, `__mul`, `__div` and `__lessThan` in Nix, names that a program may shadow. */
export type BinaryOperator = "==" | "!=" | "&&" | "||" | "->" | "//" | "++" | "<" | "<=" | ">" | ">=" | "-" | "*" | "/";

export interface BinaryExpr {
  kind: "binary";
  pos: number;
  op: BinaryOperator;
  left: Expr;
  right: Expr;
}

/** `a + b` (not `isString`), an interpolated string, or a path with interpolations (not `isString`). */
export interface ConcatExpr {
  kind: "concat";
  pos: number;
  isString: boolean;
  parts: ConcatPart[];
}

export interface ConcatPart {
  pos: number;
  value: Expr;
  /** Text of the string itself, not an interpolation that happens to be a string. */
  literal: boolean;
}
