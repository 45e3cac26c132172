import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { nearest, recognise } from "../../src/islands/errors/recognise.ts";
import { entries } from "./entries.ts";

const first = (text: string): string | undefined => recognise(text, entries)[0]?.entry.id;

test(`each of the ${entries.length} entries is recognised by its own text, before all others`, () => {
  assert.ok(entries.length >= 25);
  assert.deepEqual(
    entries.filter(({ id, text }) => first(text) !== id).map(({ id, text }) => `${id}: taken for ${first(text)}`),
    [],
  );
});

const pasted = JSON.parse(readFileSync(join(import.meta.dirname, "pasted.json"), "utf8")) as {
  id: string;
  text: string;
}[];

test(`${pasted.length} texts as people paste them find their entries`, () => {
  assert.ok(pasted.length >= 30);
  assert.deepEqual(
    pasted
      .filter(({ id, text }) => first(text) !== id)
      .map(({ id, text }) => `${id}: taken for ${first(text)}: ${text}`),
    [],
  );
});

test("colours, Windows line ends, blanks at both ends and lines around change nothing", () => {
  const noise = fc.constantFrom(
    "",
    "building '/nix/store/x.drv'...",
    "$ nix develop",
    "copying path 'x'",
    "warning: Git tree '/a' is dirty",
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...entries.filter(({ id }) => id !== "dirty-tree")),
      fc.array(noise),
      fc.array(fc.constantFrom("", "$ ", "you@host:~/contacts$")),
      fc.constantFrom("\n", "\r\n"),
      ({ id, text }, before, after, end) => {
        const coloured = text
          .replaceAll("error:", "\u001b[31;1merror:\u001b[0m")
          .replaceAll("'", "\u001b[35;1m'\u001b[0m");
        const lines = [...before, ...coloured.split("\n"), ...after];
        assert.equal(first(lines.map((line) => `  ${line} `).join(end)), id);
      },
    ),
  );
});

test("the line that counts is named, as it stands in the text", () => {
  const text =
    "error:\r\n       … while calling\r\n       \u001b[31merror:\u001b[0m infinite recursion encountered\r\n  at «string»:1:1";
  const [found] = recognise(text, entries);
  assert.deepEqual([found?.index, found?.line], [2, "error: infinite recursion encountered"]);
});

test("what is not known gives the entries with the same rare words, or none", () => {
  assert.equal(first("error: the lockfile wants to be updated, says uv"), undefined);
  assert.equal(nearest("error: the lockfile at uv.lock wants to be updated", entries)[0]?.id, "uv-lock-outdated");
  assert.equal(
    nearest("error: git says that 'flake.lock' has a parse error in its json", entries)[0]?.id,
    "lock-conflict",
  );
  for (const text of ["", "hello", "Segmentation fault (core dumped)"]) {
    assert.equal(first(text), undefined);
    assert.deepEqual(nearest(text, entries), []);
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      recognise(text, entries);
      assert.ok(nearest(text, entries).length <= 3);
    }),
  );
});
