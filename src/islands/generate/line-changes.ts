/** Which lines of a text are new since the text before. */
// The one kind of difference, not the library whole, of which the terminal uses more.
import { diffArrays } from "diff/lib/diff/array.js";

/** Indices into the new lines, and how many of the old ones are gone. */
export interface LineChanges {
  readonly added: ReadonlySet<number>;
  /** Lines of the new text before which lines were taken out. */
  readonly removedBefore: ReadonlySet<number>;
  readonly removed: number;
}

/** Beyond so many changes another file stands there, and every line counts as new. */
const mostChanges = 600;

export function lineChanges(before: readonly string[], after: readonly string[]): LineChanges {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end++;
  const parts = diffArrays(before.slice(start, before.length - end), after.slice(start, after.length - end), {
    maxEditLength: mostChanges,
  });
  const added = new Set<number>();
  const removedBefore = new Set<number>();
  if (parts === undefined) return { added: new Set(after.keys()), removedBefore, removed: before.length };
  let at = start;
  let removed = 0;
  for (const part of parts) {
    if (part.removed) {
      removed += part.count;
      removedBefore.add(Math.min(at, after.length - 1));
      continue;
    }
    if (part.added) for (let line = at; line < at + part.count; line++) added.add(line);
    at += part.count;
  }
  return { added, removedBefore, removed };
}
