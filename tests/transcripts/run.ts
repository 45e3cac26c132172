/**
 * For authors: `node tests/transcripts/run.ts content/lessons/NN-slug.mdx …` runs the terminal blocks of lessons (of
 * all, where none is named) with real Nix. A block that differs is printed as it came, ready to be pasted.
 */
import { resolve } from "node:path";
import { provideNix } from "../support/provide-nix.ts";
import { blockProblems, firstLine, type CommandResult } from "./compare.ts";
import { lessonFiles, readLesson, type Block } from "./lessons.ts";
import { fenceProblems } from "./nix-fences.ts";
import { cannotRun, runSession } from "./session.ts";

const nix = provideNix(console.log);
const named = process.argv.slice(2).filter((arg) => !arg.startsWith("-"));
/** `--all` prints every block as it came, also those that agree. */
const printAll = process.argv.includes("--all");

for (const path of named.length > 0 ? named.map((name) => resolve(name)) : lessonFiles()) {
  const lesson = readLesson(path);
  const blocks: Block[] = [];
  for (const block of lesson.blocks) {
    const why = block.meta.notRun === undefined ? cannotRun(nix, block) : `not run: ${block.meta.notRun}`;
    if (why === undefined) blocks.push(block);
    else console.log(`skip  ${lesson.file}:${block.line}  ${why}`);
  }
  const results = runSession(nix, lesson, blocks);
  for (const [i, block] of blocks.entries()) report(lesson.file, block, results[i] ?? []);
  for (const { line, problem } of fenceProblems(nix, lesson.nixFences)) {
    console.log(`DIFF  ${lesson.file}:${line}  the Nix block ${problem}`);
    process.exitCode = 1;
  }
  console.log(
    `${lesson.file}: ${blocks.length} of ${lesson.blocks.length} terminal blocks run with Nix ${nix.version}`,
  );
}

function report(file: string, block: Block, results: CommandResult[]): void {
  // What was printed follows as a whole block: only the first line of each problem is needed here.
  const problems = blockProblems(block, results).map((problem) =>
    problem.replace(/ shows\n.*/s, " printed something else"),
  );
  console.log(
    `${problems.length === 0 ? "ok  " : "DIFF"}  ${file}:${block.line}  $ ${firstLine(block.commands[0]?.command ?? "")}`,
  );
  for (const problem of problems) console.log(`      ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
  if (problems.length === 0 && !printAll) return;
  const lines = block.commands.flatMap(({ command }, j) => [
    `$ ${command.replaceAll("\n", "\n> ")}`,
    ...(results[j]?.output ?? []),
  ]);
  console.log(["```console", ...lines, "```"].join("\n"));
}
