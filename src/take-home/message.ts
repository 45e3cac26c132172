/** The message of an example's commit: which lesson, what for, and which files are other than before. */
import type { TakenFile, ToldExample } from "./files.ts";

const width = 72;

/** The text of a commit's message, ended by a line feed. `before` are the files of the commit before. */
export function commitMessage(told: ToldExample, before: readonly TakenFile[], after: readonly TakenFile[]): string {
  const parts = [`Lesson ${told.lesson}: ${told.title}`, wrap(told.summary)];
  const old = new Map(before.map(({ path, bytes }) => [path, bytes]));
  const paths = new Set(after.map(({ path }) => path));
  const changes = {
    Adds: after.filter(({ path }) => !old.has(path)).map(({ path }) => path),
    Changes: after.filter(({ path, bytes }) => isOther(old.get(path), bytes)).map(({ path }) => path),
    Removes: before.filter(({ path }) => !paths.has(path)).map(({ path }) => path),
  };
  // The first commit adds everything: to list it says nothing.
  if (before.length > 0)
    for (const [verb, files] of Object.entries(changes))
      if (files.length > 0) parts.push(wrap(`${verb} ${files.join(", ")}.`));
  return `${parts.join("\n\n")}\n`;
}

const isOther = (before: Uint8Array | undefined, after: Uint8Array): boolean =>
  before !== undefined && Buffer.compare(before, after) !== 0;

function wrap(text: string): string {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1)!;
    if (line !== "" && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join("\n");
}
