/** From the lines of a requirements file to those that pip sees: continuations joined, comments gone. */

/** A line as pip reads it, with the number of the line on which it begins. */
export interface LogicalLine {
  readonly line: number;
  /** Without comment and surrounding space. */
  readonly text: string;
}

const comment = /(^|\s)#.*$/;

/** All lines that say something. A comment begins at a `#` with a space before it, so that addresses keep theirs. */
export function* logicalLines(text: string): Generator<LogicalLine> {
  for (const { line, text: whole } of joinedLines(text)) {
    const said = (whole.includes("#") ? whole.replace(comment, "") : whole).trim();
    if (said !== "") yield { line, text: said };
  }
}

/** All lines, continuations joined. */
function* joinedLines(text: string): Generator<LogicalLine> {
  let open: { line: number; parts: string[] } | undefined;
  for (const { line, text: raw } of rawLines(text)) {
    const isComment = raw.includes("#") && /^\s*#/.test(raw);
    if (raw.endsWith("\\") && !isComment) {
      open ??= { line, parts: [] };
      open.parts.push(raw.slice(0, -1));
      continue;
    }
    // As in pip, a comment ends a continued line, and so does an empty one.
    if (open === undefined) yield { line, text: raw };
    else yield { line: open.line, text: [...open.parts, isComment ? ` ${raw.trim()}` : raw].join(" ") };
    open = undefined;
  }
  if (open !== undefined) yield { line: open.line, text: open.parts.join(" ") };
}

/** The lines as Python splits them. It ends a line at more signs than editors do; what it splits keeps the editor's number. */
function* rawLines(text: string): Generator<LogicalLine> {
  const isSplit = splitsLines.test(text);
  let line = 0;
  for (const whole of text.split(text.includes("\r") ? /\r\n|\r|\n/ : "\n")) {
    line++;
    if (!isSplit) yield { line, text: whole };
    else for (const part of whole.split(splitsLines)) yield { line, text: part };
  }
}

// oxlint-disable-next-line no-control-regex
const splitsLines = /[\v\f\x1c-\x1e\x85\u2028\u2029]/;
