import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { provideNix } from "../support/provide-nix.ts";
import { matches } from "./compare.ts";
import { lessonFiles, readLesson } from "./lessons.ts";
import { cannotRun, runSession, type CommandResult } from "./session.ts";

const nix = provideNix();

for (const file of lessonFiles()) {
  const lesson = readLesson(file);
  const runnable = lesson.blocks.filter(({ meta }) => meta.notRun === undefined);
  const blocks = nix.recorded ? runnable.filter((block) => cannotRun(block) === undefined) : [];
  const counts = `${blocks.length} terminal blocks run, ${lesson.blocks.length - blocks.length} not run`;

  suite(`${file}: ${counts}`, () => {
    console.log(`${file}: ${counts}`);
    let results: CommandResult[][] | undefined;
    for (const block of runnable) {
      const [first] = block.commands;
      const skip = nix.recorded ? (cannotRun(block) ?? false) : "skipped: recorded with 2.34";
      test(`line ${block.line}: $ ${first?.command ?? ""}`, { skip }, () => {
        results ??= runSession(nix, lesson, blocks);
        const own = results[blocks.indexOf(block)] ?? [];
        for (const [j, { command, output }] of block.commands.entries()) {
          const { output: actual = [], status } = own[j] ?? {};
          const shown = `${file}:${block.line}: $ ${command}\n`;
          if (!matches(output, actual))
            assert.fail(`${shown}shows\n${output.join("\n")}\nbut gave\n${actual.join("\n")}`);
          assert.equal(status, j === block.commands.length - 1 ? block.meta.exit : 0, `${shown}exit status`);
        }
      });
    }
  });
}
