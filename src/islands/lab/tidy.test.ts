import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { nixTokens } from "./editor/nix-tokens.ts";
import { tidy } from "./tidy.ts";

const files = globSync("examples/**/*.nix").map((file) => ({ file, text: readFileSync(file, "utf8") }));
const meaning = (text: string) => nixTokens(text).map(({ kind, from, to }) => `${kind} ${text.slice(from, to)}`);

test("what nixfmt laid out stays as it is, in every example", () => {
  assert.ok(files.length > 20);
  for (const { file, text } of files) assert.equal(tidy(text), text, file);
});

test("whatever was done to the indentation, the tokens stay, and a second time changes nothing", () => {
  const ways: ((line: string, index: number) => string)[] = [
    (line) => line,
    (line) => line.trimStart(),
    (line, index) => " ".repeat(index % 7) + line.trimStart(),
    (line) => `\t${line}  `,
  ];
  for (const { file, text } of files)
    for (const way of ways) {
      const mangled = text.split("\n").map(way).join("\n");
      const once = tidy(mangled);
      assert.deepEqual(meaning(once), meaning(mangled), file);
      assert.equal(tidy(once), once, file);
    }
});

test("lines without indentation get it back from their brackets", () => {
  assert.equal(
    tidy(
      '{\ninputs = {\nx.url = "y";   \n};\noutputs =\n{ self }:\nlet\na = [\n1\n(f 2)\n];\nin\n{\nlib = with a; {\nb = 1;\n};\n};\n}\n\n',
    ),
    `{
  inputs = {
    x.url = "y";
  };
  outputs =
    { self }:
    let
      a = [
        1
        (f 2)
      ];
    in
    {
      lib = with a; {
        b = 1;
      };
    };
}
`,
  );
});

test("half written text is left with all its letters", () => {
  for (const text of ["{ a = ''\n x\n", '{ a = "\n  b', "{ /* a\n  b", "}}\n)\n", ""])
    assert.equal(tidy(text).replace(/\s/g, ""), text.replace(/\s/g, ""));
});
