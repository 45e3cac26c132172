import { keywords, T } from "./tokens.ts";

/** All tokens of a text: kind, first byte, byte after the last. */
export interface Tokens {
  readonly kinds: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** What tokens mean that the source writes differently: unescaped text, the message of a failure. By index. */
  readonly meanings: ReadonlyMap<number, string>;
}

const idStart = 1;
const idPart = 2;
const digit = 4;
const pathChar = 8;
const uriChar = 16;
const schemeChar = 32;

const classes = new Uint8Array(256);
function mark(characters: string, bits: number): void {
  for (const character of characters) classes[character.charCodeAt(0)]! |= bits;
}
mark("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", idStart | idPart | pathChar | uriChar | schemeChar);
mark("0123456789", idPart | digit | pathChar | uriChar | schemeChar);
mark("_", idStart | idPart | pathChar | uriChar);
mark("'", idPart | uriChar);
mark("-", idPart | pathChar | uriChar | schemeChar);
mark(".+", pathChar | uriChar | schemeChar);
mark("%/?:@&=$,!~*", uriChar);

/** What the lexer is in: code (at the bottom, or inside braces), a string, an indented string, a path. */
const inCode = 0;
const inString = 1;
const inIndented = 2;
const inPath = 3;
const inPathSlash = 4;

const simple: Readonly<Record<string, number>> = {
  "(": T.lparen,
  ")": T.rparen,
  "[": T.lbracket,
  "]": T.rbracket,
  ";": T.semicolon,
  ",": T.comma,
  ":": T.colon,
  "@": T.at,
  "?": T.question,
  ".": T.dot,
  "=": T.assign,
  "<": T.less,
  ">": T.greater,
  "+": T.plus,
  "-": T.minus,
  "*": T.times,
  "/": T.slash,
  "!": T.not,
};
const simpleKinds = new Uint8Array(256).fill(T.other);
for (const [character, kind] of Object.entries(simple)) simpleKinds[character.charCodeAt(0)] = kind;

const pairs: ReadonlyMap<string, number> = new Map([
  ["==", T.eq],
  ["!=", T.neq],
  ["<=", T.leq],
  [">=", T.geq],
  ["&&", T.and],
  ["||", T.orOp],
  ["->", T.impl],
  ["//", T.update],
  ["++", T.concat],
  ["<|", T.pipeFrom],
  ["|>", T.pipeInto],
]);
const startsPair = new Uint8Array(256);
for (const pair of pairs.keys()) startsPair[pair.charCodeAt(0)] = 1;

const startsKeyword = new Uint8Array(256);
for (const word of keywords.keys()) startsKeyword[word.charCodeAt(0)] = 1;

const nullByte = (text: string) =>
  `input string '${text.replaceAll("\0", "\u00e2\u0090\u0080")}' cannot be represented as Nix string because it contains null bytes`;

/** Whether a word before this character may be the start of a path or a URI: before `.`, `+`, `/` and `:`. */
const leadsOn = (c: number) => c === 46 || c === 43 || c === 47 || c === 58;

