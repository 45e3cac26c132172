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
    const said = (whole.includes("#") ? whole.replace(comment, "") : whole).trim();
    if (said !== "") lines.push({ line, text: said });
  };
  for (const [index, whole] of text.split(/\r\n|\r|\n/).entries())
    // Python ends a line at more signs than editors do; what it splits keeps the editor's number.
    for (const raw of splitsLines.test(whole) ? whole.split(splitsLines) : [whole]) {
      const isComment = /^\s*#/.test(raw);
      if (raw.endsWith("\\") && !isComment) {
        open ??= { line: index + 1, parts: [] };
        open.parts.push(raw.slice(0, -1));
        continue;
      }
      // As in pip, a comment ends a continued line, and so does an empty one.
      if (open === undefined) add(index + 1, raw);
      else add(open.line, [...open.parts, isComment ? ` ${raw.trim()}` : raw].join(" "));
      open = undefined;
    }
  if (open !== undefined) add(open.line, open.parts.join(" "));
  return lines;
}

// oxlint-disable-next-line no-control-regex
const splitsLines = /[\v\f\x1c-\x1e\x85\u2028\u2029]/;
