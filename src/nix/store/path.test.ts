import assert from "node:assert/strict";
import { test } from "node:test";
import { parseContextElement, printContextElement } from "./context.ts";
import { hashNar, serialiseNar, type FileTree } from "./nar.ts";
import { checkStoreName, isStorePath, parseStorePath, splitStorePath } from "./path.ts";
import { downstreamPlaceholder, outputPlaceholder } from "./placeholder.ts";

const path = "/nix/store/00000000000000000000000000000000-x";

test("names that Nix refuses are refused with the reason", () => {
  const reasons: [string, RegExp][] = [
    ["", /^name must not be empty$/],
    [".", /^name '\.' is not valid$/],
    ["..-a", /first dash-separated component must not be '\.\.'$/],
    ["a b", /^name 'a b' contains illegal character ' '$/],
    ["a".repeat(212), /must be no longer than 211 characters$/],
  ];
  for (const [name, reason] of reasons) assert.throws(() => checkStoreName(name), { message: reason });
  for (const name of ["a", ".a", "...", "a+b-c.d_e?f=g", "a".repeat(211)]) checkStoreName(name);
});

test("a store path is told from what only looks like one", () => {
  assert.equal(parseStorePath("/nix//store/./00000000000000000000000000000000-x/", "/nix/store"), path);
  for (const other of ["/nix/store", "/nix/store/x", `${path}/y`, "/x", path.replace("0", "e"), path.slice(0, -2)])
    assert.equal(isStorePath(other, "/nix/store"), false, other);
  assert.deepEqual(splitStorePath(`${path}/a/b`, "/nix/store"), { storePath: path, rest: "/a/b" });
});

test("an element of a context survives being printed", () => {
  for (const text of [path, `=${path}.drv`, `!out!${path}.drv`, `!a!b!${path}.drv`])
    assert.equal(printContextElement(parseContextElement(text, "/nix/store")), text);
  for (const text of ["", "!", "!out", `${path}!`]) assert.throws(() => parseContextElement(text, "/nix/store"));
});

test("a NAR sorts its entries by bytes and marks executables", () => {
  const file = (contents: string): FileTree => ({ type: "regular", contents });
  const tree = (names: string[]): FileTree => ({ type: "directory", entries: new Map(names.map((n) => [n, file(n)])) });
  assert.deepEqual(serialiseNar(tree(["b", "a", "B"])), serialiseNar(tree(["B", "b", "a"])));
  const plain = serialiseNar(file("x"));
  const executable = serialiseNar({ type: "regular", contents: "x", executable: true });
  assert.equal(executable.length - plain.length, 32);
  assert.deepEqual(hashNar(file("x")), hashNar({ type: "regular", contents: Uint8Array.of(120) }));
});

test("a tree deeper than Nix's bound is refused, not overflowed on", () => {
  let tree: FileTree = { type: "symlink", target: "x" };
  for (let i = 0; i < 5000; i++) tree = { type: "directory", entries: new Map([["a", tree]]) };
  assert.throws(() => serialiseNar(tree), /exceeds maximum NAR directory depth of 64$/);
});

test("placeholders are those that Nix prints", () => {
  assert.equal(outputPlaceholder("out"), "/1rz4g4znpzjwh1xymhjpm42vipw92pr73vdgl6xs1hycac8kf2n9");
  const element = { type: "built", drvPath: { type: "opaque", path: `${path}.drv` }, output: "out" } as const;
  assert.throws(() => downstreamPlaceholder(element, new Set()), /feature 'ca-derivations' is disabled/);
});
