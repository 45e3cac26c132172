import { compareBytes, encodeCodePoint, utf8Length } from "./bytes.ts";
import { Failure } from "./failure.ts";
import { formatFloatJson } from "./float.ts";

/** What a parser of JSON makes of each value. Integers come as `number` up to 2^53 in size, beyond as `bigint`. */
export interface JsonBuilder<Value> {
  literal(value: null | boolean): Value;
  integer(value: number | bigint): Value;
  float(value: number): Value;
  string(text: string): Value;
  list(items: Value[]): Value;
  /** Later members of the same name have replaced earlier ones. */
  object(members: Map<string, Value>): Value;
}

type Token = "value" | "string" | "[" | "]" | "{" | "}" | ":" | "," | "end" | "error";

/** How nlohmann's JSON library, which Nix reads with, names a token in its complaints. */
const tokenNames: Readonly<Record<string, string>> = {
  string: "string literal",
  "[": "'['",
  "]": "']'",
  "{": "'{'",
  "}": "'}'",
  ":": "':'",
  ",": "','",
  end: "end of input",
  any: "'[', '{', or a literal",
};

const controlNames =
  "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US".split(
    " ",
  );
const shortEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

class Lexer<Value> {
  readonly #text: string;
  readonly #builder: JsonBuilder<Value>;
  /** How many bytes were read; one more than there are once the end was read. */
  #at = 0;
  /** Where the last string or number began: nlohmann quotes everything since then as "last read". */
  #start = 0;
  #ungotNewline = false;
  #problem = "";
  token: Token = "end";
  tokenName = "";
  text = "";
  value!: Value;

  constructor(text: string, builder: JsonBuilder<Value>) {
    this.#text = text;
    this.#builder = builder;
    if (text.startsWith("\u00ef\u00bb\u00bf")) this.#at = 3;
  }

  next(): Token {
    this.token = this.#scan();
    return this.token;
  }

  #scan(): Token {
    const text = this.#text;
    this.#ungotNewline = false;
    if (this.#at === 0 && text.startsWith("\u00ef")) {
      this.#at = Math.min(text[1] === "\u00bb" ? 3 : 2, text.length + 1);
      return this.#fail("invalid BOM; must be 0xEF 0xBB 0xBF if given");
    }
    let character = text[this.#at++];
    while (character === " " || character === "\t" || character === "\n" || character === "\r")
      character = text[this.#at++];
    switch (character) {
      case "[":
      case "]":
      case "{":
      case "}":
      case ":":
      case ",":
        return character;
      case "t":
        return this.#literal("true", true);
      case "f":
        return this.#literal("false", false);
      case "n":
        return this.#literal("null", null);
      case '"':
        return this.#string();
      case undefined:
        this.#at = text.length + 1;
        return "end";
      case "\0":
        return "end";
      default:
        return character === "-" || isDigit(character) ? this.#number() : this.#fail("invalid literal");
    }
  }

  #fail(problem: string): Token {
    this.#problem = problem;
    return "error";
  }

