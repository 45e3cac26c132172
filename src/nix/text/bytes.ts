// Nix strings are sequences of bytes. Here they are JavaScript strings whose characters are bytes (0 to 255), so that
// lengths, indexes and comparisons are Nix's and V8 keeps them in one byte a character.

/** The bytes of a byte string. */
export function toBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** The byte string of some bytes. */
export function fromBytes(bytes: Uint8Array): string {
  // One call with all bytes as arguments overflows the stack from about 120,000 on.
  const step = 8192;
  if (bytes.length <= step) return String.fromCharCode(...bytes);
  let text = "";
  for (let i = 0; i < bytes.length; i += step) text += String.fromCharCode(...bytes.subarray(i, i + step));
  return text;
}

/** The byte string that is the UTF-8 form of ordinary JavaScript text. A lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): string {
  let plain = true;
  for (let i = 0; i < text.length && plain; i++) plain = text.charCodeAt(i) < 0x80;
  if (plain) return text;
  let result = "";
  for (const character of text) {
    const code = character.codePointAt(0)!;
    result += encodeCodePoint(code >= 0xd800 && code < 0xe000 ? 0xfffd : code);
  }
  return result;
}

/** The UTF-8 bytes of one code point, as a byte string. */
export function encodeCodePoint(code: number): string {
  if (code < 0x80) return String.fromCharCode(code);
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
  if (code < 0x10000)
    return String.fromCharCode(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
  return String.fromCharCode(
    0xf0 | (code >> 18),
    0x80 | ((code >> 12) & 0x3f),
    0x80 | ((code >> 6) & 0x3f),
    0x80 | (code & 0x3f),
  );
}

/** Ordinary JavaScript text of a byte string in UTF-8; every byte that fits nowhere becomes U+FFFD. */
export function decodeUtf8(text: string): string {
  let result = "";
  let start = 0;
  for (let i = 0; i < text.length;) {
    if (text.charCodeAt(i) < 0x80) {
      i++;
      continue;
    }
    result += text.slice(start, i);
    const length = utf8Length(text, i);
    result += length === 0 ? "\ufffd" : String.fromCodePoint(codePointAt(text, i, length));
    i += length || 1;
    start = i;
  }
  return start === 0 ? text : result + text.slice(start);
}

/** How many bytes the well-formed UTF-8 sequence at `at` has (Unicode 15, table 3-7), or 0 when there is none. */
export function utf8Length(text: string, at: number): 0 | 1 | 2 | 3 | 4 {
  const first = text.charCodeAt(at);
  if (first < 0x80) return 1;
  const follows = (offset: number, low = 0x80, high = 0xbf) => {
    const byte = text.charCodeAt(at + offset);
    return byte >= low && byte <= high;
  };
  if (first >= 0xc2 && first <= 0xdf) return follows(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const second = first === 0xe0 ? follows(1, 0xa0) : first === 0xed ? follows(1, 0x80, 0x9f) : follows(1);
    return second && follows(2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const second = first === 0xf0 ? follows(1, 0x90) : first === 0xf4 ? follows(1, 0x80, 0x8f) : follows(1);
    return second && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

function codePointAt(text: string, at: number, length: number): number {
  let code = text.charCodeAt(at) & (length === 2 ? 0x1f : length === 3 ? 0x0f : 0x07);
  for (let i = 1; i < length; i++) code = (code << 6) | (text.charCodeAt(at + i) & 0x3f);
  return code;
}

/** Whether every byte belongs to well-formed UTF-8. */
export function isUtf8(text: string): boolean {
  for (let i = 0; i < text.length;) {
    const length = utf8Length(text, i);
    if (length === 0) return false;
    i += length;
  }
  return true;
}

/** Order of byte strings as `memcmp` has it: negative, zero or positive. */
export function compareBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Sorts byte strings in place. A few are put in order one by one: `sort` makes rows of its own each time. */
export function sortBytes(texts: string[]): string[] {
  if (texts.length > 32) return texts.sort(compareBytes);
  for (let i = 1; i < texts.length; i++) {
    const text = texts[i]!;
    let at = i;
    for (; at > 0 && texts[at - 1]! > text; at--) texts[at] = texts[at - 1]!;
    texts[at] = text;
  }
  return texts;
}
