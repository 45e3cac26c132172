/**
 * Tidies Nix text: indents lines by their brackets, takes blanks from line ends, ends the file with one line end. It moves
 * nothing to another line, and leaves what is inside texts and comments alone. So the meaning stays.
 */
import { tokenKinds as T } from "#nix/syntax";
import { nixSpans, nixTokens, type Token } from "./editor/nix-tokens.ts";

const openers = new Set<number>([T.lcurly, T.lparen, T.lbracket, T.dollarCurly]);
const closers = new Set<number>([T.rcurly, T.rparen, T.rbracket]);
const lets = new Set<number>([T.let]);
/** What ends with a semicolon of its own. */
const clauses = new Set<number>([T.with, T.assert]);
/** After these, a line begins something; after others it goes on with what stands before it. */
const beginnings = new Set<number>([...openers, T.semicolon, T.let, T.in, T.assign, T.colon, T.comma]);
const isOperator = (kind: number): boolean => (kind >= T.eq && kind <= T.pipeInto) || (kind >= T.dot && kind <= T.not);

/** What is open at a place: a bracket, a `let`, a `with`, or what follows a `=` at a line's end. */
interface Open {
  readonly kind: number;
  /** The indentation of its line, and that of the lines within. */
  readonly line: number;
  readonly inside: number;
}

export function tidy(text: string): string {
  const tokens = nixTokens(text);
  const comments = nixSpans(text).filter(({ colour }) => colour === "c");
  const open: Open[] = [];
  const texts: number[] = [];
  const made: string[] = [];
  let next = 0;
  let start = 0;
  let last: Token | undefined;
  /** How far the last line that begins something was moved: what goes on below it moves with it. */
  let moved = 0;
  for (const line of text.split("\n")) {
    const end = start + line.length;
    const isKept = texts.includes(T.quote) || comments.some(({ from, to }) => from < start && start < to);
    const own = /^[ \t\r]*/.exec(line)![0];
    const first = next < tokens.length && tokens[next]!.from < end ? tokens[next] : undefined;
    let indent = own.replaceAll("\t", "  ").length;
    if (!isKept && own.length < line.length) {
      const target = targetOf(first, last, open);
      const before = indent;
      indent = target ?? Math.max(0, before + moved);
      if (target !== undefined) moved = indent - before;
    }
    for (; next < tokens.length && tokens[next]!.from < end; next++) {
      last = tokens[next]!;
      followTexts(last.kind, texts);
      follow(last.kind, /^[ \t\r]*(?:#.*)?$/.test(line.slice(last.to - start)), open, indent);
    }
    const endsKept = texts.includes(T.quote) || comments.some(({ from, to }) => from <= end && end < to);
    const shown = isKept ? line : " ".repeat(indent) + line.slice(own.length);
    made.push(endsKept ? shown : shown.trimEnd());
    start = end + 1;
  }
  return texts.length > 0 ? made.join("\n") : `${made.join("\n").trimEnd()}\n`;
}

/** Where a line begins, by what is open and what stands around its start; `undefined` where brackets do not say. */
function targetOf(first: Token | undefined, last: Token | undefined, open: readonly Open[]): number | undefined {
  const top = open.at(-1);
  if (first !== undefined && closers.has(first.kind)) return open.findLast(({ kind }) => openers.has(kind))?.line ?? 0;
  if (first?.kind === T.in) return open.findLast(({ kind }) => kind === T.let)?.line ?? 0;
  const begins =
    last === undefined || beginnings.has(last.kind) || (top?.kind === T.lbracket && !isOperator(last.kind));
  return begins && !(first !== undefined && isOperator(first.kind)) ? (top?.inside ?? 0) : undefined;
}

/** Keeps count of the texts that are open, and of the code within them. */
function followTexts(kind: number, open: number[]): void {
  const isText = open.at(-1) === T.quote;
  if (kind === T.indOpen || (kind === T.quote && !isText)) open.push(T.quote);
  else if (kind === T.indClose || kind === T.quote) open.pop();
  else if (kind === T.dollarCurly || kind === T.lcurly) open.push(kind);
  else if (kind === T.rcurly) open.pop();
}

function follow(kind: number, endsLine: boolean, open: Open[], indent: number): void {
  const inside = open.at(-1)?.inside ?? 0;
  if (openers.has(kind) || kind === T.let || (kind === T.assign && endsLine))
    open.push({ kind, line: indent, inside: indent + 2 });
  else if (clauses.has(kind)) open.push({ kind, line: indent, inside });
  else if (kind === T.semicolon) {
    const top = open.at(-1)?.kind;
    if (top !== undefined && (top === T.assign || clauses.has(top))) open.pop();
  } else if (kind === T.in) close(open, lets);
  else if (closers.has(kind)) close(open, openers);
}

/** Closes what was opened last of these kinds, with all that was opened within. */
function close(open: Open[], kinds: ReadonlySet<number>): void {
  const at = open.findLastIndex(({ kind }) => kinds.has(kind));
  if (at >= 0) open.length = at;
}
