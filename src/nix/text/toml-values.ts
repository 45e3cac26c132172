import { encodeCodePoint, utf8Length } from "./bytes.ts";
import { Failure } from "./failure.ts";

/** A place in a TOML document, and how to complain about it. */
export class TomlCursor {
  at = 0;
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  peek(): string {
    return this.text[this.at] ?? "";
  }

  take(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** What a sticky pattern matches here; moves past it. */
  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at += found[0].length;
    return found;
  }

  fail(problem: string, at = this.at): Failure {
    const before = this.text.slice(0, at).split("\n");
    return new Failure(
      `while parsing TOML: ${problem} at line ${before.length}, column ${before.at(-1)!.length + 1}`,
      "eval",
    );
  }

  /** Skips spaces and tabs. */
  skipBlanks(): void {
    this.match(/[ \t]*/y);
  }

  /** Skips a comment when there is one. */
  skipComment(): void {
    if (this.peek() !== "#") return;
    while (this.at < this.text.length && this.peek() !== "\n" && !this.text.startsWith("\r\n", this.at))
      this.character();
  }

  /** Skips blanks, comments and newlines. */
  skipLines(): void {
    do {
      this.skipBlanks();
      this.skipComment();
    } while (this.take("\n") || this.take("\r\n"));
  }

  /** One character of UTF-8 that may stand in comments and strings. */
  character(): string {
    const length = utf8Length(this.text, this.at);
    const code = this.text.charCodeAt(this.at);
    if (length === 0 || (code < 0x20 && code !== 9) || code === 0x7f) throw this.fail("unexpected character");
    const character = this.text.slice(this.at, this.at + length);
    this.at += length;
    return character;
  }
}

const shortEscapes: Readonly<Record<string, string>> = {
  b: "\b",
  t: "\t",
  n: "\n",
  f: "\f",
  r: "\r",
  '"': '"',
  "\\": "\\",
};

/** A string of one line or of several, with escapes (`"`) or without (`'`). */
export function readTomlString(cursor: TomlCursor): string {
  const quote = cursor.peek();
  const long = cursor.take(quote.repeat(3));
  if (!long) {
    cursor.take(quote);
    return readUntil(cursor, quote, false);
  }
  if (!cursor.take("\n")) cursor.take("\r\n");
  const text = readUntil(cursor, quote.repeat(3), true);
  // Up to two quotes may stand before the three that end it.
  const more = cursor.match(quote === '"' ? /"{0,2}/y : /'{0,2}/y)![0];
  return text + more;
}

/** Most of what is in strings. */
const plain = /[\t !#-&(-[\]-~]+/y;

function readUntil(cursor: TomlCursor, end: string, long: boolean): string {
  let text = "";
  while (!cursor.take(end)) {
    if (long && (cursor.take("\n") || cursor.take("\r\n"))) text += cursor.text[cursor.at - 2] === "\r" ? "\r\n" : "\n";
    else if (end[0] === '"' && cursor.take("\\")) text += readEscape(cursor, long);
    else text += cursor.match(plain)?.[0] ?? cursor.character();
  }
  return text;
}

function readEscape(cursor: TomlCursor, long: boolean): string {
  if (long && cursor.match(/[ \t]*\r?\n[ \t\r\n]*/y)) return "";
  const short = shortEscapes[cursor.peek()];
  if (short !== undefined) {
    cursor.at++;
    return short;
  }
  const hex = cursor.match(/u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})/y);
  const code = hex ? parseInt((hex[1] ?? hex[2])!, 16) : -1;
  if (code < 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) throw cursor.fail("invalid escape");
  return encodeCodePoint(code);
}

/** A number, or a date or time as TOML's text, normalised as Nix shows it. */
export type TomlScalar =
  | { readonly type: "integer"; readonly value: number | bigint }
  | { readonly type: "float"; readonly value: number }
  | { readonly type: "nan"; readonly negative: boolean }
  | { readonly type: "timestamp"; readonly text: string };

const bareScalar = /[0-9A-Za-z+\-._:]+/y;

/** Reads a number, a date or a time. */
export function readTomlScalar(cursor: TomlCursor): TomlScalar {
  if (/^(\d{4}-|\d\d:)/.test(cursor.text.slice(cursor.at, cursor.at + 5))) return readTimestamp(cursor);
  const start = cursor.at;
  const word = cursor.match(bareScalar)?.[0];
  if (word === undefined) throw cursor.fail("a value is expected");
  const plain = word.replaceAll("_", "");
  const integer = /^(?:[+-]?(?:0|[1-9](?:_?\d)*)|0x[\da-fA-F](?:_?[\da-fA-F])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*)$/;
  if (integer.test(word)) {
    const digits = plain.replace(/^[+-]/, "");
    const value = plain.startsWith("-") ? -BigInt(digits) : BigInt(digits);
    if (BigInt.asIntN(64, value) !== value) throw cursor.fail("the integer does not fit into 64 bits", start);
    const small = Number(value);
    return { type: "integer", value: Number.isSafeInteger(small) ? small : value };
  }
  const special = /^([+-]?)(inf|nan)$/.exec(word);
  if (special) {
    const negative = special[1] === "-";
    if (special[2] === "nan") return { type: "nan", negative };
    return { type: "float", value: negative ? -Infinity : Infinity };
  }
  if (!/^[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?$/.test(word))
    throw cursor.fail("invalid value", start);
  const value = Number(plain);
  if (!Number.isFinite(value)) throw cursor.fail("the float is out of range", start);
  return { type: "float", value };
}

function readTimestamp(cursor: TomlCursor): TomlScalar {
  const start = cursor.at;
  const found = cursor.match(/\d{4}-\d\d-\d\d/y);
  const date = found?.[0];
  if (date !== undefined && !isDate(date)) throw cursor.fail("invalid date", start);
  const time = readTime(cursor, date !== undefined);
  if (date === undefined && time === undefined) throw cursor.fail("invalid date or time", start);
  if (time === undefined) return { type: "timestamp", text: date! };
  if (date === undefined) return { type: "timestamp", text: time };
  const offset = cursor.match(/[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d/y)?.[0] ?? "";
  return { type: "timestamp", text: `${date}T${time}${/^[Zz]$|^[+-]00:00$/.test(offset) ? "Z" : offset}` };
}

function readTime(cursor: TomlCursor, afterDate: boolean): string | undefined {
  const start = cursor.at;
  if (afterDate && !cursor.match(/[Tt ](?=\d)/y)) return undefined;
  const found = cursor.match(/([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.(\d+))?/y);
  if (!found) throw cursor.fail("invalid time", start);
  // Nix prints no digits or three, six or nine of them.
  const fraction = (found[4] ?? "")
    .slice(0, 9)
    .padEnd(9, "0")
    .replace(/(000){1,3}$/, "");
  return `${found[1]}:${found[2]}:${found[3]}${fraction && `.${fraction}`}`;
}

function isDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
  const days = [
    31,
    year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28,
    31,
    30,
    31,
    30,
    31,
    31,
    30,
    31,
    30,
    31,
  ];
  return day >= 1 && day <= (days[month - 1] ?? 0);
}
