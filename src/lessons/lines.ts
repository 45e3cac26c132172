/** Where a lesson's words point to in a file. */

/** Numbers of the first and the last line, from 1, both included. */
export interface LineRange {
  first: number;
  last: number;
}

/** Splits a text into lines; a newline at its end starts no further line. */
export const linesOf = (text: string): string[] => text.replace(/\n$/, "").split("\n");

/**
 * The lines from the first that contains `at` to the next that contains `through`; without `through`, the one line.
 * @throws Error naming the text that the file does not contain.
 */
export function findLines(text: string, at: string, through?: string): LineRange {
  const lines = linesOf(text);
  const start = lines.findIndex((line) => line.includes(at));
  if (start === -1) throw new Error(`no line contains '${at}'`);
  if (through === undefined) return { first: start + 1, last: start + 1 };
  const end = lines.findIndex((line, index) => index >= start && line.includes(through));
  if (end === -1) throw new Error(`no line from line ${start + 1} on contains '${through}'`);
  return { first: start + 1, last: end + 1 };
}
