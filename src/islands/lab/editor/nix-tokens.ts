/** Nix text as the evaluator's own lexer reads it, in the offsets of an editor. */
import { encodeUtf8, tokenize, tokenKinds as T } from "#nix/syntax";

/** A piece of text by the classes that code has on every page: comment, text, escape, number, keyword, function, sign. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly colour: "c" | "s" | "e" | "n" | "k" | "f" | "o";
}

/** A token of Nix: its kind as the lexer names it, and offsets into the text. */
export interface Token {
  readonly kind: number;
  readonly from: number;
  readonly to: number;
}

const globals = new Set(
  "abort baseNameOf builtins derivation derivationStrict dirOf fetchGit fetchTarball fetchTree fromTOML import isNull map placeholder removeAttrs scopedImport throw toString".split(
    " ",
  ),
);
const constants = new Set(["true", "false", "null"]);
const strings = new Set<number>([T.str, T.indStr, T.path, T.hpath, T.spath, T.uri, T.quote, T.indOpen, T.indClose]);

/** All tokens of a text; it may be half written. */
export function nixTokens(text: string): Token[] {
  const { kinds, starts, ends } = tokenize(encodeUtf8(text));
  const at = offsets(text);
  const tokens: Token[] = [];
  // The lexer gives its tokens in arrays with room to spare; the first one without length ends them.
  for (let index = 0; index < kinds.length && kinds[index] !== T.end; index++)
    tokens.push({ kind: kinds[index]!, from: at(starts[index]!), to: at(ends[index]!) });
  return tokens;
}

/** From offsets of bytes to offsets of UTF-16 units. */
function offsets(text: string): (byte: number) => number {
  // eslint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(text)) return (byte) => byte;
  const units: number[] = [];
  let unit = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (let byte = 0; byte < bytes; byte++) units.push(unit);
    unit += character.length;
  }
  return (byte) => units[byte] ?? text.length;
}

/** What of a text has a colour, in order. */
export function nixSpans(text: string): Span[] {
  const spans: Span[] = [];
  let end = 0;
  for (const { kind, from, to } of nixTokens(text)) {
    addComments(spans, text, end, from);
    const colour = colourOf(kind, text.slice(from, to));
    if (colour !== undefined && to > from) spans.push({ from, to, colour });
    end = Math.max(end, to);
  }
  addComments(spans, text, end, text.length);
  return spans;
}

function addComments(spans: Span[], text: string, from: number, to: number): void {
  if (from >= to) return;
  for (const { 0: comment, index } of text.slice(from, to).matchAll(/#.*|\/\*[^]*?(?:\*\/|$)/g))
    spans.push({ from: from + index, to: from + index + comment.length, colour: "c" });
}

function colourOf(kind: number, word: string): Span["colour"] | undefined {
  if (strings.has(kind)) return "s";
  if (kind === T.id) return constants.has(word) ? "n" : globals.has(word) ? "f" : undefined;
  if (kind === T.int || kind === T.float) return "n";
  if (kind >= T.if && kind <= T.or) return "k";
  if (kind === T.dollarCurly || kind === T.indEscape) return "e";
  return kind === T.pathEnd || kind === T.failure ? undefined : "o";
}

const beforeNames = new Set<number>([T.id, T.or, T.dot]);

/** Whether a name, or the dot before one, ends at an offset or goes over it: in texts and comments there are none. */
export function isNameAt(text: string, offset: number): boolean {
  const token = nixTokens(text).findLast(({ from }) => from < offset);
  return token !== undefined && offset <= token.to && beforeNames.has(token.kind);
}

/** The attribute path that a name at an offset is a part of, with the sets around it: `languages.python.enable`. */
export function attributePathAt(text: string, offset: number): string[] {
  const around: string[][] = [];
  let path: string[] = [];
  // What stands before the next bracket, if that is a binding.
  let bound: string[] = [];
  let isDotted = false;
  for (const { kind, from, to } of nixTokens(text)) {
    if (from > offset) break;
    const word = text.slice(from, to);
    if (kind === T.id || kind === T.or) {
      path = isDotted ? [...path, word] : [word];
      if (offset <= to) return [...around.flat(), ...path];
    } else if (kind === T.assign) bound = path;
    else if (kind === T.lcurly || kind === T.lparen || kind === T.lbracket || kind === T.dollarCurly) {
      around.push(kind === T.lcurly ? bound : []);
      bound = [];
    } else if (kind === T.rcurly || kind === T.rparen || kind === T.rbracket) around.pop();
    if (kind === T.semicolon) bound = [];
    isDotted = kind === T.dot;
  }
  return [];
}
