import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { copyProject, root } from "../support/project-copy.ts";

const [file = ""] = readdirSync(join(root, "content/lessons")).filter((name) => name.endsWith(".mdx"));
const right = readFileSync(join(root, "content/lessons", file), "utf8");
let copy: string;

before(() => {
  copy = copyProject();
});
after(() => rmSync(copy, { recursive: true }));
beforeEach(() => writeFileSync(join(copy, "content/lessons", file), right));

function build(): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(copy, "node_modules/astro/bin/astro.mjs"), "build"],
    { cwd: copy, encoding: "utf8", env: { ...process.env, ASTRO_TELEMETRY_DISABLED: "1" } },
  );
  return { status, output: stripVTControlCharacters(stdout + stderr) };
}

test("a wrong, a missing and an unknown field stop the build with file and field", () => {
  const wrong = right
    .replace(/^title:.*$/m, `title: ${"A title that is too long ".repeat(4)}`)
    .replace(/^minutes:/m, "minuts:")
    .replace(/^example:.*\n/m, "")
    .replace(/^summary:/m, "example: 99-nowhere\nsummary:")
    .replace(/^learned:\n {2}- .*$/m, "learned:");
  writeFileSync(join(copy, "content/lessons", file), wrong);
  const { status, output } = build();
  assert.notEqual(status, 0, output);
  assert.ok(output.includes(file), output);
  // Astro writes a line for each field, with the field's name between asterisks.
  for (const field of ["title", "minutes", "learned"]) assert.match(output, new RegExp(`^\\W*${field}\\W+\\w`, "m"));
  assert.match(output, /unrecognized key: "minuts"/i);
  assert.match(output, /there is no folder 'examples\/99-nowhere'/);
});

test("a number that is not that of the file's name stops the build with file and field", () => {
  const moved = file.replace(/^\d+/, "77");
  renameSync(join(copy, "content/lessons", file), join(copy, "content/lessons", moved));
  const { status, output } = build();
  rmSync(join(copy, "content/lessons", moved));
  assert.notEqual(status, 0, output);
  assert.ok(output.includes(moved), output);
  assert.match(output, /'number'/);
});
