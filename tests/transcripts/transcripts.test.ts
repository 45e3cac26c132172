import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { provideNix, recordedMinor } from "../support/provide-nix.ts";
import { blockProblems, firstLine, type CommandResult } from "./compare.ts";
import { lessonFiles, readLesson } from "./lessons.ts";
import { fenceProblems } from "./nix-fences.ts";
import { cannotRun, runSession } from "./session.ts";

const nix = provideNix();
const otherVersion = nix.recorded ? undefined : `skipped: recorded with ${recordedMinor}`;

for (const path of lessonFiles()) {
  const lesson = readLesson(path);
  const { file } = lesson;
  const runnable = lesson.blocks.filter(({ meta }) => meta.notRun === undefined);
  const blocks = runnable.filter((block) => (otherVersion ?? cannotRun(nix, block)) === undefined);
  const counts = `${blocks.length} terminal blocks run, ${lesson.blocks.length - blocks.length} not run`;

  suite(`${file}: ${counts}`, () => {
    let results: CommandResult[][] | undefined;
    for (const block of runnable) {
      const [first] = block.commands;
      const skip = otherVersion ?? cannotRun(nix, block) ?? false;
      test(`line ${block.line} prints what the lesson shows: $ ${firstLine(first?.command ?? "")}`, { skip }, () => {
        results ??= runSession(nix, lesson, blocks);
        const problems = blockProblems(block, results[blocks.indexOf(block)] ?? []);
        assert.equal(problems.map((problem) => `${file}:${block.line}: ${problem}`).join("\n\n"), "");
      });
    }
    if (lesson.nixFences.length > 0)
      test(`${file}: its ${lesson.nixFences.length} Nix blocks parse, or fail to, as they are marked`, () => {
        const problems = fenceProblems(nix, lesson.nixFences);
        assert.deepEqual(
          problems.map(({ line, problem }) => `${file}:${line}: ${problem}`),
          [],
        );
      });
  });
}
