import { compareBytes } from "./bytes.ts";

const isDigit = (character: string) => character >= "0" && character <= "9";

/** A derivation name cut before the first dash that no letter follows: `hello-2.12` is `hello` and `2.12`. */
export function parseDrvName(text: string): { name: string; version: string } {
  const at = /-[^A-Za-z]/s.exec(text)?.index;
  return at === undefined ? { name: text, version: "" } : { name: text.slice(0, at), version: text.slice(at + 1) };
}

/** The components of a version: runs of digits and runs of other characters, without the dots and dashes between. */
export function splitVersion(version: string): string[] {
  return version.match(/[0-9]+|[^0-9.-]+/g) ?? [];
}

/** Which of two versions is older: -1, 0 or 1, by the rules of `nix-env` (the Nix manual, "Version comparisons"). */
export function compareVersions(a: string, b: string): -1 | 0 | 1 {
  const [left, right] = [splitVersion(a), splitVersion(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x, y] = [left[i] ?? "", right[i] ?? ""];
    if (isOlder(x, y)) return -1;
    if (isOlder(y, x)) return 1;
  }
  return 0;
}

/** A component as a number of 32 bits; a longer one is compared as text. */
function toNumber(component: string): number | undefined {
  if (component === "" || !isDigit(component[0]!)) return undefined;
  const value = Number(component);
  return value <= 0x7fffffff ? value : undefined;
}

function isOlder(a: string, b: string): boolean {
  const [x, y] = [toNumber(a), toNumber(b)];
  if (x !== undefined && y !== undefined) return x < y;
  if (a === "" && y !== undefined) return true;
  if (a === "pre" && b !== "pre") return true;
  if (b === "pre") return false;
  if (y !== undefined) return true;
  if (x !== undefined) return false;
  return compareBytes(a, b) < 0;
}