  #literal(word: string, value: null | boolean): Token {
    for (let i = 1; i < word.length; i++)
      if (this.#text[this.#at++] !== word[i]) {
        this.#at = Math.min(this.#at, this.#text.length + 1);
        return this.#fail("invalid literal");
      }
    this.value = this.#builder.literal(value);
    this.tokenName = `${word} literal`;
    return "value";
  }

  #number(): Token {
    this.#start = this.#at - 1;
    const text = this.#text;
    const match = /-?(?:0|[1-9][0-9]*)?(\.[0-9]*)?([eE][+-]?[0-9]*)?/y;
    match.lastIndex = this.#start;
    const [written = "", fraction, exponent] = match.exec(text) ?? [];
    const stop = (length: number, problem: string) => {
      this.#at = this.#start + length + 1;
      return this.#fail(problem);
    };
    if (written.startsWith("-") && !isDigit(written[1])) return stop(1, "invalid number; expected digit after '-'");
    if (fraction === ".")
      return stop(written.length - (exponent?.length ?? 0), "invalid number; expected digit after '.'");
    if (exponent !== undefined && exponent.length === 1)
      return stop(written.length, "invalid number; expected '+', '-', or digit after exponent");
    if (exponent !== undefined && !isDigit(exponent.at(-1)))
      return stop(written.length, "invalid number; expected digit after exponent sign");
    this.#at = this.#start + written.length;
    this.#ungotNewline = text[this.#at] === "\n";
    this.tokenName = "number literal";
    this.value = this.#numberValue(written, fraction === undefined && exponent === undefined);
    return "value";
  }

  #numberValue(written: string, isInteger: boolean): Value {
    const value = Number(written);
    if (isInteger) {
      if (Number.isSafeInteger(value)) return this.#builder.integer(value || 0);
      const exact = BigInt(written);
      if (exact < 1n << 64n && exact >= -(1n << 63n)) return this.#builder.integer(exact);
    }
    if (!Number.isFinite(value))
      throw new Failure(`[json.exception.out_of_range.406] number overflow parsing '${this.#lastRead()}'`, "json");
    return this.#builder.float(value);
  }

  #string(): Token {
    const text = this.#text;
    this.#start = this.#at - 1;
    let result = "";
    let copied = this.#at;
    for (;;) {
      const at = this.#at++;
      const code = text.charCodeAt(at);
      if (code === 0x22) {
        this.text = result + text.slice(copied, at);
        this.tokenName = "string literal";
        return "string";
      }
      if (code === 0x5c) {
        const escaped = this.#escape();
        if (escaped === undefined) return "error";
        result += text.slice(copied, at) + escaped;
        copied = this.#at;
      } else if (at >= text.length) return this.#fail("invalid string: missing closing quote");
      else if (code < 0x20) return this.#fail(controlMessage(code));
      else if (code >= 0x80) {
        const length = utf8Length(text, at);
        if (length === 0) {
          this.#at = badByte(text, at) + 1;
          return this.#fail("invalid string: ill-formed UTF-8 byte");
        }
        this.#at = at + length;
      }
    }
  }

  #escape(): string | undefined {
    const character = this.#text[this.#at++];
    if (character === undefined || (character !== "u" && !Object.hasOwn(shortEscapes, character))) {
      this.#fail("invalid string: forbidden character after backslash");
      return undefined;
    }
    if (character !== "u") return shortEscapes[character]!;
    const first = this.#hex();
    if (first === undefined) return undefined;
    if (first >= 0xdc00 && first <= 0xdfff) {
      this.#fail("invalid string: surrogate U+DC00..U+DFFF must follow U+D800..U+DBFF");
      return undefined;
    }
    if (first < 0xd800 || first > 0xdfff) return encodeCodePoint(first);
    const low = this.#text[this.#at++] === "\\" && this.#text[this.#at++] === "u" ? this.#hex() : -1;
    if (low === undefined) return undefined;
    if (low < 0xdc00 || low > 0xdfff) {
      this.#fail("invalid string: surrogate U+D800..U+DBFF must be followed by U+DC00..U+DFFF");
      return undefined;
    }
    return encodeCodePoint(0x10000 + ((first - 0xd800) << 10) + (low - 0xdc00));
  }

  #hex(): number | undefined {
    let value = 0;
    for (let i = 0; i < 4; i++) {
      const digit = this.#text[this.#at++] ?? "";
      if (!/^[0-9a-fA-F]$/.test(digit)) {
        this.#at = Math.min(this.#at, this.#text.length + 1);
        this.#fail("invalid string: '\\u' must be followed by 4 hex digits");
        return undefined;
      }
      value = value * 16 + parseInt(digit, 16);
    }
    return value;
  }

  #lastRead(): string {
    return this.#text.slice(this.#start, this.#at).replace(/[^ -\u00ff]/g, (character) => {
      return `<U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}>`;
    });
  }

  /** nlohmann's words for "not what the grammar wants here". */
  unexpected(context: string, expected?: string): Failure {
    if (this.token === "end" && this.#at === 1 && expected === "any")
      return this.#complain(
        "attempting to parse an empty input; check that your input string or stream contains the expected JSON",
      );
    const found =
      this.token === "error"
        ? `${this.#problem}; last read: '${this.#lastRead()}'`
        : `unexpected ${this.token === "value" ? this.tokenName : tokenNames[this.token]}`;
    const wanted = expected === undefined ? "" : `; expected ${tokenNames[expected]}`;
    return this.#complain(`syntax error while parsing ${context} - ${found}${wanted}`);
  }

  #complain(problem: string): Failure {
    const read = this.#text.slice(0, this.#at);
    const line = read.split("\n").length;
    const column = this.#ungotNewline ? 0 : this.#at - (read.lastIndexOf("\n") + 1);
    return new Failure(
      `[json.exception.parse_error.101] parse error at line ${line}, column ${column}: ${problem}`,
      "json",
    );
  }
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= "0" && character <= "9";
}

function controlMessage(code: number): string {
  const hex = code.toString(16).toUpperCase().padStart(4, "0");
  const short = { 8: "b", 9: "t", 10: "n", 12: "f", 13: "r" }[code];
  const alternative = short === undefined ? "" : ` or \\${short}`;
  return `invalid string: control character U+${hex} (${controlNames[code]}) must be escaped to \\u${hex}${alternative}`;
}

