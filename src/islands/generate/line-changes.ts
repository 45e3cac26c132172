/** Which lines of a text are new since the text before. */
import { diffArrays } from "diff";

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
  const parts = diffArrays([...before], [...after], { maxEditLength: mostChanges });
  const added = new Set<number>();
  const removedBefore = new Set<number>();
  if (parts === undefined) return { added: new Set(after.keys()), removedBefore, removed: before.length };
  let at = 0;
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
