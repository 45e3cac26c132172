import assert from "node:assert/strict";
import { test } from "node:test";
import { compileRegex, matchRegex, splitRegex } from "./regex.ts";

const match = (pattern: string, text: string) => matchRegex(compileRegex(pattern), text);
const split = (pattern: string, text: string) => splitRegex(compileRegex(pattern), text);

test("groups hold what their last round matched, and null when they had none", () => {
  assert.deepEqual(match("(x(y)?)*", "xyx"), ["x", "y"]);
  assert.deepEqual(match("(a)|(b)", "b"), [null, "b"]);
  assert.deepEqual(match("(a*)+", "aa"), [""]);
  assert.equal(match("a", "ab"), null);
});

test("the first alternative wins among equally long ones, the longer one otherwise", () => {
  assert.deepEqual(match("(a|ab)(c|bcd)(d*)", "abcd"), ["a", "bcd", ""]);
  assert.deepEqual(split("(a|ab)", "abc"), ["", ["ab"], "c"]);
});

test("a loop that leads to a match is not left for a longer one", () => {
  assert.deepEqual(split("a+(ab)?", "aab"), ["", [null], "b"]);
});

test("an empty match is followed by one that is not empty, at the same place first", () => {
  assert.deepEqual(split("x*", "axb"), ["", [], "a", [], "", [], "b", [], ""]);
});

test("what std::regex refuses is refused", () => {
  for (const pattern of ["(", ")", "*", "a|*", "[b-a]", "\\d", "\\", "a{2,1}", "[[:nope:]]", "[a", "(?:a)"])
    assert.throws(() => compileRegex(pattern), { message: `invalid regular expression '${pattern}'` });
  assert.throws(() => compileRegex("a{100000}"), { message: /^memory limit exceeded by regular expression/ });
});

test("patterns that cost std::regex exponential time end at once", () => {
  const text = "a".repeat(3000);
  assert.equal(match("(a|a)*b", text), null);
  assert.equal(match("(a*)*b", text), null);
  assert.equal(match("(a?){1000}a{1000}b", text.slice(0, 1000)), null);
});

test("loops nested too deeply over empty matches are given up, not waited for", () => {
  assert.throws(() => match("((((((((a*)*)*)*)*)*)*)*)*b", "a".repeat(1000)), /^Failure: memory limit exceeded/);
});

test("deep parentheses and long texts need no stack", () => {
  assert.deepEqual(match(`${"(".repeat(10_000)}a${")".repeat(10_000)}`, "a")?.length, 10_000);
  assert.equal(split("(b*)c", "b".repeat(300_000)).length, 1);
});
