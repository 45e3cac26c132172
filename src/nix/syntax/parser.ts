import { NixError } from "../eval/errors.ts";
import { printIdentifier, printOrigin } from "../eval/print.ts";
import { encodeUtf8 } from "../text/bytes.ts";
import { exact } from "../text/lists.ts";
import type {
  AttrName,
  AttrsExpr,
  Binding,
  BinaryOperator,
  ConcatPart,
  DynamicBinding,
  Expr,
  Formal,
  LambdaExpr,
  VarExpr,
} from "./ast.ts";
import { Bindings } from "./bindings.ts";
import { stripIndentation, type IndentedPart } from "./indented.ts";
import { tokenize, type Tokens } from "./lexer.ts";
import type { Source } from "./source.ts";
import { T, tokenNames } from "./tokens.ts";

/** What the parser must know of its surroundings. */
export interface ParseOptions {
  /** The experimental feature `pipe-operators`. */
  readonly pipeOperators?: boolean;
  /** What `~` stands for; `undefined` where there is no home (pure evaluation). */
  readonly home?: string | undefined;
}

/** Parses a source. @throws NixError of kind `syntax`, or `overflow` for what nests too deep, with its place. */
export function parse(source: Source, options: ParseOptions = {}): Expr {
  const parser = new Parser(source, options);
  try {
    return parser.parseAll();
  } catch (error) {
    // The engine's stack is full: what nests too deep is near, and no error of the engine says where.
    if (error instanceof RangeError) throw parser.tooDeep(error);
    throw error;
  }
}

