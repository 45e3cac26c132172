/**
 * Lays out text in lines of at most 100 columns. A template is written as its result looks; what stands in its holes is
 * put on the same line where it fits, and on lines of its own where not.
 */

import type { Steps } from "#requirements";

/** The widest line; only a single string or comment may be longer. */
const width = 100;

/** A piece of text: a line, lines below each other, or the same on one line or on several. */
export type Doc = string | Block | Stack | Either;

/** What is put into a template. */
type Hole = Doc | Iterable<Doc> | undefined;

/** A template with what fills it. Its lines are not made before they are written: a long list has very many. */
interface Block {
  readonly kind: "block";
  readonly template: readonly TemplateLine[];
  readonly holes: readonly Hole[];
}

/** Pieces below each other. */
interface Stack {
  readonly kind: "stack";
  readonly docs: readonly Doc[];
}

interface Either {
  readonly kind: "either";
  readonly flat: string;
  readonly broken: Doc;
}

/** A line of a template: its texts and, as numbers, its holes. `alone`: it is one hole, of any number of pieces. */
interface TemplateLine {
  readonly indent: number;
  readonly alone: boolean;
  readonly parts: readonly (string | number)[];
}

/** Each template is taken apart once. */
const templates = new WeakMap<TemplateStringsArray, readonly TemplateLine[]>();

/** `flat` where the whole line fits, else `broken`. */
export const either = (flat: string, broken: Doc): Doc => ({ kind: "either", flat, broken });

/** The piece on one line, where it has such a form. */
export function oneLine(doc: Doc): string | undefined {
  if (typeof doc === "string") return doc;
  if (doc.kind === "either") return doc.flat;
  const [only, ...more] = firstLines(doc);
  if (only === undefined || more.length > 0) return undefined;
  const parts = only.map(oneLine);
  return parts.includes(undefined) ? undefined : parts.join("");
}

/** Pieces below one another. */
export const stack = (docs: readonly Doc[]): Doc => ({ kind: "stack", docs });

/**
 * A template as a piece of text. Its own indentation is taken off. A hole that is alone on its line may hold several
 * pieces, or none (`undefined`, an empty list): then the line goes away.
 */
export function block(strings: TemplateStringsArray, ...holes: readonly Hole[]): Doc {
  let template = templates.get(strings);
  if (template === undefined) templates.set(strings, (template = templateOf(strings)));
  return { kind: "block", template, holes };
}

function templateOf(strings: TemplateStringsArray): TemplateLine[] {
  const marked = strings.map((text, index) => (index === 0 ? text : `\0${index - 1}\0${text}`)).join("");
  const raw = marked.replace(/^\n/, "").replace(/\n *$/, "").split("\n");
  const indentOf = (line: string) => /^ */.exec(line)![0].length;
  const margin = Math.min(...raw.filter((line) => line.trim() !== "").map(indentOf));
  return raw.map((line) => {
    if (line.trim() === "") return { indent: 0, alone: false, parts: [] };
    const indent = indentOf(line);
    const [, alone] = /^\0(\d+)\0$/.exec(line.trim()) ?? [];
    const parts = line
      .slice(indent)
      .split(/\0(\d+)\0/)
      .map((part, index) => (index % 2 === 0 ? part : Number(part)))
      .filter((part) => part !== "");
    return { indent: indent - margin, alone: alone !== undefined, parts };
  });
}

const isList = (hole: Hole): hole is Exclude<Iterable<Doc>, string> =>
  typeof hole === "object" && Symbol.iterator in hole;

/** The pieces in the only hole of a line. */
function alone({ parts }: TemplateLine, holes: readonly Hole[]): Iterable<Doc> {
  const hole = holes[parts[0] as number];
  return hole === undefined ? [] : isList(hole) ? hole : [hole];
}

function single(part: string | number, holes: readonly Hole[]): Doc {
  const hole = typeof part === "string" ? part : holes[part];
  if (hole === undefined || isList(hole)) throw new Error("only a hole that is alone on its line may be a list");
  return hole;
}

/** The first two lines, each with the pieces that stand on it. */
export function firstLines(doc: Block | Stack): Doc[][] {
  if (doc.kind === "stack") return doc.docs.slice(0, 2).map((each) => [each]);
  const lines: Doc[][] = [];
  for (const line of doc.template) {
    if (line.alone)
      for (const each of alone(line, doc.holes)) {
        lines.push([each]);
        if (lines.length === 2) break;
      }
    else lines.push(line.parts.map((part) => single(part, doc.holes)).filter((part) => part !== ""));
    if (lines.length === 2) break;
  }
  return lines;
}

