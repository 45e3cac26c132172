import assert from "node:assert/strict";
import { test } from "node:test";
import { compareFiles } from "./index.ts";

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `line ${index + 1}`);
const text = (lines: string[]): string => lines.map((line) => `${line}\n`).join("");

test("equal files have no hunks, also where one lacks the last newline", () => {
  assert.deepEqual(compareFiles("a\nb\n", "a\nb\n"), []);
  assert.deepEqual(compareFiles("a\nb", "a\nb\n"), []);
});

test("a changed line is one block with the old and the new line, between its context", () => {
  assert.deepEqual(compareFiles("a\nb\nc\n", "a\nB\nc\n"), [
    [
      { kind: "same", old: [1], new: [1] },
      { kind: "change", old: [2], new: [2] },
      { kind: "same", old: [3], new: [3] },
    ],
  ]);
});

test("a new file is one block of additions", () => {
  assert.deepEqual(compareFiles("", "a\nb\n"), [[{ kind: "change", old: [], new: [1, 2] }]]);
});

test("distant changes are two hunks, and what is far from both is left out", () => {
  const before = numbered(30);
  const after = ["first", ...before.slice(0, 29), "last"];
  const hunks = compareFiles(text(before), text(after), 2);
  assert.deepEqual(
    hunks.map((hunk) => hunk.map(({ kind, old, new: added }) => [kind, old, added])),
    [
      [
        ["change", [], [1]],
        ["same", [1, 2], [2, 3]],
      ],
      [
        ["same", [28, 29], [29, 30]],
        ["change", [30], [31]],
      ],
    ],
  );
});

test("the blocks of both sides, with enough context, are the whole files", () => {
  const before = numbered(40);
  const after = before.flatMap((line, index) => (index % 7 === 3 ? [] : index % 5 === 0 ? [line, "more"] : [line]));
  const blocks = compareFiles(text(before), text(after), 100).flat();
  assert.deepEqual(
    blocks.flatMap((block) => block.old.map((number) => before[number - 1])),
    before,
  );
  assert.deepEqual(
    blocks.flatMap((block) => block.new.map((number) => after[number - 1])),
    after,
  );
});
