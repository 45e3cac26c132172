/** The difference of two files, in the shape in which a page shows it: unified or side by side from one markup. */
import { createTwoFilesPatch, diffLines, FILE_HEADERS_ONLY } from "diff";
import { linesOf } from "./lines.ts";

/** A run of lines. Numbers count from 1; `old` and `new` of a `same` block are the same lines under both countings. */
export interface DifferenceBlock {
  kind: "same" | "change";
  old: number[];
  new: number[];
}

/** Changes that stand together, with their context. Between two hunks, lines are left out. */
export type Hunk = DifferenceBlock[];

const range = (start: number, count: number): number[] => Array.from({ length: count }, (_, index) => start + index);

/** Hunks with up to `context` unchanged lines around each change; none where the texts are equal. */
export function compareFiles(before: string, after: string, context = 3): Hunk[] {
  const blocks: DifferenceBlock[] = [];
  let [oldLine, newLine] = [1, 1];
  for (const { added, removed, value } of diffLines(before, after, { ignoreNewlineAtEof: true })) {
    const count = linesOf(value).length;
    const block: DifferenceBlock = {
      kind: added || removed ? "change" : "same",
      old: added ? [] : range(oldLine, count),
      new: removed ? [] : range(newLine, count),
    };
    oldLine += block.old.length;
    newLine += block.new.length;
    const last = blocks.at(-1);
    if (block.kind === "change" && last?.kind === "change") {
      last.old.push(...block.old);
      last.new.push(...block.new);
    } else blocks.push(block);
  }
  return blocks.some(({ kind }) => kind === "change") ? splitIntoHunks(blocks, context) : [];
}

/** The difference as text, as `git diff` prints it: `patch` can apply it. */
export const unifiedDifference = (file: string, before: string, after: string): string =>
  createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });

function splitIntoHunks(blocks: DifferenceBlock[], context: number): Hunk[] {
  const hunks: Hunk[] = [[]];
  for (const [index, block] of blocks.entries()) {
    const length = block.old.length;
    const before = index === 0 ? 0 : context;
    const after = index === blocks.length - 1 ? 0 : context;
    if (block.kind === "change" || length <= before + after) {
      hunks.at(-1)?.push(block);
      continue;
    }
    const cut = (from: number, to: number): DifferenceBlock => ({
      kind: "same",
      old: block.old.slice(from, to),
      new: block.new.slice(from, to),
    });
    if (before > 0) hunks.at(-1)?.push(cut(0, before));
    if (index > 0 && index < blocks.length - 1) hunks.push([]);
    if (after > 0) hunks.at(-1)?.push(cut(length - after, length));
  }
  return hunks;
}