/** Pieces that are made as they are written: of a long list, not all are there at once. */
export const pieces = <Item>(items: readonly Item[], make: (item: Item) => Doc): Iterable<Doc> => ({
  *[Symbol.iterator]() {
    for (const item of items) yield make(item);
  },
});

/** Stands for an empty line of a string, which must stay as it is. No text of the reader's has a null character. */
const kept = "\0";

/** The lines of a string, below one another. */
export const verbatim = (lines: readonly string[]): Doc => stack(lines.map((line) => (line === "" ? kept : line)));

/** The text, with a newline at its end, and never two empty lines below each other but in a string. */
export function* renderInSteps(doc: Doc): Steps<string> {
  const page = new Page();
  yield* write(doc, page, 0, 0);
  return page.end();
}

/** So many lines are written in a step. */
const slice = 4000;

/** Text as it is written. The spaces before a text come with the text: a line without one has none. */
class Page {
  private text = "";
  /** What was written since the last pause: joined then, since a string of very many additions is slow to read. */
  private parts: string[] = [];
  private line: "empty" | "kept" | "written" = "empty";
  /** Whether nothing or an empty line comes before the line: then another empty one is left out. */
  private isBelowEmpty = true;
  private spaces = 0;
  private column = 0;
  private lines = 0;

  /** The column of what is written next. */
  get at(): number {
    return this.column + this.spaces;
  }

  indent(by: number): void {
    this.spaces += by;
  }

  put(text: string): void {
    if (text === "") return;
    if (text === kept) {
      this.line = "kept";
      return;
    }
    this.parts.push(" ".repeat(this.spaces), text);
    this.column += this.spaces + text.length;
    this.spaces = 0;
    this.line = "written";
  }

  /** Gives true where it is time for a pause. */
  next(indent: number): boolean {
    if (this.line !== "empty" || !this.isBelowEmpty) this.parts.push("\n");
    this.isBelowEmpty = this.line === "empty";
    this.line = "empty";
    this.column = 0;
    this.spaces = indent;
    if (++this.lines % slice > 0) return false;
    this.join();
    return true;
  }

  private join(): void {
    this.text += this.parts.join("");
    this.parts = [];
  }

  end(): string {
    this.next(0);
    this.join();
    return this.text;
  }
}

/** Writes a piece whose lines after the first begin at `column`; behind its last come `more` signs. */
function* write(doc: Doc, page: Page, column: number, more: number): Steps<void> {
  if (typeof doc === "string") return page.put(doc);
  if (doc.kind === "either")
    return page.at + doc.flat.length + more <= width
      ? page.put(doc.flat)
      : yield* write(doc.broken, page, column, more);
  let isFirst = true;
  const begin = (indent: number): boolean => {
    const isBelow = !isFirst;
    isFirst = false;
    if (isBelow) return page.next(column + indent);
    page.indent(indent);
    return false;
  };
  if (doc.kind === "stack") {
    for (const each of doc.docs) {
      if (begin(0)) yield;
      if (typeof each === "string") page.put(each);
      else yield* write(each, page, column, more);
    }
    return;
  }
  const { template, holes } = doc;
  for (const line of template) {
    const { indent, parts } = line;
    if (line.alone) {
      for (const each of alone(line, holes)) {
        if (begin(indent)) yield;
        if (typeof each === "string") page.put(each);
        else yield* write(each, page, column + indent, more);
      }
      continue;
    }
    if (begin(indent)) yield;
    for (const [at, part] of parts.entries()) {
      const piece = single(part, holes);
      if (typeof piece === "string") page.put(piece);
      else
        yield* write(
          piece,
          page,
          column + indent,
          parts.slice(at + 1).reduce((sum: number, next) => sum + flatWidth(single(next, holes)), more),
        );
    }
  }
}

/** How much of a piece stands on the line on which it begins, at least. */
function flatWidth(doc: Doc): number {
  if (typeof doc === "string") return doc.length;
  return doc.kind === "either" ? doc.flat.length : flatWidth(firstLines(doc)[0]?.[0] ?? "");
}
