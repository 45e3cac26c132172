import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isSame, Project, type Snapshot } from "../lab/project.ts";
import { merge } from "./merge.ts";

const of = (files: Record<string, string>): Snapshot => Project.of(files).snapshot();
const base = of({ "flake.nix": "{ }", "app.py": "1", "old.txt": "x" });

test("files that one tab alone changed, made or removed come together", () => {
  const { snapshot, both } = merge(
    base,
    of({ "flake.nix": "{ a = 1; }", "app.py": "1", "old.txt": "x", "mine.nix": "m" }),
    of({ "flake.nix": "{ }", "app.py": "2", "theirs.nix": "t" }),
    "other-tab",
  );
  assert.deepEqual(snapshot.files, { "flake.nix": "{ a = 1; }", "app.py": "2", "mine.nix": "m", "theirs.nix": "t" });
  assert.deepEqual(both, []);
});

test("a file that both changed stays in both forms, and an edit outlives a removal", () => {
  const { snapshot, both } = merge(
    base,
    of({ "flake.nix": "mine", "old.txt": "x" }),
    of({ "flake.nix": "theirs", "app.py": "2" }),
    "other-tab",
  );
  assert.deepEqual(snapshot.files, { "flake.nix": "mine", "app.py": "2", "flake.other-tab.nix": "theirs" });
  assert.deepEqual(both, [{ path: "flake.nix", copy: "flake.other-tab.nix" }]);
});

test("copies have free names, also of files without an ending, and the same copy is not made twice", () => {
  const start = of({ ".envrc": "a", "x/Makefile": "b" });
  const mine = of({ ".envrc": "c", "x/Makefile": "d", ".envrc.other-tab": "taken", "x/Makefile.other-tab": "f" });
  const { snapshot } = merge(start, mine, of({ ".envrc": "e", "x/Makefile": "f" }), "other-tab");
  const added = Object.entries(snapshot.files).filter(([path]) => !(path in mine.files));
  assert.deepEqual(added, [[".envrc.other-tab-2", "e"]]);
});

test("a file in one tab and a folder of that name in the other both stay", () => {
  const { snapshot } = merge(of({}), of({ a: "file" }), of({ "a/b": "in a folder" }), "other-tab");
  assert.deepEqual(snapshot.files, { "a.other-tab": "file", "a/b": "in a folder" });
});

const paths = ["a", "a/b", "a/b/c", "b.nix", "b.other-tab.nix", "__proto__", ".x", "a.other-tab", "a.other-tab/d"];
/** Files that can stand together in a folder: no file where a folder is. */
const folder = fc.dictionary(fc.constantFrom(...paths), fc.constantFrom("0", "1", "2", "3")).map((files) => {
  const names = Object.keys(files);
  return Object.fromEntries(
    Object.entries(files).filter(([path]) => !names.some((name) => name.startsWith(`${path}/`))),
  );
});
/** Texts that tell where they come from, so that one cannot stand in for another. */
const told = (files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [path, `${path}: ${text}`]));
const snapshot = folder.map((files) => of(told(files)));

test("no edit of either side is ever lost, and the result can stand in a folder", () => {
  fc.assert(
    fc.property(snapshot, snapshot, snapshot, (before, mine, theirs) => {
      const { snapshot: merged, both } = merge(before, mine, theirs, "other-tab");
      const result = new Map(Object.entries(merged.files));
      const old = new Map(Object.entries(before.files));
      for (const [path, text] of [...Object.entries(mine.files), ...Object.entries(theirs.files)]) {
        if (old.get(path) === text) continue;
        const places = [path, ...both.filter((each) => each.path === path).map(({ copy }) => copy)];
        assert.ok(
          places.some((place) => result.get(place) === text),
          `${path} = ${text} is lost`,
        );
      }
      for (const path of result.keys())
        assert.ok(![...result.keys()].some((other) => other.startsWith(`${path}/`)), `${path} is file and folder`);
      // What was merged once is not in conflict again, in this tab or in the other.
      assert.ok(isSame(merge(theirs, merged, theirs, "other-tab").snapshot, merged));
      assert.ok(isSame(merge(theirs, theirs, merged, "other-tab").snapshot, merged));
    }),
    { numRuns: 2000 },
  );
});
