import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { attributePathAt, isNameAt, nixSpans } from "./nix-tokens.ts";

const coloured = (text: string) => nixSpans(text).map(({ from, to, colour }) => `${colour}:${text.slice(from, to)}`);

test("what other modes misread has its colours: sets of arguments, escapes in indented strings, paths with a hole", () => {
  assert.deepEqual(coloured("{ a, b, }: 1"), ["o:{", "o:,", "o:,", "o:}", "o::", "n:1"]);
  assert.deepEqual(coloured("''\n ''${a} ''' ${b}\n''"), [
    "s:''\n",
    "s: ",
    "e:''$",
    "s:{a} ",
    "e:'''",
    "s: ",
    "e:${",
    "o:}",
    "s:\n",
    "s:''",
  ]);
  assert.deepEqual(coloured("./${x} |> f"), ["s:./", "e:${", "o:}", "o:|>"]);
});

test("offsets are those of the editor where the text has other letters, in comments as well", () => {
  assert.deepEqual(coloured('"äö🐍" # ü 🐍\n+ true /* é */'), [
    's:"',
    "s:äö🐍",
    's:"',
    "c:# ü 🐍",
    "o:+",
    "n:true",
    "c:/* é */",
  ]);
});

test("half written text is read as far as it goes", () => {
  assert.deepEqual(coloured('{ a = "b'), ["o:{", "o:=", 's:"', "s:b"]);
  assert.deepEqual(coloured("{ /* a"), ["o:{", "o:/", "o:*"]);
});

test("the spans of every example are in order and do not overlap", () => {
  const files = globSync("examples/*/**/*.nix");
  assert.ok(files.length > 20);
  for (const file of files) {
    let end = 0;
    for (const { from, to } of nixSpans(readFileSync(file, "utf8"))) {
      assert.ok(from >= end && to > from, `${file}: ${from}`);
      end = to;
    }
  }
});

test("a name is known with the sets around it", () => {
  const at = (text: string) => attributePathAt(text.replace("|", ""), text.indexOf("|")).join(".");
  assert.equal(at("{ languages.python = { en|able = true; }; }"), "languages.python.enable");
  assert.equal(at("x: f { a = g { b = 1; }; c.d|d = 1; }"), "c.dd");
  assert.equal(at("{ a = [ (builtins.ma|p f) ]; }"), "builtins.map");
  assert.equal(at("{ a = 1; } # com|ment"), "");
});

test("names are completed in code alone, that in a text included", () => {
  const at = (text: string) => isNameAt(text.replace("|", ""), text.indexOf("|"));
  for (const text of ["pkgs.fl|", "pkgs.|", "[ fl| ask ]", '"${pkgs.fl|}"', "./${na|me}/x"]) assert.ok(at(text), text);
  for (const text of ['"wor|d"', "''\n  wor|d\n''", "1 # wor|d", "/* wor|d */", "./pa|th", "10|0", "a |"])
    assert.ok(!at(text), text);
});
