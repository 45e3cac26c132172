import assert from "node:assert/strict";
import { test } from "node:test";
import { highlight, languageOf } from "./index.ts";

const plain = (lines: string[]): string =>
  lines
    .join("\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

test("code keeps every character and gets classes, never styles", async () => {
  const code = "{ inputs }:\nlet a = \"${b} < 'c' & d\"; in # why\n''\n  x\n''\n";
  const lines = await highlight(code, "nix");
  assert.equal(plain(lines), code.trimEnd());
  assert.match(lines.join("\n"), /<span class="k">let<\/span>/);
  assert.match(lines.join("\n"), /<span class="e">\$\{<\/span>b<span class="e">\}<\/span>/);
  assert.match(lines.join("\n"), /<span class="c"># why<\/span>/);
  assert.doesNotMatch(lines.join("\n"), /style=/);
});

test("text is escaped and has no colours", async () => {
  assert.deepEqual(await highlight("a < b\n", "text"), ["a &#60; b"]);
});

test("an unknown language is named", async () => {
  await assert.rejects(highlight("x", "nyx"), /language 'nyx' of a code block is not known/);
});

test("a file's language comes from its name", () => {
  assert.deepEqual(
    ["flake.nix", "2023/flake.lock", ".envrc", "contacts/store.py", "LICENSE", "requirements.txt", "uv.lock"].map(
      languageOf,
    ),
    ["nix", "json", "sh", "py", "text", "txt", "toml"],
  );
});
