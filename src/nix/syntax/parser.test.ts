import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { NixError } from "../eval/errors.ts";
import { parse } from "./parser.ts";
import { showExpr } from "./show.ts";
import { Source } from "./source.ts";

const tree = (text: string) => showExpr(parse(new Source(text, { type: "string" }, "/work"), { home: "/home/me" }));

function refusal(text: string): string {
  try {
    return tree(text);
  } catch (error) {
    assert.ok(error instanceof NixError && error.place !== undefined);
    const { line, column } = error.place.source.at(error.place.offset);
    return `${error.message} at ${line}:${column}`;
  }
}

suite("the parser", () => {
  test("binds operators as strongly as Nix does", () => {
    assert.equal(tree("a + b * c"), "(a + (__mul b c))");
    assert.equal(tree("a // b // c"), "(a // (b // c))");
    assert.equal(tree("!a == b"), "((! a) == b)");
    assert.equal(tree("-a.b c"), "(__sub 0 ((a).b c))");
    assert.equal(tree("a -> b || c && d"), "(a -> (b || (c && d)))");
    assert.equal(tree("a <= b"), "(! (__lessThan b a))");
  });

  test("tells paths, URIs and divisions apart", () => {
    assert.equal(tree("a/b"), "/work/a/b");
    assert.equal(tree("a / b"), "(__div a b)");
    assert.equal(tree("http://x.y/z"), '"http://x.y/z"');
    assert.equal(tree("<a/b>"), '(__findFile __nixPath "a/b")');
  });

  test("takes 'or' for a name behind a function", () => assert.equal(tree("a or [ ]"), "(a or [ ])"));

  test("names what it met and what it expected, with the place", () => {
    assert.equal(refusal("{ a = 1 }"), "syntax error, unexpected '}', expecting ';' at 1:9");
    assert.equal(refusal("[ 1 2"), "syntax error, unexpected end of file at 1:6");
    assert.equal(refusal("let ${a} = 1; in a"), "dynamic attributes not allowed in let at 1:1");
    assert.equal(refusal("1 == 2 == 3"), "syntax error, unexpected '==' at 1:8");
  });
});
