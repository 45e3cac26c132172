import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { decodeUtf8 } from "../text/bytes.ts";
import { evaluate } from "../index.ts";
import { hostOf, show } from "../testing.ts";

const text = (...lines: string[]) => lines.join("\n");

suite("texts of errors", () => {
  test("a missing attribute suggests the nearest names", () => {
    assert.equal(
      decodeUtf8(show("{foo = 1;}.fo")),
      text(
        "error: attribute 'fo' missing",
        "       at «string»:1:1:",
        "            1| {foo = 1;}.fo",
        "             | ^",
        "       Did you mean foo?",
      ),
    );
  });

  test("a builtin is named with its place, what it evaluated without", () => {
    assert.equal(
      decodeUtf8(show('1 - "a"')),
      text(
        "error:",
        "       … while calling the 'sub' builtin",
        "         at «string»:1:3:",
        '            1| 1 - "a"',
        "             |   ^",
        "",
        "       … while evaluating the second argument of the subtraction",
        "",
        '       error: expected an integer but found a string: "a"',
      ),
    );
  });

  test("a failed equality says where the two differ", () => {
    assert.match(
      show("assert { a = 1; } == { a = 2; }; 1"),
      /an integer with value '1' is not equal to an integer with value '2'/,
    );
  });
});

suite("kinds of errors", () => {
  const kind = (program: string) => {
    const result = evaluate(program, { host: hostOf() });
    return result.ok ? "none" : result.error.kind;
  };

  test("are a closed set that tells them apart", () => {
    assert.equal(kind("{ a = 1"), "syntax");
    assert.equal(kind("x"), "undefined");
    assert.equal(kind("1 + null"), "eval");
    assert.equal(kind("builtins.head 1"), "type");
    assert.equal(kind('throw "x"'), "throw");
    assert.equal(kind("assert false; 1"), "assertion");
    assert.equal(kind('abort "x"'), "abort");
    assert.equal(kind("let x = x; in x"), "recursion");
    assert.equal(kind("let f = x: f x; in f 1"), "overflow");
    assert.equal(kind('fetchTarball "https://example.org/x.tar.gz"'), "unsupported");
  });

  test("tryEval catches 'throw' and assertions only", () => {
    assert.equal(show('(builtins.tryEval (throw "x")).success'), "false");
    assert.equal(show("(builtins.tryEval (assert false; 1)).success"), "false");
    assert.equal(kind('builtins.tryEval (abort "x")'), "abort");
  });
});

suite("bounds", () => {
  const endless =
    "let f = n: if n == 0 then 0 else f (n - 1); in builtins.foldl' (a: b: f 100) 0 (builtins.genList (x: x) 100000)";

  test("the number of calls can be limited", () => {
    const result = evaluate(endless, { host: hostOf(), maxSteps: 10000 });
    assert.equal(result.ok ? undefined : result.error.kind, "stopped");
  });

  test("an evaluation can be stopped from outside", () => {
    let asked = 0;
    const result = evaluate(endless, { host: hostOf(), stopped: () => ++asked > 3 });
    assert.equal(result.ok ? undefined : result.error.kind, "stopped");
  });

  test("calls inside one another are limited, and a smaller limit is met sooner", () => {
    const deep = (n: number) => `let f = n: if n == 0 then 0 else 1 + f (n - 1); in f ${n}`;
    assert.equal(evaluate(deep(90), { host: hostOf(), maxCallDepth: 100 }).ok, true);
    const result = evaluate(deep(110), { host: hostOf(), maxCallDepth: 100 });
    assert.equal(result.ok ? undefined : result.error.message, "stack overflow; max-call-depth exceeded");
  });

  test("brackets nested too deep for the engine's stack are an error", () => {
    const result = evaluate("[".repeat(100000) + "]".repeat(100000), { host: hostOf() });
    assert.equal(result.ok ? undefined : result.error.kind, "overflow");
  });
});

suite("an evaluation", () => {
  test("reads each file once and keeps what it put into the store", () => {
    const files = { "/a/default.nix": "{ x = ./b.nix; y = import ./b.nix; }", "/a/b.nix": "1 + 1" };
    assert.equal(
      show('[ (import /a).y (builtins.readFile (builtins.toFile "n" "text")) ]', { host: hostOf(files) }),
      '[ 2 "text" ]',
    );
  });
});
