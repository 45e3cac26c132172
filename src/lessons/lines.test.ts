import assert from "node:assert/strict";
import { test } from "node:test";
import { findLines, linesOf } from "./index.ts";

const flake = "{\n  inputs = {\n    a = 1;\n  };\n  outputs = {\n  };\n}\n";

test("a newline at the end of a text starts no further line", () => {
  assert.deepEqual(linesOf("a\n\nb\n"), ["a", "", "b"]);
});

test("text alone finds its first line", () => {
  assert.deepEqual(findLines(flake, "};"), { first: 4, last: 4 });
});

test("a range goes to the next line that contains its end, which may be the same line", () => {
  assert.deepEqual(findLines(flake, "outputs", "};"), { first: 5, last: 6 });
  assert.deepEqual(findLines(flake, "a =", ";"), { first: 3, last: 3 });
});

test("text that the file does not contain is named", () => {
  assert.throws(() => findLines(flake, "devShells"), /no line contains 'devShells'/);
  assert.throws(() => findLines(flake, "outputs", "inputs"), /no line from line 5 on contains 'inputs'/);
});
