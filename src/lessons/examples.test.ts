import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { listExampleFiles, listExamples, readExampleFile } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "examples-"));
after(() => rmSync(folder, { recursive: true }));
for (const path of ["02-b/flake.nix", "01-a/app/main.py", "01-a/flake.nix", "01-a/.envrc", "01-a/.venv/bin/python"]) {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), path);
}
mkdirSync(join(folder, "notes"));

test("the examples are the folders with a number, in order", () => {
  assert.deepEqual(listExamples(folder), ["01-a", "02-b"]);
  assert.deepEqual(listExamples(join(folder, "nowhere")), []);
});

test("an example's files are listed root first, without what tools leave behind", () => {
  assert.deepEqual(listExampleFiles("01-a", folder), [".envrc", "flake.nix", "app/main.py"]);
});

test("a file that an example does not have is undefined", () => {
  assert.equal(readExampleFile("01-a", "app/main.py", folder), "01-a/app/main.py");
  assert.equal(readExampleFile("01-a", "flake.lock", folder), undefined);
});
