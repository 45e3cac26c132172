import assert from "node:assert/strict";
import { test } from "node:test";
import { findFences, parseTerminalMeta, parseTranscript } from "./index.ts";

test("a transcript is split into commands with their output", () => {
  assert.deepEqual(parseTranscript("$ git add \\\n> flake.nix\n$ nix --version\nnix (Nix) 2.34.8\n"), [
    { command: "git add \\\nflake.nix", output: [] },
    { command: "nix --version", output: ["nix (Nix) 2.34.8"] },
  ]);
});

test("a line of output that starts like a continuation stays output", () => {
  assert.deepEqual(parseTranscript("$ cat x\na\n> b\n"), [{ command: "cat x", output: ["a", "> b"] }]);
});

test("a transcript that does not start with a command is refused", () => {
  assert.throws(() => parseTranscript("hello\n"), /starts with 'hello'/);
});

test("the meta of a terminal block is read, and an unknown word is named", () => {
  assert.deepEqual(parseTerminalMeta('title="A shell" inputs="real" exit=1'), {
    title: "A shell",
    inputs: "real",
    exit: 1,
  });
  assert.deepEqual(parseTerminalMeta("not-run=pip"), { inputs: "stand-ins", notRun: "pip", exit: 0 });
  assert.throws(() => parseTerminalMeta('not-run="lazy"'), /has 'not-run="lazy"'/);
});

test("fences are found with language, meta, text and line, also indented and nested", () => {
  const text = 'a\n\n  ```nix title="x"\n  { }\n  ```\n````md\n```sh\n```\n````\n';
  assert.deepEqual(findFences(text), [
    { language: "nix", meta: 'title="x"', text: "{ }\n", line: 3 },
    { language: "md", meta: "", text: "```sh\n```\n", line: 6 },
  ]);
});
