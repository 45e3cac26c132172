import assert from "node:assert/strict";
import { test } from "node:test";
import { checkInputAttributes, flakeRefToString, parseFlakeRef, parseFlakeReference } from "./reference.ts";

const attributes = (text: string) => Object.fromEntries(parseFlakeRef(text));

test("the short forms of references become attributes", () => {
  assert.deepEqual(attributes("nixpkgs/nixos-24.05"), { type: "indirect", id: "nixpkgs", ref: "nixos-24.05" });
  assert.deepEqual(attributes("github:o/r/x/y?dir=d"), { type: "github", owner: "o", repo: "r", ref: "x/y", dir: "d" });
  assert.deepEqual(attributes("git+ssh://git@x.org/r?ref=main&shallow=1"), {
    type: "git",
    url: "ssh://git@x.org/r",
    ref: "main",
    shallow: true,
  });
  assert.deepEqual(attributes("https://x.org/a.tar.gz"), { type: "tarball", url: "https://x.org/a.tar.gz" });
});

test("the fragment is kept apart, and refused where none may stand", () => {
  assert.equal(parseFlakeReference("nixpkgs#hello%20world").fragment, "hello world");
  assert.throws(() => parseFlakeRef("nixpkgs#hello"), /^Failure: unexpected fragment 'hello' in flake reference/);
});

test("a relative path is kept for inputs of a flake and refused elsewhere", () => {
  assert.deepEqual(Object.fromEntries(parseFlakeRef("./sub", { allowRelative: true })), {
    type: "path",
    path: "./sub",
  });
  assert.throws(() => parseFlakeRef("./sub"), { message: "flake reference './sub' is not an absolute path" });
});

test("without a wanted tree a URL is a file unless its name is an archive's", () => {
  assert.equal(parseFlakeRef("https://x.org/a", { requireTree: false }).get("type"), "file");
  assert.equal(parseFlakeRef("https://x.org/a.zip", { requireTree: false }).get("type"), "tarball");
});

test("a reference survives being printed and read again", () => {
  for (const text of [
    "flake:nixpkgs",
    "github:o/r/x%2Fy?dir=d",
    "path:/a%20b",
    "git+https://x.org/r?ref=b",
    "gitlab:a%2Fb/c",
  ])
    assert.equal(flakeRefToString(parseFlakeRef(text)), text);
});

test("attributes that a type does not know are refused, unknown types are kept", () => {
  assert.throws(
    () =>
      checkInputAttributes(
        new Map([
          ["type", "path"],
          ["path", "/x"],
          ["owner", "o"],
        ]),
      ),
    {
      message: "input attribute 'owner' not supported by scheme 'path'",
    },
  );
  assert.deepEqual(
    [
      ...checkInputAttributes(
        new Map([
          ["type", "new"],
          ["x", "1"],
        ]),
      ),
    ],
    [
      ["type", "new"],
      ["x", "1"],
    ],
  );
});

test("a git+file swapped around gets a hint", () => {
  assert.throws(() => parseFlakeRef("file+git:///x"), /did you mean 'git\+file' instead of 'file\+git'\?$/);
});
