/**
 * Lays out text in lines of at most 100 columns. A template is written as its result looks; what stands in its holes is
 * put on the same line where it fits, and on lines of its own where not.
 */

/** The widest line; only a single string or comment may be longer. */
const width = 100;

/** A piece of text: a line, lines below each other, or the same on one line or on several. */
export type Doc = string | Lines | Either;

/** Lines below each other. Each is its indentation and the pieces that stand on it. */
interface Lines {
  readonly kind: "lines";
  readonly lines: readonly { readonly indent: number; readonly parts: readonly Doc[] }[];
}

interface Either {
  readonly kind: "either";
  readonly flat: string;
  readonly broken: Doc;
}

/** `flat` where the whole line fits, else `broken`. */
export const either = (flat: string, broken: Doc): Doc => ({ kind: "either", flat, broken });

/** The piece on one line, where it has such a form. */
export function oneLine(doc: Doc): string | undefined {
  if (typeof doc === "string") return doc;
  if (doc.kind === "either") return doc.flat;
  const [only, ...more] = doc.lines;
  if (only === undefined || more.length > 0) return undefined;
  const parts = only.parts.map(oneLine);
  return parts.includes(undefined) ? undefined : parts.join("");
}

/** Pieces below one another. */
export const stack = (docs: readonly Doc[]): Doc => ({
  kind: "lines",
  lines: docs.map((doc) => ({ indent: 0, parts: [doc] })),
});

/**
 * A template as a piece of text. Its own indentation is taken off. A hole that is alone on its line may hold several
 * pieces, or none (`undefined`, an empty list): then the line goes away.
 */
export function block(strings: TemplateStringsArray, ...holes: readonly (Doc | readonly Doc[] | undefined)[]): Doc {
  const marked = strings.map((text, index) => (index === 0 ? text : `\0${index - 1}\0${text}`)).join("");
  const raw = marked.replace(/^\n/, "").replace(/\n *$/, "").split("\n");
  const margin = Math.min(...raw.flatMap((line) => (line.trim() === "" ? [] : [/^ */.exec(line)![0].length])));
  const lines: { indent: number; parts: Doc[] }[] = [];
  for (const line of raw) {
    const indent = /^ */.exec(line)![0].length;
    const [, alone] = /^\0(\d+)\0$/.exec(line.trim()) ?? [];
    const hole = alone === undefined ? undefined : holes[Number(alone)];
    if (alone !== undefined) {
      const docs = hole === undefined ? [] : Array.isArray(hole) ? (hole as readonly Doc[]) : [hole as Doc];
      for (const doc of docs) lines.push({ indent: indent - margin, parts: [doc] });
    } else if (line.trim() === "") lines.push({ indent: 0, parts: [] });
    else
      lines.push({
        indent: indent - margin,
        parts: line
          .slice(indent)
          .split(/\0(\d+)\0/)
          .map((part, index) => (index % 2 === 0 ? part : single(holes[Number(part)])))
          .filter((part) => part !== ""),
      });
  }
  return { kind: "lines", lines };
}

function single(hole: Doc | readonly Doc[] | undefined): Doc {
  if (hole === undefined || Array.isArray(hole)) throw new Error("only a hole that is alone on its line may be a list");
  return hole as Doc;
}

/** Stands for an empty line of a string, which must stay as it is. No text of the reader's has a null character. */
const kept = "\0";

/** The lines of a string, below one another. */
export const verbatim = (lines: readonly string[]): Doc => stack(lines.map((line) => (line === "" ? kept : line)));

/** The text, with a newline at its end, and never two empty lines below each other but in a string. */
export function render(doc: Doc): string {
  const page = new Page();
  write(doc, page, 0, 0);
  const lines: string[] = [];
  for (const line of page.end()) if (line !== "" || (lines.length > 0 && lines.at(-1) !== "")) lines.push(line);
  return `${lines.map((line) => (line.endsWith(kept) ? "" : line)).join("\n")}\n`;
}

/** Lines as they are written. The spaces before a text come with the text: a line without one has none. */
class Page {
  private readonly lines: string[] = [];
  private line = "";
  private spaces = 0;

  /** The column of what is written next. */
  get at(): number {
    return this.line.length + this.spaces;
  }

  indent(by: number): void {
    this.spaces += by;
  }

  put(text: string): void {
    if (text === "") return;
    this.line += " ".repeat(this.spaces) + text;
    this.spaces = 0;
  }

  next(indent: number): void {
    this.lines.push(this.line);
    this.line = "";
    this.spaces = indent;
  }

  end(): readonly string[] {
    return [...this.lines, this.line];
  }
}

/** Writes a piece whose lines after the first begin at `column`; behind its last come `more` signs. */
function write(doc: Doc, page: Page, column: number, more: number): void {
  if (typeof doc === "string") return page.put(doc);
  if (doc.kind === "either")
    return page.at + doc.flat.length + more <= width ? page.put(doc.flat) : write(doc.broken, page, column, more);
  for (const [index, { indent, parts }] of doc.lines.entries()) {
    if (index === 0) page.indent(indent);
    else page.next(column + indent);
    for (const [at, part] of parts.entries()) {
      const behind = parts.slice(at + 1).reduce((sum, next) => sum + flatWidth(next), more);
      write(part, page, column + indent, behind);
    }
  }
}

/** How much of a piece stands on the line on which it begins, at least. */
function flatWidth(doc: Doc): number {
  if (typeof doc === "string") return doc.length;
  return doc.kind === "either" ? doc.flat.length : flatWidth(doc.lines[0]?.parts[0] ?? "");
}