/** A path made absolute and canonical, without `.`, `..` and double slashes. */
export function canonicalPath(path: string, base = "/"): string {
  // Most paths in programs are `./name`, and canonical already but for that.
  if (base !== "/" && /^\.\/[^./][^/]*$/.test(path)) return base + path.slice(1);
  if (path[0] !== "/") path = `${base}/${path}`;
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

interface Level {
  readonly strength: number;
  readonly right: boolean;
  /** Cannot be chained. */
  readonly single: boolean;
}

const level = (strength: number, how: "left" | "right" | "none"): Level => ({
  strength,
  right: how === "right",
  single: how === "none",
});

const binaryLevels: Readonly<Record<number, Level>> = {
  [T.impl]: level(1, "right"),
  [T.orOp]: level(2, "left"),
  [T.and]: level(3, "left"),
  [T.eq]: level(4, "none"),
  [T.neq]: level(4, "none"),
  [T.less]: level(5, "none"),
  [T.greater]: level(5, "none"),
  [T.leq]: level(5, "none"),
  [T.geq]: level(5, "none"),
  [T.update]: level(6, "right"),
  [T.plus]: level(8, "left"),
  [T.minus]: level(8, "left"),
  [T.times]: level(9, "left"),
  [T.slash]: level(9, "left"),
  [T.concat]: level(10, "right"),
  [T.question]: level(11, "left"),
};
const notStrength = 7;
const negateStrength = 12;

const operators: Readonly<Record<number, BinaryOperator>> = {
  [T.impl]: "->",
  [T.orOp]: "||",
  [T.and]: "&&",
  [T.eq]: "==",
  [T.neq]: "!=",
  [T.less]: "<",
  [T.greater]: ">",
  [T.leq]: "<=",
  [T.geq]: ">=",
  [T.update]: "//",
  [T.minus]: "-",
  [T.times]: "*",
  [T.slash]: "/",
  [T.concat]: "++",
};

const smallInt = /^0*(\d{1,15})$/;
const largestInt = 2n ** 63n - 1n;

function variable(name: string, pos: number): VarExpr {
  return { kind: "var", pos, name, depth: -1, slot: -1, global: undefined, withs: undefined };
}

function emptyAttrs(pos: number): AttrsExpr {
  return { kind: "attrs", pos, recursive: false, bindings: new Bindings(), dynamic: [], sorted: undefined, from: [] };
}

/** A parser that reads as Nix's grammar (`parser.y`): one method a rule. `at` is the index of the next token. */
class Parser {
  private readonly source: Source;
  private readonly options: ParseOptions;
  private readonly tokens: Tokens;
  private readonly kinds: Uint8Array;
  private readonly names = new Map<string, string>();
  private at = 0;

  constructor(source: Source, options: ParseOptions) {
    this.source = source;
    this.options = options;
    this.tokens = tokenize(source.text);
    this.kinds = this.tokens.kinds;
  }

  parseAll(): Expr {
    const result = this.expr();
    if (this.kinds[this.at] !== T.end) this.unexpected([T.end]);
    return result;
  }

  tooDeep(cause: RangeError): NixError {
    const offset = this.tokens.starts[this.at]!;
    const error = new NixError("overflow", "stack overflow; max-call-depth exceeded", { source: this.source, offset });
    error.cause = cause;
    return error;
  }

  private kind(): number {
    return this.kinds[this.at]!;
  }

  private get start(): number {
    return this.tokens.starts[this.at]!;
  }

  /** What a token means: its text in the source, but for escapes. */
  private meaning(at: number): string {
    const { starts, ends, meanings } = this.tokens;
    return meanings.get(at) ?? this.source.text.slice(starts[at], ends[at]);
  }

  private get value(): string {
    return this.meaning(this.at);
  }

  /** The identifier here, as the one text that all its occurrences share. */
  private get name(): string {
    const word = this.value;
    const name = this.names.get(word);
    if (name !== undefined) return name;
    this.names.set(word, word);
    return word;
  }

  private fail(message: string, offset: number): never {
    throw new NixError("syntax", message, { source: this.source, offset });
  }

  /** Bison names what it expected only where that is at most four tokens. */
  private unexpected(expected: readonly number[] = []): never {
    const kind = this.kind();
    const start = this.start;
    if (kind === T.failure) this.fail(this.value, start);
    const name = tokenNames[kind]!;
    const names = expected.map((one) => tokenNames[one]!);
    const expecting = names.length > 0 && names.length <= 4 ? `, expecting ${encodeUtf8(names.join(" or "))}` : "";
    this.fail(
      `syntax error, unexpected ${encodeUtf8(name)}${expecting}`,
      kind === T.end ? this.tokens.ends[this.at]! : start,
    );
  }

  private expect(kind: number, ...others: number[]): void {
    if (this.kinds[this.at] !== kind) this.unexpected([kind, ...others]);
    this.at++;
  }

  private expr(): Expr {
    switch (this.kinds[this.at]) {
      case T.id:
        if (this.kinds[this.at + 1] === T.colon || this.kinds[this.at + 1] === T.at) return this.lambdaOfName();
        break;
      case T.lcurly:
        if (this.startsFormals()) return this.lambdaOfSet();
        break;
      case T.assert: {
        const pos = this.start;
        this.at++;
        const test = this.expr();
        this.expect(T.semicolon);
        return { kind: "assert", pos, test, body: this.expr() };
      }
      case T.with: {
        const pos = this.start;
        this.at++;
        const of = this.expr();
        this.expect(T.semicolon);
        return { kind: "with", pos, of, body: this.expr() };
      }
      case T.let:
        if (this.kinds[this.at + 1] !== T.lcurly) return this.letExpr();
        break;
      case T.if: {
        const pos = this.start;
        this.at++;
        const test = this.expr();
        this.expect(T.thenWord);
        const yes = this.expr();
        this.expect(T.else);
        return { kind: "if", pos, test, yes, no: this.expr() };
      }
    }
    return this.pipe();
  }

  private letExpr(): Expr {
    const pos = this.start;
    this.at++;
    const attrs = this.binds(T.in, -1, [T.in, T.inherit]);
    const body = this.expr();
    if (attrs.dynamic.length > 0) this.fail("dynamic attributes not allowed in let", pos);
    return { kind: "let", pos: -1, attrs, body };
  }

  private lambdaOfName(): Expr {
    const pos = this.start;
    const arg = this.name;
    this.at++;
    if (this.kind() === T.colon) {
      this.at++;
      return { kind: "lambda", pos, name: undefined, arg, formals: undefined, ellipsis: false, body: this.expr() };
    }
    this.at++;
    if (this.kind() !== T.lcurly) this.unexpected([T.lcurly]);
    const { formals, ellipsis } = this.formals([T.id, T.ellipsis, T.rcurly]);
    this.expect(T.colon);
    return this.lambdaWith(pos, arg, formals, ellipsis);
  }

  private lambdaOfSet(): Expr {
    const pos = this.start;
    const { formals, ellipsis } = this.formals([]);
    let arg: string | undefined;
    if (this.kind() === T.at) {
      this.at++;
      if (this.kind() !== T.id) this.unexpected([T.id]);
      arg = this.name;
      this.at++;
      this.expect(T.colon);
    } else this.expect(T.colon, T.at);
    return this.lambdaWith(pos, arg, formals, ellipsis);
  }

  private lambdaWith(pos: number, arg: string | undefined, formals: Formal[], ellipsis: boolean): LambdaExpr {
    const body = this.expr();
    const seen = new Set<string>();
    const message = (name: string) => `duplicate formal function argument '${name}'`;
    let twice: Formal | undefined;
    // Of several, Nix tells of the name that it met first in the file.
    const met = ({ name }: Formal) => this.kinds.findIndex((_, at) => this.meaning(at) === name);
    for (const formal of formals) {
      if (seen.has(formal.name) && (twice === undefined || met(formal) < met(twice))) twice = formal;
      seen.add(formal.name);
    }
    if (twice !== undefined) this.fail(message(twice.name), twice.pos);
    if (arg !== undefined && seen.has(arg)) this.fail(message(arg), pos);
    return { kind: "lambda", pos, name: undefined, arg, formals, ellipsis, body };
  }

  /** Whether the brace here opens a function's formals and not a set: at most two tokens tell, for `{ }` three. */
  private startsFormals(): boolean {
    const first = this.kinds[this.at + 1];
    const second = this.kinds[this.at + 2];
    if (first === T.ellipsis) return true;
    if (first === T.rcurly) return second === T.colon || second === T.at;
    if (first !== T.id) return false;
    if (second === T.comma || second === T.question) return true;
    if (second !== T.rcurly) return false;
    return true;
  }

  private formals(expected: readonly number[]): { formals: Formal[]; ellipsis: boolean } {
    this.at++;
    const formals: Formal[] = [];
    if (this.kind() === T.rcurly) {
      this.at++;
      return { formals, ellipsis: false };
    }
    for (;;) {
      if (this.kind() === T.ellipsis) {
        this.at++;
        this.expect(T.rcurly);
        return { formals: exact(formals), ellipsis: true };
      }
      if (this.kind() === T.rcurly && formals.length > 0) {
        this.at++;
        return { formals: exact(formals), ellipsis: false };
      }
      if (this.kind() !== T.id) this.unexpected(formals.length > 0 ? [T.id, T.ellipsis, T.rcurly] : expected);
      const formal: Formal = { name: this.name, pos: this.start, fallback: undefined };
      formals.push(formal);
      this.at++;
      if (this.kind() === T.question) {
        this.at++;
        formal.fallback = this.expr();
      }
      if (this.kind() === T.comma) this.at++;
      else if (this.kind() !== T.rcurly) this.unexpected([T.rcurly, T.comma]);
    }
  }

  /** `a |> f` and `f <| a`, the weakest operators. They cannot be mixed without brackets. */
  private pipe(): Expr {
    let left = this.operation(0);
    if (this.kind() === T.pipeInto) {
      while (this.kind() === T.pipeInto) {
        const pos = this.pipeOperator();
        left = { kind: "call", pos, fn: this.operation(0), args: [left] };
      }
      if (this.kind() === T.pipeFrom) this.unexpected();
      return left;
    }
    if (this.kind() !== T.pipeFrom) return left;
    const pos = this.pipeOperator();
    const right = this.pipeFromRight();
    return { kind: "call", pos, fn: left, args: [right] };
  }

  private pipeFromRight(): Expr {
    const left = this.operation(0);
    if (this.kind() === T.pipeInto) this.unexpected();
    if (this.kind() !== T.pipeFrom) return left;
    const pos = this.pipeOperator();
    return { kind: "call", pos, fn: left, args: [this.pipeFromRight()] };
  }

  private pipeOperator(): number {
    const pos = this.start;
    if (this.options.pipeOperators !== true)
      this.fail(
        "experimental Nix feature 'pipe-operators' is disabled; add '--extra-experimental-features pipe-operators' to enable it",
        pos,
      );
    this.at++;
    return pos;
  }

  /** Operators that bind stronger than `weakest`. */
  private operation(weakest: number): Expr {
    let start = this.start;
    let left: Expr;
    if (this.kind() === T.not) {
      this.at++;
      const of = this.operation(notStrength - 1);
      left = { kind: "not", pos: positionOf(of), of };
    } else if (this.kind() === T.minus) {
      this.at++;
      const of = this.operation(negateStrength - 1);
      left = { kind: "binary", pos: start, op: "-", left: { kind: "int", pos: -1, value: 0 }, right: of };
    } else left = this.application();

    let single = 0;
    for (;;) {
      const token = this.kinds[this.at]!;
      const how = binaryLevels[token];
      if (how === undefined || how.strength <= weakest) return left;
      if (how.single) {
        if (single === how.strength) this.unexpected();
        single = how.strength;
      }
      const pos = this.start;
      this.at++;
      if (token === T.question) {
        left = { kind: "hasAttr", pos: positionOf(left), of: left, path: this.attrPath() };
        continue;
      }
      const rightStart = this.start;
      const right = this.operation(how.right ? how.strength - 1 : how.strength);
      if (token === T.plus) {
        const parts = [
          { pos: start, value: left, literal: false },
          { pos: rightStart, value: right, literal: false },
        ];
        left = { kind: "concat", pos, isString: false, parts };
      } else left = { kind: "binary", pos, op: operators[token]!, left, right };
    }
  }

  private application(): Expr {
    const pos = this.start;
    const fn = this.select();
    if (!this.startsSimple()) return fn;
    const args = [this.select()];
    while (this.startsSimple()) args.push(this.select());
    // `(f a) b` is one call of two arguments in Nix, whatever the brackets.
    if (fn.kind === "call") {
      fn.args.push(...args);
      return fn;
    }
    return { kind: "call", pos, fn, args: exact(args) };
  }

  private startsSimple(): boolean {
    switch (this.kinds[this.at]) {
      case T.id:
      case T.int:
      case T.float:
      case T.quote:
      case T.indOpen:
      case T.path:
      case T.hpath:
      case T.spath:
      case T.uri:
      case T.lparen:
      case T.let:
      case T.rec:
      case T.lcurly:
      case T.lbracket:
        return true;
      case T.failure:
        this.unexpected();
    }
    return false;
  }

  private select(): Expr {
    const pos = this.start;
    const of = this.simple();
    if (this.kind() === T.dot) {
      this.at++;
      const path = this.attrPath();
      if (this.kind() !== T.or) return { kind: "select", pos, of, path, fallback: undefined };
      this.at++;
      return { kind: "select", pos, of, path, fallback: this.select() };
    }
    // `map or [ ]`: the name `or` as an argument, kept for old programs.
    if (this.kind() === T.or) {
      const or = variable("or", this.start);
      this.at++;
      return { kind: "call", pos, fn: of, args: [or] };
    }
    return of;
  }

  private simple(): Expr {
    const pos = this.start;
    switch (this.kinds[this.at]) {
      case T.id: {
        const name = this.name;
        this.at++;
        return name === "__curPos" ? { kind: "curPos", pos } : variable(name, pos);
      }
      case T.int: {
        const text = this.value;
        this.at++;
        if (smallInt.test(text)) return { kind: "int", pos: -1, value: Number(text) };
        const value = BigInt(text);
        if (value > largestInt) this.fail(`invalid integer '${text}'`, pos);
        return { kind: "int", pos: -1, value: value <= 9007199254740992n ? Number(value) : value };
      }
      case T.float: {
        const text = this.value;
        this.at++;
        const value = Number(text);
        // What `strtod` reports as out of range: overflow, and what is too small for a normal number.
        if (!Number.isFinite(value) || (value < 2.2250738585072014e-308 && /[1-9]/.test(text.replace(/[eE].*/, ""))))
          this.fail(`invalid float '${text}'`, pos);
        return { kind: "float", pos: -1, value };
      }
      case T.quote:
        return this.quoted(pos);
      case T.indOpen:
        return this.indentedString();
      case T.path:
      case T.hpath:
        return this.path();
      case T.spath: {
        const value = this.value.slice(1, -1);
        this.at++;
        const args: Expr[] = [variable("__nixPath", -1), { kind: "string", pos: -1, value }];
        return { kind: "call", pos, fn: variable("__findFile", -1), args };
      }
      case T.uri: {
        const value = this.value;
        this.at++;
        return { kind: "string", pos: -1, value };
      }
      case T.lparen: {
        this.at++;
        const inner = this.expr();
        this.expect(T.rparen);
        return inner;
      }
      case T.let: {
        this.at++;
        if (this.kind() !== T.lcurly) this.unexpected([T.lcurly]);
        this.at++;
        const attrs = this.binds(T.rcurly, pos, [T.inherit, T.rcurly]);
        attrs.recursive = true;
        return { kind: "select", pos, of: attrs, path: ["body"], fallback: undefined };
      }
      case T.rec: {
        this.at++;
        this.expect(T.lcurly);
        const attrs = this.binds(T.rcurly, pos, [T.inherit, T.rcurly]);
        attrs.recursive = true;
        return attrs;
      }
      case T.lcurly:
        this.at++;
        return this.binds(T.rcurly, pos, [T.inherit]);
      case T.lbracket: {
        this.at++;
        const items: Expr[] = [];
        while (this.startsSimple()) items.push(this.select());
        if (this.kind() !== T.rbracket) this.unexpected();
        this.at++;
        return { kind: "list", pos: items.length > 0 ? positionOf(items[0]!) : -1, items: exact(items) };
      }
    }
    return this.unexpected();
  }

  /** What stands between quotes: most often one piece of text. */
  private quoted(pos: number): Expr {
    this.at++;
    if (this.kind() === T.str && this.kinds[this.at + 1] === T.quote) {
      const { value } = this;
      this.at += 2;
      return { kind: "string", pos: -1, value };
    }
    const parts = this.stringParts();
    this.expect(T.quote);
    return stringOf(parts, pos);
  }

  private stringParts(): ConcatPart[] {
    const parts: ConcatPart[] = [];
    for (;;) {
      const pos = this.start;
      if (this.kind() === T.str) {
        parts.push({ pos, value: { kind: "string", pos: -1, value: this.value }, literal: true });
        this.at++;
      } else if (this.kind() === T.dollarCurly) {
        parts.push({ pos, value: this.interpolation(), literal: false });
      } else return exact(parts);
    }
  }

  private interpolation(): Expr {
    this.at++;
    const value = this.expr();
    this.expect(T.rcurly);
    return value;
  }

  private indentedString(): Expr {
    const pos = this.start;
    this.at++;
    const parts: IndentedPart[] = [];
    for (;;) {
      const start = this.start;
      const kind = this.kind();
      if (kind === T.indStr || kind === T.indEscape) {
        parts.push({ pos: start, value: this.value, plain: kind === T.indStr });
        this.at++;
      } else if (kind === T.dollarCurly) {
        parts.push({ pos: start, value: this.interpolation(), plain: false });
      } else break;
    }
    if (this.kind() !== T.indClose) this.unexpected([T.indStr, T.dollarCurly, T.indClose]);
    this.at++;
    const stripped = stripIndentation(parts);
    // Here, and not in quotes, an interpolated literal that stands alone is that literal.
    if (stripped.length === 1 && stripped[0]!.value.kind === "string") return stripped[0]!.value;
    return stringOf(stripped, pos);
  }

  private path(): Expr {
    const pos = this.start;
    const text = this.value;
    const trailing = text.length > 1 && text.endsWith("/") ? "/" : "";
    let value: string;
    if (this.kind() === T.hpath) {
      if (this.options.home === undefined)
        throw new NixError("restricted", `the path '${text}' can not be resolved in pure mode`);
      value = this.options.home + text.slice(1);
    } else value = canonicalPath(text, this.source.basePath) + trailing;
    this.at++;
    const first: Expr = { kind: "path", pos: -1, value };
    // `/a//b`: what follows a slash that stands alone begins with an interpolation, or has one behind it.
    if (this.kind() === T.str && this.kinds[this.at + 1] !== T.dollarCurly) {
      this.at++;
      this.unexpected([T.dollarCurly]);
    }
    const rest = this.stringParts();
    this.expect(T.pathEnd);
    if (rest.length === 0) return first;
    return { kind: "concat", pos, isString: false, parts: [{ pos, value: first, literal: true }, ...rest] };
  }

  private binds(end: number, pos: number, expected: readonly number[]): AttrsExpr {
    const attrs = emptyAttrs(pos);
    for (;;) {
      switch (this.kind()) {
        case end:
          this.at++;
          attrs.bindings.trim();
          return attrs;
        case T.inherit:
          this.inherit(attrs);
          break;
        case T.id:
        case T.or:
        case T.quote:
        case T.dollarCurly: {
          const at = this.start;
          const path = this.attrPath();
          if (this.kind() !== T.assign) this.unexpected([T.dot, T.assign]);
          this.at++;
          const value = this.expr();
          this.expect(T.semicolon);
          this.addAttr(attrs, path, at, value);
          break;
        }
        default:
          this.unexpected(expected);
      }
    }
  }

  private inherit(attrs: AttrsExpr): void {
    this.at++;
    let from: Expr | undefined;
    if (this.kind() === T.lparen) {
      const pos = this.tokens.starts[this.at + 1]!;
      this.at++;
      const value = this.expr();
      this.expect(T.rparen);
      from = { kind: "inheritFrom", pos, index: attrs.from.length, depth: -1, slot: -1 };
      attrs.from.push(value);
    }
    while (this.kind() !== T.semicolon) {
      const pos = this.start;
      const name = this.attrName([]);
      if (typeof name !== "string") this.fail("dynamic attributes not allowed in inherit", pos);
      const before = attrs.bindings.get(name);
      if (before) this.duplicate([name], pos, before.pos);
      const value: Expr = from
        ? { kind: "select", pos, of: { ...from }, path: [name], fallback: undefined }
        : variable(name, pos);
      attrs.bindings.add({ name, value, pos, how: from ? "from" : "inherited" });
    }
    this.at++;
  }

  private attrPath(): AttrName[] {
    const path = [this.attrName()];
    while (this.kind() === T.dot) {
      this.at++;
      path.push(this.attrName());
    }
    return exact(path);
  }

  private attrName(expected: readonly number[] = [T.id, T.or, T.dollarCurly, T.quote]): AttrName {
    switch (this.kind()) {
      case T.id:
      case T.or: {
        const name = this.name;
        this.at++;
        return name;
      }
      case T.quote: {
        const value = this.quoted(this.start);
        return value.kind === "string" ? value.value : value;
      }
      case T.dollarCurly: {
        const value = this.interpolation();
        return value.kind === "string" ? value.value : value;
      }
    }
    return this.unexpected(expected);
  }

  private duplicate(path: readonly AttrName[], offset: number, before: number): never {
    const { line, column } = this.source.at(before);
    const where = printOrigin(this.source);
    this.fail(`attribute '${path.map(showName).join(".")}' already defined at ${where}:${line}:${column}`, offset);
  }

  /** Puts `path = value` in, making the sets on the way and merging sets that meet (Nix's `addAttr`). */
  private addAttr(attrs: AttrsExpr, path: AttrName[], pos: number, value: Expr): void {
    for (let i = 0; i < path.length - 1; i++) {
      const name = path[i]!;
      let inner: AttrsExpr;
      if (typeof name === "string") {
        const before = attrs.bindings.get(name);
        if (before === undefined) {
          inner = emptyAttrs(-1);
          attrs.bindings.add({ name, value: inner, pos, how: "plain" });
        } else if (before.value.kind === "attrs") inner = before.value;
        else this.duplicate(path.slice(0, i + 1), pos, before.pos);
      } else {
        inner = emptyAttrs(-1);
        attrs.dynamic.push({ name, value: inner, pos });
      }
      attrs = inner;
    }
    const name = path.at(-1)!;
    if (typeof name === "string") this.merge(attrs, path, { name, value, pos, how: "plain" });
    else attrs.dynamic.push({ name, value, pos } satisfies DynamicBinding);
  }

  private merge(attrs: AttrsExpr, path: AttrName[], binding: Binding): void {
    const before = attrs.bindings.get(binding.name);
    if (before === undefined) {
      attrs.bindings.add(binding);
      nameFunction(binding.value, binding.name);
      return;
    }
    const old = before.value;
    const added = binding.value;
    if (old.kind !== "attrs" || added.kind !== "attrs") this.duplicate(path, binding.pos, before.pos);
    const shift = old.from.length;
    for (const inner of added.bindings.values()) {
      if (inner.how === "from" && inner.value.kind === "select" && inner.value.of.kind === "inheritFrom")
        inner.value.of.index += shift;
      path.push(inner.name);
      this.merge(old, path, inner);
      path.pop();
    }
    old.dynamic.push(...added.dynamic);
    old.from.push(...added.from);
  }
}

/** Functions carry the first name that they are bound to; `let` and `with` and so on do not pass it on. */
function nameFunction(value: Expr, name: string): void {
  while (value.kind === "lambda") {
    value.name = name;
    value = value.body;
  }
}

function stringOf(parts: ConcatPart[], pos: number): Expr {
  if (parts.length === 0) return { kind: "string", pos: -1, value: "" };
  if (parts.length === 1 && parts[0]!.value.kind === "string" && parts[0]!.literal) return parts[0]!.value;
  return { kind: "concat", pos, isString: true, parts };
}

function showName(name: AttrName): string {
  return typeof name === "string" ? printIdentifier(name) : '"${...}"';
}

/** The position by which Nix names an expression; -1 where it keeps none. */
function positionOf(expr: Expr): number {
  return expr.pos;
}
