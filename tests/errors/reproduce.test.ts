import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { run } from "#cli";
import { linesIn, recognise } from "../../src/islands/errors/recognise.ts";
import { fromNode, nodeSystem } from "../../src/runtime/node.ts";
import { provideNix, recordedMinor } from "../support/provide-nix.ts";
import { mask, matches } from "../transcripts/compare.ts";
import type { Block } from "../transcripts/lessons.ts";
import { cannotRun, runSession } from "../transcripts/session.ts";
import { entries, type Entry } from "./entries.ts";

const nix = provideNix();
const reproduced = entries.flatMap((entry) =>
  entry.reproduce === undefined ? [] : [{ entry, block: blockOf(entry) }],
);
const runnable = reproduced.filter(({ block }) => cannotRun(nix, block) === undefined).map(({ block }) => block);
let results: ReturnType<typeof runSession> | undefined;

function blockOf({ reproduce }: Entry): Block {
  const { in: start, inputs, run, expression = "" } = reproduce!;
  const command = run?.trimEnd() ?? `nix eval --expr '${expression.replaceAll("'", `'\\''`)}'`;
  return { line: 0, meta: { in: start, inputs, exit: 1 }, commands: [{ command, output: [] }] };
}

/** What a message must have: the line of the entry's text by which it is recognised, as it stands there. */
function expectMessage(entry: Entry, message: string): void {
  const [shown] = recognise(entry.text, entries);
  assert.equal(shown?.entry.id, entry.id);
  const lines = linesIn(mask(message)).map((line) => line.trim());
  assert.ok(
    lines.some((line) => matches([shown.line], [line])),
    `'${shown.line}' is not in\n${message}`,
  );
  assert.equal(recognise(message, entries)[0]?.entry.id, entry.id);
}

suite(`${reproduced.length} of ${entries.length} errors come from real Nix`, () => {
  for (const { entry, block } of reproduced) {
    const skip = nix.recorded ? (cannotRun(nix, block) ?? false) : `skipped: recorded with ${recordedMinor}`;
    test(`${entry.id} is what Nix says, and is recognised in it`, { skip }, () => {
      const lesson = { file: "content/errors", example: undefined, blocks: [], nixFences: [] };
      results ??= runSession(nix, lesson, runnable);
      expectMessage(entry, results[runnable.indexOf(block)]![0]!.output.join("\n"));
    });
  }
});

for (const { entry } of reproduced.filter(({ entry }) => entry.reproduce?.expression !== undefined))
  test(`${entry.id} is what our evaluator says of the same expression`, () => {
    let stderr = "";
    run(["nix", "eval", "--expr", entry.reproduce!.expression!], {
      ...nodeSystem(),
      cwd: fromNode("/"),
      stdout: () => {},
      stderr: (text) => (stderr += text),
    });
    // The command line gives bytes.
    expectMessage(entry, Buffer.from(stderr, "latin1").toString());
  });
