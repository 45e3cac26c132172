import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, test } from "node:test";
import { createEvaluation, encodeUtf8 } from "#nix";
import { hostOf, show } from "../../nix/testing.ts";
import { MemoryHost } from "../memory-host.ts";
import { minifyNix } from "./minify.ts";
import { makePacks } from "./packs.ts";

const inputs = resolve(import.meta.dirname, "../../inputs");

/** The tree of a program, as Nix prints it. */
function treeOf(text: string): string {
  const result = createEvaluation({ host: new MemoryHost() }).parse(encodeUtf8(text), "/");
  if (!result.ok) throw result.error;
  return result.value;
}

describe("a pack means what the stand-in means", () => {
  for (const [folder, pack] of makePacks(inputs))
    test(folder, () => {
      const files = Object.entries(pack).filter(([file]) => file.endsWith(".nix"));
      for (const [file, text] of files) {
        const original = readFileSync(join(inputs, folder, file), "utf8");
        assert.equal(treeOf(text), treeOf(original), file);
        const last = (nix: string) => nix.trimEnd().split("\n").length;
        // A comment may end the file.
        assert.ok(last(text) <= last(original), file);
      }
    });
});

test("the pack of nixpkgs has all that Nix reads of its index", () => {
  const folder = join(inputs, "nixpkgs");
  const pack = makePacks(inputs).get("nixpkgs")!;
  const index = readFileSync(join(folder, "index.json"), "utf8");
  const shown = (index: string) => {
    const files = { ...pack, "index.json": index, "node.json": readFileSync(join(folder, "node.json"), "utf8") };
    const host = hostOf(Object.fromEntries(Object.entries(files).map(([file, text]) => [`/nixpkgs/${file}`, text])));
    return show(
      `let
        pkgs = import /nixpkgs { system = "x86_64-linux"; };
        names = set: builtins.mapAttrs (_: drv: [ drv.name (map (each: each.name) drv.propagatedBuildInputs or [ ]) ]) set;
        known = (builtins.fromJSON (builtins.readFile /nixpkgs/index.json)).packages;
      in [ (names pkgs.pythonInterpreters) (names (builtins.intersectAttrs known pkgs.python3Packages)) ]`,
      { host },
    );
  };
  assert.match(shown(index), /"python3\.13-requests-\d/);
  assert.equal(shown(pack["index.json"]!), shown(index));
});

test("white space goes, and lines stay where they are", () => {
  const text = "# about\n{\n  a = b: [ (b 1) /* one */ ./c d ];\n\n  # more\n  e = ''\n    two  words\n  '';\n}\n";
  assert.equal(minifyNix(text), "\n{\na=b:[(b 1)./c d];\n\n\ne=''\n    two  words\n  '';\n}");
});

test("tokens that would grow together stay apart", () => {
  for (const text of [
    "a: b",
    "1 .5",
    "a ./b",
    "a <b> c",
    "- -1",
    "x: https://a.b",
    "[ 1 2 ]",
    "a . b or c",
    "f ''a'' ''b''",
  ])
    assert.equal(treeOf(`z: f: a: b: c: with {}; ${minifyNix(text)}`), treeOf(`z: f: a: b: c: with {}; ${text}`), text);
});