/** The index of the first byte that breaks the UTF-8 sequence at `at`: it may be the end of the text. */
function badByte(text: string, at: number): number {
  const first = text.charCodeAt(at);
  if (first < 0xc2 || first > 0xf4) return at;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  const second = text.charCodeAt(at + 1);
  if (!(second >= low && second <= high)) return at + 1;
  const third = text.charCodeAt(at + 2);
  return third >= 0x80 && third <= 0xbf ? at + 3 : at + 2;
}

type Open<Value> =
  | { readonly items: Value[]; readonly members?: undefined }
  | { readonly members: Map<string, Value>; key: string; readonly items?: undefined };

/**
 * Reads JSON as Nix does, with what `builder` makes of each value. Depth costs no stack. Throws a `Failure` of kind
 * `json` in the words of nlohmann's library, which Nix shows as they are.
 */
export function parseJson<Value>(text: string, builder: JsonBuilder<Value>): Value {
  const lexer = new Lexer(text, builder);
  const open: Open<Value>[] = [];
  lexer.next();
  for (;;) {
    let value = startValue(lexer, builder, open);
    if (value === undefined) continue;
    for (;;) {
      const top = open.at(-1);
      if (top === undefined) {
        if (lexer.next() !== "end") throw lexer.unexpected("value", "end");
        return value.value;
      }
      if (top.items) top.items.push(value.value);
      else top.members.set(top.key, value.value);
      const token = lexer.next();
      if (token === ",") {
        lexer.next();
        if (top.members) readKey(lexer, top);
        break;
      }
      if (token !== (top.items ? "]" : "}"))
        throw top.items ? lexer.unexpected("array", "]") : lexer.unexpected("object", "}");
      open.pop();
      value = { value: top.items ? builder.list(top.items) : builder.object(top.members) };
    }
  }
}

/** The value at the current token, boxed; `undefined` when it opened a list or an object that is not empty. */
function startValue<Value>(
  lexer: Lexer<Value>,
  builder: JsonBuilder<Value>,
  open: Open<Value>[],
): { value: Value } | undefined {
  switch (lexer.token) {
    case "value":
      return { value: lexer.value };
    case "string":
      return { value: builder.string(lexer.text) };
    case "[":
      if (lexer.next() === "]") return { value: builder.list([]) };
      open.push({ items: [] });
      return undefined;
    case "{": {
      if (lexer.next() === "}") return { value: builder.object(new Map()) };
      const object = { members: new Map<string, Value>(), key: "" };
      readKey(lexer, object);
      open.push(object);
      return undefined;
    }
    case "error":
      throw lexer.unexpected("value");
    default:
      throw lexer.unexpected("value", "any");
  }
}

function readKey<Value>(lexer: Lexer<Value>, object: { key: string }): void {
  if (lexer.token !== "string") throw lexer.unexpected("object key", "string");
  object.key = lexer.text;
  if (lexer.next() !== ":") throw lexer.unexpected("object separator", ":");
  lexer.next();
}

const plainString = /^[ !#-[\]-\x7e\x7f]*$/;
const printEscapes: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
  '"': '\\"',
  "\\": "\\\\",
};

/** A byte string as a JSON string. Throws what nlohmann throws when it is not UTF-8. */
export function printJsonString(text: string): string {
  if (plainString.test(text)) return `"${text}"`;
  for (let i = 0; i < text.length;) {
    const length = utf8Length(text, i);
    if (length === 0) throw invalidUtf8(text, i);
    i += length;
  }
  return `"${text.replace(
    /[^ !#-[\]-\u00ff]/g,
    (character) => printEscapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )}"`;
}

function invalidUtf8(text: string, at: number): Failure {
  const bad = badByte(text, at);
  const hex = (index: number) => `0x${text.charCodeAt(index).toString(16).toUpperCase().padStart(2, "0")}`;
  const problem =
    bad >= text.length
      ? `incomplete UTF-8 string; last byte: ${hex(text.length - 1)}`
      : `invalid UTF-8 byte at index ${bad}: ${hex(bad)}`;
  return new Failure(`[json.exception.type_error.316] ${problem}`, "json");
}

/** Reads JSON and prints it as nlohmann does: members sorted by bytes, no spaces, floats with a point. */
export function normaliseJson(text: string): string {
  return parseJson<string>(text, {
    literal: (value) => String(value),
    integer: (value) => String(value),
    float: formatFloatJson,
    string: printJsonString,
    list: (items) => `[${items.join(",")}]`,
    object: printJsonObject,
  });
}

/** A JSON object of members whose values are JSON text already, in the order of their names' bytes. */
export function printJsonObject(members: ReadonlyMap<string, string>): string {
  const sorted = [...members].sort(([a], [b]) => compareBytes(a, b));
  return `{${sorted.map(([name, value]) => `${printJsonString(name)}:${value}`).join(",")}}`;
}
