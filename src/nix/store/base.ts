import { Failure } from "../text/failure.ts";

const nix32Alphabet = "0123456789abcdfghijklmnpqrsvwxyz";
const base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const reverse = (alphabet: string): ReadonlyMap<string, number> =>
  new Map(Array.from(alphabet, (character, index) => [character, index]));
const nix32Digits = reverse(nix32Alphabet);
const base64Digits = reverse(base64Alphabet);

const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Lower-case hexadecimal. */
export function encodeBase16(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += hexPairs[byte];
  return text;
}

/** Bytes of an even number of hexadecimal digits; throws on any other character. */
export function decodeBase16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length >> 1);
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (!/[0-9a-fA-F]/.test(character))
      throw new Failure(`invalid character in Base16 string: '${character}'`, "format");
    bytes[i >> 1] = (bytes[i >> 1]! << 4) | parseInt(character, 16);
  }
  return bytes;
}

/** Nix's base 32: its own alphabet, digits of the number in little-endian order printed from the highest. */
export function encodeNix32(bytes: Uint8Array): string {
  const length = Math.ceil((bytes.length * 8) / 5);
  const codes = Array<number>(length);
  for (let n = length - 1; n >= 0; n--) {
    const index = (n * 5) >> 3;
    const shift = (n * 5) & 7;
    const high = index + 1 < bytes.length ? bytes[index + 1]! << (8 - shift) : 0;
    codes[length - 1 - n] = nix32Alphabet.charCodeAt(((bytes[index]! >> shift) | high) & 0x1f);
  }
  return String.fromCharCode(...codes);
}

/** Bytes of a text in Nix's base 32. Digits beyond the last full byte lengthen the result when they are not zero. */
export function decodeNix32(text: string): Uint8Array {
  const bytes: number[] = [];
  for (let n = 0; n < text.length; n++) {
    const character = text[text.length - n - 1]!;
    const digit = nix32Digits.get(character);
    if (digit === undefined)
      throw new Failure(`invalid character in Nix32 (Nix's Base32 variation) string: '${character}'`, "format");
    const index = (n * 5) >> 3;
    const shift = (n * 5) & 7;
    bytes.length = Math.max(bytes.length, index + 1);
    bytes[index] = ((bytes[index] ?? 0) | (digit << shift)) & 0xff;
    if (digit >> (8 - shift)) bytes[index + 1] = digit >> (8 - shift);
  }
  return Uint8Array.from(bytes, (byte) => byte ?? 0);
}

/** Base 64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = "";
  let data = 0;
  let bits = 0;
  for (const byte of bytes) {
    data = ((data << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += base64Alphabet[(data >> bits) & 0x3f];
    }
  }
  if (bits) text += base64Alphabet[(data << (6 - bits)) & 0x3f];
  return text.padEnd(Math.ceil(text.length / 4) * 4, "=");
}

/** Bytes of a text in base 64; reading ends at the first `=`, newlines are skipped, left-over bits are dropped. */
export function decodeBase64(text: string): Uint8Array {
  const bytes: number[] = [];
  let data = 0;
  let bits = 0;
  for (const character of text) {
    if (character === "=") break;
    if (character === "\n") continue;
    const digit = base64Digits.get(character);
    if (digit === undefined) throw new Failure(`invalid character in Base64 string: '${character}'`, "format");
    data = ((data << 6) | digit) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((data >> bits) & 0xff);
    }
  }
  return Uint8Array.from(bytes);
}
