import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { createEvaluation } from "../index.ts";
import { hostOf, show } from "../testing.ts";

/** Each program beside what real Nix 2.34.8 prints for it. */
function values(cases: readonly (readonly [string, string])[]): void {
  for (const [program, expected] of cases) assert.equal(show(program), expected, program);
}

suite("builtins", () => {
  test("work on lists", () =>
    values([
      ["builtins.sort (a: b: a < b) [ 3 1 2 ]", "[ 1 2 3 ]"],
      ["builtins.foldl' (a: b: a * 10 + b) 0 [ 1 2 3 ]", "123"],
      ["builtins.concatMap (x: [ x x ]) [ 1 2 ]", "[ 1 1 2 2 ]"],
      ["builtins.partition (x: x > 1) [ 1 2 3 ]", "{ right = [ 2 3 ]; wrong = [ 1 ]; }"],
      ['builtins.groupBy (x: if x > 1 then "big" else "small") [ 1 2 3 ]', "{ big = [ 2 3 ]; small = [ 1 ]; }"],
      [
        "builtins.genericClosure { startSet = [ { key = 1; } ]; operator = x: if x.key < 3 then [ { key = x.key + 1; } ] else [ ]; }",
        "[ { key = 1; } { key = 2; } { key = 3; } ]",
      ],
    ]));

  test("work on sets", () =>
    values([
      ['builtins.mapAttrs (n: v: n + v) { a = "x"; }', '{ a = "ax"; }'],
      ['builtins.listToAttrs [ { name = "a"; value = 1; } { name = "a"; value = 2; } ]', "{ a = 1; }"],
      ["builtins.zipAttrsWith (n: v: v) [ { a = 1; } { a = 2; b = 3; } ]", "{ a = [ 1 2 ]; b = [ 3 ]; }"],
      ['builtins.removeAttrs { a = 1; b = 2; } [ "a" ]', "{ b = 2; }"],
      ["builtins.intersectAttrs { a = 1; c = 1; } { a = 2; b = 3; }", "{ a = 2; }"],
      ["builtins.functionArgs ({ a, b ? 1 }: a)", "{ a = false; b = true; }"],
    ]));

  test("work on strings, bytewise", () =>
    values([
      ['builtins.stringLength "\u00c3\u00a9"', "2"],
      ['builtins.substring 1 2 "abcd"', '"bc"'],
      ['builtins.replaceStrings [ "a" "" ] [ "b" "-" ] "xa"', '"-xb-"'],
      ['builtins.match "(a)(b)?" "a"', '[ "a" null ]'],
      ['builtins.split "(b)" "abc"', '[ "a" [ "b" ] "c" ]'],
      ['toString [ 1 true null "x" [ ] 1.5 ]', '"1 1  x 1.500000"'],
    ]));

  test("read and write data", () =>
    values([
      ['builtins.fromJSON "{\\"a\\": [1, 2.5, null]}"', "{ a = [ 1 2.5 null ]; }"],
      ["builtins.toJSON { b = 1.0; a = [ true ]; }", '"{\\"a\\":[true],\\"b\\":1.0}"'],
      ['builtins.fromTOML "a.b = 1"', "{ a = { b = 1; }; }"],
      ['builtins.hashString "sha256" ""', '"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"'],
      ['builtins.parseDrvName "nix-2.34"', '{ name = "nix"; version = "2.34"; }'],
      ['builtins.compareVersions "1.0" "1.0pre"', "1"],
    ]));

  // `nix-instantiate --eval` writes nothing into its store, so that it cannot read what toFile made.
  test("readFile keeps the references that stand in a file of the store", () =>
    values([
      [
        'builtins.attrNames (builtins.getContext (builtins.readFile (builtins.toFile "a" "see ${builtins.toFile "b" "x"}")))',
        '[ "/nix/store/w320iz5b4848q2l7a7x8mw2vymm22ddg-b" ]',
      ],
      [
        'builtins.hasContext (builtins.readFile (builtins.toFile "a" "${builtins.substring 0 0 (builtins.toFile "b" "x")}-"))',
        "false",
      ],
    ]));

  test("make derivations whose paths are Nix's", () =>
    values([
      [
        '(derivation { name = "x"; system = "x"; builder = "/bin/sh"; }).drvPath',
        '"/nix/store/safnr1ywsblyl5qfbca0178m104hzxaw-x.drv"',
      ],
      [
        'builtins.getContext "${derivation { name = "x"; system = "x"; builder = "/bin/sh"; }}"',
        '{ "/nix/store/safnr1ywsblyl5qfbca0178m104hzxaw-x.drv" = { outputs = [ "out" ]; }; }',
      ],
    ]));
});

suite("the outside world", () => {
  const files = { "/a/b.nix": "{ here = ./.; }", "/a/c/d": "text" };

  test("is read through the host", () => {
    const host = hostOf(files);
    assert.equal(show("(import /a/b.nix).here", { host }), "/a");
    assert.equal(show("builtins.readDir /a", { host }), '{ "b.nix" = "regular"; c = "directory"; }');
    assert.equal(show("builtins.readFile /a/c/d", { host }), '"text"');
    assert.equal(show("map builtins.pathExists [ /a /b ]", { host }), "[ true false ]");
    assert.equal(show("<x/d>", { host, nixPath: [{ prefix: "x", path: "/a/c" }] }), "/a/c/d");
    assert.match(show("import /b", { host }), /path '\/b' does not exist/);
  });

  test("is shut out of pure evaluation", () => {
    assert.equal(show('builtins.getEnv "HOME"', { pure: true }), '""');
    assert.equal(show("builtins ? currentTime", { pure: true }), "false");
    assert.match(show("~/x", { pure: true }), /can not be resolved in pure mode/);
  });

  test("hears what 'trace' and 'warn' say", () => {
    const lines: string[] = [];
    const evaluation = createEvaluation({ host: hostOf(), log: (line) => lines.push(line) });
    evaluation.evaluate('builtins.trace "a" (builtins.warn "b" (builtins.trace [ 1 ] 2))', "/");
    assert.deepEqual(lines, ["trace: a", "evaluation warning: b", "trace: [ 1 ]"]);
  });
});
