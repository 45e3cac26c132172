import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { provideNix, recordedMinor } from "../support/provide-nix.ts";
import { matches } from "./compare.ts";
import { lessonFiles, readLesson } from "./lessons.ts";
import { fenceProblems } from "./nix-fences.ts";
import { cannotRun, runSession, type CommandResult } from "./session.ts";

const nix = provideNix();
const otherVersion = nix.recorded ? undefined : `skipped: recorded with ${recordedMinor}`;

for (const path of lessonFiles()) {
  const lesson = readLesson(path);
  const { file } = lesson;
  const runnable = lesson.blocks.filter(({ meta }) => meta.notRun === undefined);
  const blocks = runnable.filter((block) => (otherVersion ?? cannotRun(nix, block)) === undefined);
  const counts = `${blocks.length} terminal blocks run, ${lesson.blocks.length - blocks.length} not run`;
  console.log(`${file}: ${counts}`);

  suite(`${file}: ${counts}`, () => {
    let results: CommandResult[][] | undefined;
    for (const block of runnable) {
      const [first] = block.commands;
      const skip = otherVersion ?? cannotRun(nix, block) ?? false;
      test(
        `line ${block.line} prints what the lesson shows: $ ${first?.command.replace(/\n.*/s, " …") ?? ""}`,
        { skip },
        () => {
          results ??= runSession(nix, lesson, blocks);
          const own = results[blocks.indexOf(block)] ?? [];
          for (const [j, { command, output }] of block.commands.entries()) {
            const { output: actual = [], status } = own[j] ?? {};
            const shown = `${file}:${block.line}: $ ${command}\n`;
            if (!matches(output, actual))
              assert.fail(`${shown}shows\n${output.join("\n")}\nbut gave\n${actual.join("\n")}`);
            assert.equal(status, j === block.commands.length - 1 ? block.meta.exit : 0, `${shown}exit status`);
          }
        },
      );
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
