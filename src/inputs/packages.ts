import type { Confidence, Index, Line } from "./index-file.ts";
import file from "./nixpkgs/index.json" with { type: "json" };

// A type for each line of it would be the file once more: the tests hold what `Index` says against the file.
const index = file as unknown as Index;

/** A Python package of nixpkgs, as far as the index knows it. */
export interface PythonPackage {
  /** Its name in `python3Packages`. */
  attr: string;
  /** Its name on PyPI, as PyPI spells it. */
  pypi: string;
  /** The version, the first day on which its witness can hold, and how sure it is; none for a package known by name. */
  seen: { version: string; day: string; confidence: Confidence; evidence: string[] } | undefined;
  /** Whether nixpkgs builds compiled parts. */
  native: boolean;
  /** Attributes of the packages that it needs at run time. */
  runtime: string[];
}

/** The release, revision and day of nixpkgs that the index describes. */
export const indexed = { release: index.release, rev: index.rev, day: index.day };

/** A name as PEP 503 compares it: lower case, runs of `-`, `_` and `.` as one `-`. */
const normalised = (name: string) => name.toLowerCase().replace(/[-_.]+/g, "-");

const packages = new Map(Object.entries(index.packages).map(([attr, line]) => [attr, read(attr, line)]));
const otherNames = new Map(Object.entries(index.otherNames));
const byName = new Map([...packages.values()].map((found) => [normalised(found.pypi), found]));

function read(attr: string, { version, asOf, confidence, evidence = [], ...line }: Line): PythonPackage {
  const seen =
    version && asOf && confidence
      ? { version, day: asOf, confidence, evidence: evidence.map((item) => index.witnesses[item] ?? item) }
      : undefined;
  return { attr, pypi: line.pypi ?? attr, seen, native: line.native ?? false, runtime: line.runtime ?? [] };
}

/** The package of an attribute of `python3Packages`; undefined where the index has none, which proves nothing. */
export function packageOfAttribute(attr: string): PythonPackage | undefined {
  return packages.get(attr);
}

/**
 * The attribute that holds a PyPI package, by PEP 503: nixpkgs' rule is the normalised name, `otherNames` has the
 * exceptions, among them names that people write by mistake (`bs4`).
 */
export function attributeOf(name: string): string {
  const wanted = normalised(name);
  return otherNames.get(wanted) ?? byName.get(wanted)?.attr ?? wanted;
}

/** The package of a name on PyPI, in any spelling; undefined where the index has none, which proves nothing. */
export function packageOf(name: string): PythonPackage | undefined {
  return packages.get(attributeOf(name));
}

const attributes = [...packages.keys()];
const near = new Map<string, string[]>();

/** Up to three attributes that differ from a name in few letters, the nearest first. */
export function nearNames(name: string): string[] {
  const wanted = normalised(name);
  // A list that is being typed asks for the same names again with each key.
  const known = near.get(wanted);
  if (known !== undefined) return known;
  const limit = Math.max(1, Math.floor(wanted.length / 4));
  const found: { attr: string; far: number }[] = [];
  for (const attr of attributes) {
    const far = distance(wanted, attr, limit);
    if (far > 0 && far <= limit) found.push({ attr, far });
  }
  const names = found.sort((a, b) => a.far - b.far).map(({ attr }) => attr);
  if (near.size > 10_000) near.clear();
  near.set(wanted, names.slice(0, 3));
  return names.slice(0, 3);
}

/**
 * How many letters must be changed, added or left out; a number above `limit` where it is more than that. Only the cells
 * near the diagonal are counted, and counting ends where all of a row are above the limit: most names differ early.
 */
function distance(a: string, b: string, limit: number): number {
  const over = limit + 1;
  if (Math.abs(a.length - b.length) > limit) return over;
  let row = new Uint16Array(b.length + 1).fill(over);
  let next = new Uint16Array(b.length + 1).fill(over);
  for (let j = 0; j <= Math.min(b.length, limit); j++) row[j] = j;
  for (let i = 1; i <= a.length; i++) {
    const first = Math.max(1, i - limit);
    next[first - 1] = first === 1 ? Math.min(i, over) : over;
    let least = next[first - 1]!;
    const letter = a.charCodeAt(i - 1);
    const last = Math.min(b.length, i + limit);
    for (let j = first; j <= last; j++) {
      let cell = row[j - 1]! + (letter === b.charCodeAt(j - 1) ? 0 : 1);
      if (row[j]! < cell) cell = row[j]! + 1;
      if (next[j - 1]! < cell) cell = next[j - 1]! + 1;
      next[j] = cell > over ? over : cell;
      if (cell < least) least = cell;
    }
    if (last < b.length) next[last + 1] = over;
    if (least > limit) return over;
    [row, next] = [next, row];
  }
  return row[b.length]!;
}

/**
 * The version of a package in words. It stands alone, with its day, only where two witnesses agree or one is near
 * (`high`, `medium`); else it is "about" that version. Every page and every generated file says it with these words.
 */
export function versionInWords({ seen }: PythonPackage): string {
  if (!seen) return "version not known";
  return seen.confidence === "low" ? `about ${seen.version}` : `${seen.version} (${seen.day})`;
}

/** The interpreters of the index's release: attribute, version, and the one that `python3` means. */
export function interpreters(): { attr: string; version: string; confidence: Confidence; isDefault: boolean }[] {
  const row = index.interpreters[index.release];
  if (row === undefined || Array.isArray(row)) throw new Error(`index.json has no interpreters of ${index.release}`);
  return Object.entries(row.interpreters).map(([attr, version]) => ({
    attr,
    version,
    confidence: index.interpreterEvidence[attr]?.confidence ?? "low",
    isDefault: attr === row.default,
  }));
}

/**
 * The stable Pythons of a release, as `3.13`, the oldest first. `seconds` is the day of the revision, which decides for
 * unstable. None where the release is not known.
 */
export function pythonsOf(release: string, seconds: number): string[] {
  const rows = index.interpreters[release];
  const row = Array.isArray(rows) ? rows.find(({ since }) => since <= seconds) : rows;
  const stable = Object.values(row?.interpreters ?? {}).filter((version) => /^3\.\d+\.\d+$/.test(version));
  return stable.map((version) => version.replace(/\.\d+$/, ""));
}
