/** Digests as pip writes them, and as Nix does. */

/** `sha256:…` in hexadecimal as `sha256-…` in base 64. @throws Error for another form. */
export function toSri(hash: string): string {
  const [, algorithm = "", digits = ""] = /^(sha256|sha384|sha512):([0-9a-f]+)$/.exec(hash) ?? [];
  if (algorithm === "") throw new Error(`'${hash}' is not a hash`);
  const bytes = digits.match(/../g)!.map((pair) => Number.parseInt(pair, 16));
  return `${algorithm}-${base64(bytes)}`;
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function base64(bytes: readonly number[]): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [one = 0, two = 0, three = 0] = bytes.slice(at, at + 3);
    const bits = (one << 16) | (two << 8) | three;
    for (let shift = 18; shift >= 0; shift -= 6) text += letters[(bits >> shift) & 63];
  }
  const missing = (3 - (bytes.length % 3)) % 3;
  return text.slice(0, text.length - missing) + "=".repeat(missing);
}
