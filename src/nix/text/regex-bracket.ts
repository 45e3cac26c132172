import { RegexProblem, type RegexScanner } from "./regex-scan.ts";

/** For each byte, whether it is one of a set. */
export type ByteSet = Uint8Array;

/** The set of bytes for which `has` holds. */
export function byteSet(has: (code: number) => boolean): ByteSet {
  return Uint8Array.from({ length: 256 }, (_, code) => (has(code) ? 1 : 0));
}

const classes: Readonly<Record<string, RegExp>> = {
  d: /[0-9]/,
  w: /[0-9A-Za-z_]/,
  s: /[\t-\r ]/,
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  blank: /[\t ]/,
  cntrl: /[^ -~]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[\t-\r ]/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
};

// The names that POSIX gives to the 128 characters of ASCII, in their order.
const collatingNames = (
  "NUL SOH STX ETX EOT ENQ ACK alert backspace tab newline vertical-tab form-feed carriage-return SO SI DLE DC1 DC2 " +
  "DC3 DC4 NAK SYN ETB CAN EM SUB ESC IS4 IS3 IS2 IS1 space exclamation-mark quotation-mark number-sign dollar-sign " +
  "percent-sign ampersand apostrophe left-parenthesis right-parenthesis asterisk plus-sign comma hyphen period slash " +
  "zero one two three four five six seven eight nine colon semicolon less-than-sign equals-sign greater-than-sign " +
  "question-mark commercial-at A B C D E F G H I J K L M N O P Q R S T U V W X Y Z left-square-bracket backslash " +
  "right-square-bracket circumflex underscore grave-accent a b c d e f g h i j k l m n o p q r s t u v w x y z " +
  "left-curly-bracket vertical-line right-curly-bracket tilde DEL"
).split(" ");

function collatingElement(name: string): number {
  const code = collatingNames.indexOf(name);
  if (code < 0) throw new RegexProblem("syntax");
  return code;
}

const toLower = (code: number) => (code >= 0x41 && code <= 0x5a ? code + 0x20 : code);
/** The number that C++ compares where `char` is signed, as it is on x86. */
const signed = (code: number) => (code << 24) >> 24;

/** Reads a bracket expression whose opening was taken, and gives the bytes that it matches. */
export function readBracket(scanner: RegexScanner, negated: boolean): ByteSet {
  const set = new Uint8Array(256);
  const addRange = (from: number, to: number) => {
    if (signed(from) > signed(to)) throw new RegexProblem("syntax");
    for (let code = signed(from); code <= signed(to); code++) set[code & 0xff] = 1;
  };
  const tryChar = () => scanner.take("char")?.text.charCodeAt(0);

  // What stood last decides what a dash means: after a character it makes a range, after a class it is refused, and
  // in the middle of nothing too. Only as the first or the last of all it stands for itself.
  let last: number | "class" | undefined = tryChar() ?? (scanner.take("dash") ? 0x2d : undefined);
  const push = (next: number | "class") => {
    if (typeof last === "number") set[last] = 1;
    last = next;
  };
  while (!scanner.take("bracket-end")) {
    const named = scanner.take("collating");
    if (named) {
      const code = collatingElement(named.text);
      set[code] = 1;
      push(code);
      continue;
    }
    const equivalence = scanner.take("equivalence");
    if (equivalence) {
      push("class");
      const primary = toLower(collatingElement(equivalence.text));
      for (let code = 0; code < 128; code++) if (toLower(code) === primary) set[code] = 1;
      continue;
    }
    const named2 = scanner.take("class");
    if (named2) {
      push("class");
      const name = named2.text.toLowerCase();
      const pattern = Object.hasOwn(classes, name) ? classes[name] : undefined;
      if (!pattern) throw new RegexProblem("syntax");
      for (let code = 0; code < 128; code++) if (pattern.test(String.fromCharCode(code))) set[code] = 1;
      continue;
    }
    const character = tryChar();
    if (character !== undefined) push(character);
    else if (!scanner.take("dash")) throw new RegexProblem("syntax");
    else if (scanner.take("bracket-end")) {
      push(0x2d);
      break;
    } else if (typeof last !== "number") throw new RegexProblem("syntax");
    else {
      const end = tryChar() ?? (scanner.take("dash") ? 0x2d : undefined);
      if (end === undefined) throw new RegexProblem("syntax");
      addRange(last, end);
      last = undefined;
    }
  }
  if (typeof last === "number") set[last] = 1;
  return negated ? set.map((bit) => 1 - bit) : set;
}
