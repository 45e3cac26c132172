import assert from "node:assert/strict";
import { test } from "node:test";
import { mask, matches, withoutLockNotice } from "./compare.ts";

test("lines must be equal", () => {
  assert.equal(matches(["a", "b"], ["a", "b", ""]), true);
  assert.equal(matches(["a"], ["a", "b"]), false);
  assert.equal(matches(["a.c"], ["abc"]), false);
});

test("an ellipsis stands for any text in a line, and alone for any number of lines", () => {
  assert.equal(matches(["warning: … is dirty"], ["warning: Git tree 'x' is dirty"]), true);
  assert.equal(matches(["a", "…", "z"], ["a", "z"]), true);
  assert.equal(matches(["a", "…", "z"], ["a", "b", "c", "z"]), true);
  assert.equal(matches(["a", "…", "z"], ["a", "b"]), false);
});

test("an empty expectation does not accept output", () => {
  assert.equal(matches([], ["surprise"]), false);
  assert.equal(matches([], []), true);
});

test("store hashes, revisions, times and the home folder are masked", () => {
  const actual = "git+file:///tmp/s/home/you/x?rev=0123456789012345678901234567890123456789 2026-01-02 03:04:05";
  assert.equal(mask(actual, "/tmp/s/home/you"), "git+file:///home/you/x?rev=… …");
  assert.equal(mask("/nix/store/0123456789abcdfghijklmnpqrsvwxyz-hello"), "/nix/store/…-hello");
});

test("a git commit, a fingerprint and a temporary folder are masked, a lock's revision is not", () => {
  assert.equal(mask("[main (root-commit) 1a2b3c4] Start"), "[main (root-commit) …] Start");
  assert.equal(mask(`Revision:      ${"0123456789".repeat(4)}-dirty`), "Revision:      …");
  assert.equal(mask("/tmp/nix-shell.Ab12Cd/rc"), "/tmp/…/rc");
  const locked = `github:NixOS/nixpkgs/${"0123456789".repeat(4)}`;
  assert.equal(mask(locked), locked);
});

test("the notice on a lock file that was not written is left out, and nothing after it", () => {
  const notice = [
    "warning: not writing modified lock file of flake 'x':",
    "• Updated input 'n':",
    "    'a'",
    "  → 'b'",
  ];
  assert.deepEqual(withoutLockNotice(["a", ...notice, "b", "• c"]), ["a", "b", "• c"]);
});
