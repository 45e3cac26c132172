/** From the lines of a requirements file to those that pip sees: continuations joined, comments gone. */

/** A line as pip reads it, with the number of the line on which it begins. */
export interface LogicalLine {
  readonly line: number;
  /** Without comment and surrounding space. */
  readonly text: string;
}

const comment = /(^|\s)#.*$/;

/** All lines that say something. A comment begins at a `#` with a space before it, so that addresses keep theirs. */
export function logicalLines(text: string): LogicalLine[] {
  const lines: LogicalLine[] = [];
  let open: { line: number; parts: string[] } | undefined;
  const add = (line: number, whole: string) => {
    const said = whole.replace(comment, "").trim();
    if (said !== "") lines.push({ line, text: said });
  };
  for (const [line, raw] of physicalLines(text)) {
    const isComment = /^\s*#/.test(raw);
    if (raw.endsWith("\\") && !isComment) {
      open ??= { line, parts: [] };
      open.parts.push(raw.slice(0, -1));
      continue;
    }
    // As in pip, a comment ends a continued line, and so does an empty one.
    if (open === undefined) add(line, raw);
    else add(open.line, [...open.parts, isComment ? ` ${raw.trim()}` : raw].join(" "));
    open = undefined;
  }
  if (open !== undefined) add(open.line, open.parts.join(" "));
  return lines;
}

/** Lines with their numbers. Python ends a line at more signs than editors do; what it splits keeps the editor's number. */
function* physicalLines(text: string): Generator<[line: number, text: string]> {
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries())
    for (const part of splitsLines.test(line) ? line.split(splitsLines) : [line]) yield [index + 1, part];
}

// oxlint-disable-next-line no-control-regex
const splitsLines = /[\v\f\x1c-\x1e\x85\u2028\u2029]/;