/** Splits a byte string into tokens. Never throws: a refusal is a token of kind `failure`. */
export function tokenize(text: string): Tokens {
  // Programs have a token for each four bytes at most, but for odd ones.
  let room = (text.length >> 2) + 64;
  let kinds = new Uint8Array(room);
  let starts = new Int32Array(room);
  let ends = new Int32Array(room);
  let count = 0;
  const meanings = new Map<number, string>();
  const modes: number[] = [];
  let mode = inCode;
  let at = 0;
  const length = text.length;
  const hasNull = text.includes("\0");

  function push(kind: number, start: number, end: number): void {
    if (count === room) grow();
    kinds[count] = kind;
    starts[count] = start;
    ends[count] = end;
    count++;
    at = end;
  }
  function pushMeaning(kind: number, start: number, end: number, meaning: string): void {
    meanings.set(count, meaning);
    push(kind, start, end);
  }
  /** A piece of a string, whose text stands from `from` on. */
  function pushText(kind: number, start: number, end: number, escaped: boolean, from: number): void {
    if (!escaped && !hasNull) return push(kind, start, end);
    const raw = text.slice(from, end);
    const value = escaped ? unescape(raw) : raw;
    if (value.includes("\0")) pushMeaning(T.failure, start, end, nullByte(value));
    else pushMeaning(kind, start, end, value);
  }
  function grow(): void {
    room *= 2;
    const [oldKinds, oldStarts, oldEnds] = [kinds, starts, ends];
    kinds = new Uint8Array(room);
    starts = new Int32Array(room);
    ends = new Int32Array(room);
    kinds.set(oldKinds);
    starts.set(oldStarts);
    ends.set(oldEnds);
  }
  function enter(next: number): void {
    modes.push(mode);
    mode = next;
  }
  function leave(): void {
    mode = modes.pop() ?? inCode;
  }
  function is(index: number, bits: number): boolean {
    return index < length && (classes[text.charCodeAt(index)]! & bits) !== 0;
  }
  function runOf(index: number, bits: number): number {
    while (index < length && (classes[text.charCodeAt(index)]! & bits) !== 0) index++;
    return index;
  }
  // Runs that end nowhere near are met again at each token inside them; they are measured once.
  let pathRunEnd = 0;
  let schemeRunEnd = 0;
  let unclosedComment = false;
  const pathRun = (start: number) => (start < pathRunEnd ? pathRunEnd : (pathRunEnd = runOf(start, pathChar)));
  const schemeRun = (start: number) =>
    start < schemeRunEnd ? schemeRunEnd : (schemeRunEnd = runOf(start, schemeChar));
  /** The end of `PATH_CHAR* (/ PATH_CHAR+)+ /?` from `start`, whose run of path characters ends at `run`; or -1. */
  function pathEndFrom(run: number): number {
    if (text.charCodeAt(run) !== 47 || !is(run + 1, pathChar)) return -1;
    let end = run;
    while (text.charCodeAt(end) === 47 && is(end + 1, pathChar)) end = runOf(end + 1, pathChar);
    return text.charCodeAt(end) === 47 ? end + 1 : end;
  }
  function pushPath(kind: number, start: number, end: number): void {
    enter(text.charCodeAt(end - 1) === 47 ? inPathSlash : inPath);
    push(kind, start, end);
  }
  const dollarCurlyAt = (index: number) => text.charCodeAt(index) === 36 && text.charCodeAt(index + 1) === 123;

  function lexCode(): void {
    const start = at;
    const c = text.charCodeAt(start);
    const bits = classes[c]!;
    if (c === 0) {
      // Bison takes the token 0 for the end of the file, whatever follows.
      push(T.end, start, start + 1);
      at = length;
      return;
    }
    if ((bits & idStart) !== 0) {
      const end = runOf(start, idPart);
      if (!leadsOn(text.charCodeAt(end))) return pushWord(start, end);
    }
    if ((bits & pathChar) !== 0 || c === 47) {
      if (lexPath(start)) return;
      if ((bits & idStart) !== 0) {
        const scheme = schemeRun(start);
        if (text.charCodeAt(scheme) === 58 && is(scheme + 1, uriChar) && c !== 95) {
          const end = runOf(scheme + 1, uriChar);
          push(T.uri, start, end);
          return;
        }
        return pushWord(start, runOf(start, idPart));
      }
      if ((bits & digit) !== 0 || (c === 46 && is(start + 1, digit))) return lexNumber(start, c);
      if (c === 46 && text.startsWith("...", start)) return push(T.ellipsis, start, start + 3);
    }
    lexSymbol(start, c);
  }

  function pushWord(start: number, end: number): void {
    const keyword = end - start <= 7 && startsKeyword[text.charCodeAt(start)] === 1;
    push((keyword ? keywords.get(text.slice(start, end)) : undefined) ?? T.id, start, end);
  }

  function lexPath(start: number): boolean {
    const run = pathRun(start);
    if (text.charCodeAt(run) !== 47) return false;
    const end = pathEndFrom(run);
    if (end >= 0) {
      pushPath(T.path, start, end);
      return true;
    }
    if (dollarCurlyAt(run + 1)) {
      pushPath(T.path, start, run + 1);
      return true;
    }
    return false;
  }

  function lexNumber(start: number, first: number): void {
    let end = runOf(start, digit);
    const isFloat =
      text.charCodeAt(end) === 46 && (end === start || first !== 48 || (end === start + 1 && is(end + 1, digit)));
    if (!isFloat) return push(T.int, start, end);
    end = runOf(end + 1, digit);
    const e = text.charCodeAt(end);
    if (e === 101 || e === 69) {
      const sign = text.charCodeAt(end + 1);
      const exponent = sign === 43 || sign === 45 ? end + 2 : end + 1;
      if (is(exponent, digit)) end = runOf(exponent, digit);
    }
    push(T.float, start, end);
  }

  function lexSymbol(start: number, c: number): void {
    switch (c) {
      case 34:
        enter(inString);
        return push(T.quote, start, start + 1);
      case 39:
        if (text.charCodeAt(start + 1) === 39) {
          let end = start + 2;
          while (text.charCodeAt(end) === 32) end++;
          enter(inIndented);
          return push(T.indOpen, start, text.charCodeAt(end) === 10 ? end + 1 : start + 2);
        }
        break;
      case 36:
        if (text.charCodeAt(start + 1) === 123) {
          enter(inCode);
          return push(T.dollarCurly, start, start + 2);
        }
        break;
      case 123:
        enter(inCode);
        return push(T.lcurly, start, start + 1);
      case 125:
        leave();
        return push(T.rcurly, start, start + 1);
      case 126:
        if (text.charCodeAt(start + 1) === 47) {
          const end = pathEndFrom(start + 1);
          if (end >= 0) return pushPath(T.hpath, start, end);
          if (dollarCurlyAt(start + 2)) return pushPath(T.hpath, start, start + 2);
        }
        break;
      case 60: {
        let end = runOf(start + 1, pathChar);
        if (end > start + 1) {
          while (text.charCodeAt(end) === 47 && is(end + 1, pathChar)) end = runOf(end + 1, pathChar);
          if (text.charCodeAt(end) === 62) return push(T.spath, start, end + 1);
        }
        break;
      }
    }
    if (startsPair[c] === 1) {
      const pair = pairs.get(text.slice(start, start + 2));
      if (pair !== undefined) return push(pair, start, start + 2);
    }
    push(simpleKinds[c]!, start, start + 1);
  }

  /** Skips white space and comments; an unfinished comment is left, so that its slash is met as a token. */
  function skipBlank(): void {
    for (;;) {
      const c = text.charCodeAt(at);
      if (c === 32 || c === 10 || c === 9 || c === 13) at++;
      else if (c === 35) {
        while (at < length && text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 13) at++;
      } else if (c === 47 && text.charCodeAt(at + 1) === 42) {
        const end = unclosedComment ? -1 : text.indexOf("*/", at + 2);
        unclosedComment = end < 0;
        if (unclosedComment) return;
        at = end + 2;
      } else return;
    }
  }

  function lexString(): void {
    const start = at;
    let end = start;
    let escaped = false;
    for (;;) {
      const c = text.charCodeAt(end);
      if (end >= length || c === 34) break;
      if (c === 36) {
        const next = text.charCodeAt(end + 1);
        if (next === 123) break;
        // A dollar takes the next character with it, so that `$${` is no interpolation.
        if (end + 1 >= length) break;
        if (next === 34) end += 1;
        else if (next === 92) {
          if (end + 2 >= length) break;
          escaped = true;
          end += 3;
        } else {
          if (next === 13) escaped = true;
          end += 2;
        }
      } else if (c === 92) {
        if (end + 1 >= length) break;
        escaped = true;
        end += 2;
      } else {
        if (c === 13) escaped = true;
        end++;
      }
    }
    if (end > start) return pushText(T.str, start, end, escaped, start);
    const c = text.charCodeAt(at);
    if (at >= length || c === 92 || (c === 36 && text.charCodeAt(at + 1) !== 123)) {
      // Only what ends the file gets here; Nix takes it for the end too.
      mode = inCode;
      modes.length = 0;
      push(T.end, start, length);
      return;
    }
    if (c === 34) {
      leave();
      return push(T.quote, start, start + 1);
    }
    enter(inCode);
    push(T.dollarCurly, start, start + 2);
  }

  // Where the next of these characters is, from the place on at which it was looked for last.
  let dollarAt = -1;
  let quoteAt = -1;
  function nextOf(character: string, from: number, known: number): number {
    if (known >= from) return known;
    const found = text.indexOf(character, from);
    return found < 0 ? length : found;
  }

  function lexIndented(): void {
    const start = at;
    let end = start;
    for (;;) {
      end = Math.min((dollarAt = nextOf("$", end, dollarAt)), (quoteAt = nextOf("'", end, quoteAt)));
      const next = text.charCodeAt(end + 1);
      if (end + 1 >= length || next === 39 || next === (end === dollarAt ? 123 : 36)) break;
      end += 2;
    }
    if (end > start) return pushText(T.indStr, start, end, false, start);
    const c = text.charCodeAt(start);
    const next = text.charCodeAt(start + 1);
    if (c === 36 && next === 123) {
      enter(inCode);
      return push(T.dollarCurly, start, start + 2);
    }
    if (c === 36) return push(T.indEscape, start, start + 1);
    if (next !== 39) return push(T.indEscape, start, start + 1);
    const third = text.charCodeAt(start + 2);
    if (third === 36) return pushMeaning(T.indEscape, start, start + 3, "$");
    if (third === 39) return pushMeaning(T.indEscape, start, start + 3, "''");
    if (third === 92 && start + 3 < length) {
      return pushText(T.indEscape, start, start + 4, true, start + 2);
    }
    leave();
    push(T.indClose, start, start + 2);
  }

  function lexInPath(): void {
    const start = at;
    if (dollarCurlyAt(start)) {
      mode = inPath;
      enter(inCode);
      return push(T.dollarCurly, start, start + 2);
    }
    const run = runOf(start, pathChar);
    let end = pathEndFrom(run);
    if (end < 0) end = text.charCodeAt(run) === 47 ? run + 1 : run;
    if (end > start) {
      mode = text.charCodeAt(end - 1) === 47 ? inPathSlash : inPath;
      return push(T.str, start, end);
    }
    const slash = mode === inPathSlash;
    leave();
    if (slash) pushMeaning(T.failure, start, start, "path has a trailing slash");
    else {
      // Nix places the end of a path at the token before, and at the end of the file at the one before that.
      const before = start === length && count > 1 ? count - 2 : count - 1;
      push(T.pathEnd, starts[before]!, start);
    }
  }

  while (at < length || mode === inPath || mode === inPathSlash) {
    if (mode === inCode) {
      skipBlank();
      if (at < length) lexCode();
    } else if (mode === inString) lexString();
    else if (mode === inIndented) lexIndented();
    else lexInPath();
  }
  push(T.end, length, length);
  return { kinds, starts, ends, meanings };
}

/** Resolves `\n`, `\r`, `\t` and `\x`; CR and CR LF become LF. */
function unescape(raw: string): string {
  return raw.replace(/\\([^])|\r\n?/g, (_, c: string | undefined) => {
    if (c === undefined) return "\n";
    return c === "n" ? "\n" : c === "r" ? "\r" : c === "t" ? "\t" : c;
  });
}
