import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { show } from "../testing.ts";

/** Each program beside what real Nix 2.34.8 prints for it. */
function values(cases: readonly (readonly [string, string])[]): void {
  for (const [program, expected] of cases) assert.equal(show(program), expected, program);
}

suite("literals", () => {
  test("indented strings lose their common indentation and keep their escapes", () => {
    values([
      ["''\n  a\n    b\n  ''", '"a\\n  b\\n"'],
      ["''a ''${b} '''c''' ''\\n''", "\"a \\${b} ''c'' \\n\""],
      ["''\n    ${\"x\"}\n   y''", '" x\\ny"'],
    ]);
  });

  test("numbers wrap nowhere: beyond 64 bits is an error", () => {
    values([
      ["9223372036854775807", "9223372036854775807"],
      ["9007199254740993 - 1", "9007199254740992"],
      ["-7 / 2", "-3"],
      ["1.5e3 + 1", "1501"],
    ]);
    assert.match(show("9223372036854775807 + 1"), /integer overflow in adding 9223372036854775807 \+ 1/);
    assert.match(show("9223372036854775808"), /invalid integer '9223372036854775808'/);
  });

  test("paths are made absolute, and text can follow them", () => {
    values([
      ["./a/../b", "/work/b"],
      ['./a + "/b"', "/work/a/b"],
      ['./${"x"}-y/z', "/work/x-y/z"],
      ["~/x", "/home/me/x"],
    ]);
  });

  test("a word with a colon is a string", () => values([["x:x", '"x:x"']]));
});

suite("scopes", () => {
  test("a name bound outside wins over one that 'with' gives", () =>
    values([
      ["let a = 1; in with { a = 2; b = 3; }; [ a b ]", "[ 1 3 ]"],
      ["with { a = 1; }; with { a = 2; }; a", "2"],
    ]));

  test("'rec', 'inherit' and nested paths meet in one set", () =>
    values([
      ["rec { a = b; b = 1; inherit (c) d; c.d = 2; }.d", "2"],
      ["{ a.b = 1; a.c = 2; a = { d = 3; }; }", "{ a = { b = 1; c = 2; d = 3; }; }"],
      ["let x = 1; in { inherit x; inherit ({ y = 2; }) y; }", "{ x = 1; y = 2; }"],
      ["rec { a = 1; b = a; __overrides = { a = 2; }; }.b", "2"],
      ['{ ${null} = 1; ${"x"} = 2; }', "{ x = 2; }"],
    ]));

  test("patterns take defaults from one another and leave them out of '@'", () =>
    values([
      ["({ a, b ? a + 1, ... }@all: [ a b all ]) { a = 1; c = 3; }", "[ 1 2 { a = 1; c = 3; } ]"],
      ["(a: b: c: a + b * c) 1 2 3", "7"],
      ["let f = (a: b: a - b) 10; in [ (f 1) (f 2) ]", "[ 9 8 ]"],
    ]));

  test("a program may bind the name behind an operator", () => values([["let __sub = a: b: 42; in 1 - 2", "42"]]));

  test("undefined and doubly defined names are refused before anything runs", () => {
    assert.match(show("if true then 1 else nothing"), /undefined variable 'nothing'/);
    assert.match(show("{ a = 1; a = 2; }"), /attribute 'a' already defined at .*string.*:1:3/);
    assert.match(show("{ a, a }: 1"), /duplicate formal function argument 'a'/);
  });
});

suite("laziness and equality", () => {
  test("only what is needed is evaluated", () =>
    values([
      ['builtins.length [ (throw "a") ]', "1"],
      ['({ a ? throw "a" }: 1) { }', "1"],
      ['builtins.head (builtins.attrNames { a = throw "a"; })', '"a"'],
      ['false && throw "a"', "false"],
    ]));

  test("functions are equal only by where they stand", () =>
    values([
      ["let f = x: x; in f == f", "false"],
      ["let f = x: x; in [ f ] == [ f ]", "true"],
      ["{ a = x: x; } == { a = x: x; }", "false"],
      ["1 == 1.0", "true"],
    ]));

  test("derivations are equal by their output paths", () =>
    values([['{ type = "derivation"; outPath = "x"; a = 1; } == { type = "derivation"; outPath = "x"; }', "true"]]));

  test("'or' stands for a missing attribute at any step", () =>
    values([
      ["{ a = 1; }.b.c or 2", "2"],
      ["{ a.b = 1; } ? a.b", "true"],
      ["1.5 ? a", "false"],
    ]));
});

suite("functions in sets", () => {
  test("'__functor' makes a set callable, '__toString' a string", () =>
    values([
      ["{ __functor = self: x: self.y + x; y = 1; } 2", "3"],
      ['"${{ __toString = self: "s"; }}"', '"s"'],
    ]));
});

suite("pipes", () => {
  test("they need their feature", () => {
    assert.match(show("1 |> (x: x)"), /experimental Nix feature 'pipe-operators' is disabled/);
    const features = new Set(["pipe-operators"]);
    assert.equal(show("1 |> (x: x + 1) |> (x: x * 2)", { features }), "4");
    assert.equal(show("(x: x + 1) <| 1", { features }), "2");
  });
});
