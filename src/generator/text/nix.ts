/** Pieces of Nix. Whatever text is put in, it comes out of an evaluation as it was, and nothing of it is code. */
import { block, either, firstLines, oneLine, stack, verbatim, type Doc } from "./layout.ts";

/** Why a text cannot stand in a Nix string; undefined where it can. */
export function unfitForNix(text: string): string | undefined {
  if (text.includes("\0")) return "has a null character, which no Nix string can hold";
  return isWellFormed(text) ? undefined : "is not valid Unicode";
}

/** Whether each half of a surrogate pair has its other half. */
export const isWellFormed = (text: string): boolean => !/\p{Cs}/u.test(text);

/** A string between double quotes, on one line. */
export function nixString(text: string): string {
  return `"${text.replace(/["\\]|\$(?=\{)|[\n\r\t]/g, (sign) => escapes[sign] ?? `\\${sign}`)}"`;
}

const escapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * A text of several lines between `''`, as people write shell hooks. Where all lines begin with a space, which `''` would
 * take off, it is a string between double quotes.
 */
export function nixText(text: string): Doc {
  const lines = text.replace(/\n$/, "").split("\n");
  const said = lines.filter((line) => /[^ ]/.test(line));
  const last = lines.at(-1)!;
  if (!text.endsWith("\n") || said.every((line) => line.startsWith(" ")) || !/[^ ]/.test(last)) return nixString(text);
  // A line of nothing but spaces would lose them.
  if (lines.some((line) => line !== "" && !/[^ ]/.test(line))) return nixString(text);
  return block`
    ''
      ${verbatim(lines.map(escapeIndented))}
    ''
  `;
}

/**
 * In `''…''`, two quotes are written `'''`, `${` is `''${` and a carriage return `''\r`. A quote that is left over before
 * one of these would change what they mean, and is written `''\'`.
 */
function escapeIndented(line: string): string {
  return line.replace(/('*)(\$(?=\{)|\r|$)|''+/g, (run, quotes: string | undefined, sign: string | undefined) => {
    const marks = quotes ?? run;
    const pairs = "'''".repeat(marks.length >> 1);
    const escaped = sign === "$" ? "''$" : sign === "\r" ? "''\\r" : "";
    const single = marks.length % 2 === 0 ? "" : escaped === "" && pairs === "" ? "'" : "''\\'";
    return `${pairs}${single}${escaped}`;
  });
}

const keywords = new Set("assert else if in inherit let or rec then with".split(" "));

/** The name of an attribute, in quotes where Nix asks for them. */
export const nixName = (name: string): string =>
  /^[A-Za-z_][A-Za-z0-9_'-]*$/.test(name) && !keywords.has(name) ? name : nixString(name);

/** Names behind each other with dots. */
export const nixPath = (...names: readonly string[]): string => names.map(nixName).join(".");

/** A path below the flake; one with signs that a path literal may not have is put together. */
export const nixPathLiteral = (path: string): string =>
  /^[A-Za-z0-9_+-][A-Za-z0-9._+-]*(?:\/[A-Za-z0-9_+-][A-Za-z0-9._+-]*)*$/.test(path)
    ? `./${path}`
    : `(./. + ${nixString(`/${path}`)})`;

/** A list: one element stays on the line, several stand below each other. */
export function list(items: readonly Doc[]): Doc {
  const [only] = items;
  if (only === undefined) return "[ ]";
  const flat = items.length === 1 ? oneLine(only) : undefined;
  const broken = block`
    [
      ${items}
    ]
  `;
  return flat === undefined ? broken : either(`[ ${flat} ]`, broken);
}

/** A set, each binding on lines of its own. */
export const set = (bindings: readonly Doc[]): Doc =>
  bindings.length === 0
    ? "{ }"
    : block`
        {
          ${bindings}
        }
      `;

/** `name = value;`. What begins with a word of its own, such as `let`, or is a sum, begins on the next line. */
export function bind(name: string, value: Doc): Doc {
  const [first, second] = beginnings(value);
  return /^(?:(?:let|if|assert|with)\b|[a-z]\w*:)/.test(first) || second.startsWith("+ ")
    ? block`
        ${name} =
          ${value};
      `
    : block`${name} = ${value};`;
}

/** `name = first ++ second …;`, on one line where it fits. The parts after the first begin with their `++`. */
export function bindSum(name: string, first: readonly Doc[], more: readonly Doc[]): Doc {
  if (more.length === 0) return bind(name, list(first));
  const parts = [list(first), ...more];
  const flat = parts.map(oneLine);
  const broken =
    first.length === 0
      ? block`
          ${name} =
            ${stack(parts)};
        `
      : block`
          ${name} = [
            ${first}
          ]
          ${stack(more)};
        `;
  return flat.includes(undefined) ? broken : either(`${name} = ${flat.join(" ")};`, broken);
}

/** `name = argument: value;`, on one line where it fits. */
export function bindFunction(name: string, argument: string, value: Doc): Doc {
  const below = block`
    ${name} =
      ${argument}:
      ${value};
  `;
  const flat = oneLine(value);
  return flat === undefined || /^(?:let|if)\b/.test(flat) ? below : either(`${name} = ${argument}: ${flat};`, below);
}

/** A function of a set of named arguments: more than two stand below each other. */
export function pattern(names: readonly string[], all = ""): Doc {
  return names.length <= 2
    ? `{ ${[...names, "..."].join(", ")} }${all}:`
    : block`
        {
          ${names.map((name) => `${name},`)}
          ...
        }${all}:
      `;
}

/** `if … then … else …`, each part on a line of its own. */
export const ifElse = (condition: string, yes: Doc, no: Doc): Doc => block`
  if ${condition} then
    ${yes}
  else
    ${no}
`;

/** What the first two lines begin with, where there are so many. */
function beginnings(doc: Doc): [string, string] {
  if (typeof doc === "string") return [doc, ""];
  if (doc.kind === "either") return [doc.flat, ""];
  const [first, second] = firstLines(doc).map((parts) => parts[0] ?? "");
  const [begin, below] = beginnings(first ?? "");
  return [begin, second === undefined ? below : beginnings(second)[0]];
}

/** A reader's text as it may stand in a comment: on one line, without signs that an editor would take for an end of it. */
export function commentText(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, " ").trim();
  const signs = Array.from(line);
  return signs.length > longestQuote ? `${signs.slice(0, longestQuote).join("")}…` : line;
}

const longestQuote = 60;

/** A comment of as many lines as it needs, each at most 76 signs long. */
export function comment(text: string): Doc[] {
  const lines: string[] = [];
  let line = "#";
  for (const word of text.split(" ")) {
    if (line.length + 1 + word.length > 78 && line !== "#") {
      lines.push(line);
      line = "#";
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
