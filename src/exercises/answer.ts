/** Files with changes made to them: where an exercise starts, and what an answer makes of that. */
import type { Answer, Change, ExerciseText } from "./schema.ts";

/** Contents by path, and which of the paths Git tracks. */
export interface Work {
  readonly files: Readonly<Record<string, string>>;
  readonly tracked: readonly string[];
}

/** @throws Error where the text to be found does not stand exactly once in its file */
export function applyChanges(
  files: Readonly<Record<string, string>>,
  changes: readonly Change[],
): Record<string, string> {
  const changed = { ...files };
  for (const { file, find, put } of changes) {
    if (find === undefined) {
      changed[file] = put;
      continue;
    }
    const parts = (changed[file] ?? "").split(find);
    if (parts.length !== 2) throw new Error(`'${find}' stands ${parts.length - 1} times in '${file}', and should once`);
    changed[file] = parts.join(put);
  }
  return changed;
}

/** What the reader finds at the start. `example`: all files of the exercise's example. */
export function startOf({ start }: Pick<ExerciseText, "start">, example: Readonly<Record<string, string>>): Work {
  const files = applyChanges(example, start.changes);
  return { files, tracked: Object.keys(files).filter((path) => !start.untracked.includes(path)) };
}

export function answered({ files, tracked }: Work, { changes, add }: Answer): Work {
  return { files: applyChanges(files, changes), tracked: [...new Set([...tracked, ...add])] };
}
