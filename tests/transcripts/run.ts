/** For authors: `node tests/transcripts/run.ts content/lessons/NN-slug.mdx …` runs the blocks and prints what differs. */
import { basename } from "node:path";
import { provideNix } from "../support/provide-nix.ts";
import { matches } from "./compare.ts";
import { lessonFiles, readLesson } from "./lessons.ts";
import { cannotRun, runSession } from "./session.ts";

const nix = provideNix(console.log);
const files = process.argv.slice(2).map((name) => basename(name));
for (const file of files.length > 0 ? files : lessonFiles()) {
  const lesson = readLesson(file);
  const blocks = lesson.blocks.filter((block) => block.meta.notRun === undefined && cannotRun(block) === undefined);
  const results = runSession(nix, lesson, blocks);
  for (const [i, block] of blocks.entries()) {
    for (const [j, { command, output }] of block.commands.entries()) {
      const { output: actual = [], status = -1 } = results[i]?.[j] ?? {};
      const wanted = j === block.commands.length - 1 ? block.meta.exit : 0;
      const same = matches(output, actual);
      const where = `${file}:${block.line}`;
      if (same && status === wanted) {
        console.log(`ok    ${where}  $ ${command}`);
        continue;
      }
      console.log(`DIFF  ${where}  $ ${command}`);
      if (status !== wanted) console.log(`  exit status ${status}, the block says ${wanted}`);
      if (!same)
        console.log(`  the lesson shows:\n${indent(output)}\n  Nix ${nix.version} printed:\n${indent(actual)}`);
      process.exitCode = 1;
    }
  }
}

function indent(lines: string[]): string {
  return lines.map((line) => `    ${line}`).join("\n");
}
