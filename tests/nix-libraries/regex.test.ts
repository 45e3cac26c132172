/** `builtins.match` and `builtins.split`: ours against those of a real Nix. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compileRegex, matchRegex, splitRegex } from "../../src/nix/text/regex.ts";
import { ask, characters, literal, onRecordedNix, ours } from "./real-nix.ts";

/** Asks both for match and split of each pair; returns how many of the answers were values. */
function compare(pairs: readonly (readonly [pattern: string, text: string])[]): number {
  const cases = pairs.flatMap(([pattern, text]) => [
    { name: "match", pattern, text, answer: ours(() => matchRegex(compileRegex(pattern), text)) },
    { name: "split", pattern, text, answer: ours(() => splitRegex(compileRegex(pattern), text)) },
  ]);
  const answers = ask(
    cases.map(({ name, pattern, text, answer }) => ({
      expression: `builtins.${name} ${literal(pattern)} ${literal(text)}`,
      refused: "error" in answer,
    })),
  );
  for (const [index, { name, pattern, text, answer }] of cases.entries())
    assert.deepEqual(answer, answers[index], `${name} ${JSON.stringify([pattern, text])}`);
  return cases.filter(({ answer }) => "value" in answer).length;
}

const { pattern } = fc.letrec<Record<"pattern" | "sequence" | "term" | "atom", string>>((tie) => ({
  atom: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("a", "b", "c", "."),
    fc.constantFrom(
      "[ab]",
      "[^a]",
      "[a-c]",
      "[[:alpha:]]",
      "[[:digit:]b]",
      "[]a]",
      "[^]]",
      "[a-]",
      "[-a]",
      "[[.a.]]",
      "[[=b=]]",
    ),
    fc.constantFrom("\\.", "\\*", "()", "]", "}"),
    tie("pattern").map((inner) => `(${inner})`),
  ),
  term: fc.oneof(
    { weight: 6, arbitrary: tie("atom") },
    { weight: 1, arbitrary: fc.constantFrom("^", "$") },
    {
      weight: 6,
      arbitrary: fc
        .tuple(tie("atom"), fc.constantFrom("*", "+", "?", "{2}", "{0,1}", "{1,}", "{1,2}", "{0}", "**", "+?"))
        .map(([atom, quantifier]) => atom + quantifier),
    },
  ),
  sequence: fc.array(tie("term"), { maxLength: 3 }).map((terms) => terms.join("")),
  pattern: fc.array(tie("sequence"), { minLength: 1, maxLength: 2 }).map((sequences) => sequences.join("|")),
}));
const text = fc.string({ unit: fc.constantFrom("a", "b", "c", ".", "1", "]"), maxLength: 7 });

test("random patterns match and split random texts as in real Nix", onRecordedNix, () => {
  const pairs = fc.sample(fc.tuple(pattern, text), { seed: 1, numRuns: 1000 });
  const values = compare(pairs);
  console.log(`regex: ${2 * pairs.length} answers equal real Nix's, ${values} of them values`);
});

test(
  "random rows of the characters that patterns are made of are refused or used as in real Nix",
  onRecordedNix,
  () => {
    const unit = fc.constantFrom(...characters("ab01-^$.*+?|()[]{},\\:="), "[:", ":]", "[=", "[.", "alpha", "space");
    const pairs = fc.sample(fc.tuple(fc.string({ unit, maxLength: 8 }), text), { seed: 2, numRuns: 1000 });
    const values = compare(pairs);
    console.log(`regex: ${2 * pairs.length} answers to rows of characters equal real Nix's, ${values} of them values`);
  },
);

test("patterns that people write behave as in real Nix", onRecordedNix, () => {
  const patterns = [
    "([^/]*)/(.*)",
    "[[:space:]]*(.*[^[:space:]])[[:space:]]*",
    "(.*)\\.nix",
    "([0-9]+)(\\.([0-9]+))?",
    "\n",
    "[ \t\n]+",
    "(a|ab)(c|bcd)(d*)",
    "([a-z]+)-([0-9]+)",
    "(-?[0-9]+)?",
    "a{0,3}b{2,}",
    "(x(y)?)*",
    "((a)|(b))*",
    "(a*)(ab)*(b*)",
    "^a|b$",
    "[A-Z_][A-Z0-9_]*=(.*)",
    "$",
    "^",
    "(^|,)([^,]*)",
    "((a*)*)*",
    "(a?b?)*c",
    "(()|a)+b",
    "(a*b*)*(c)?",
  ];
  const texts = [
    "",
    "a/b/c.nix",
    "  two words \n",
    "12.34",
    "abcd",
    "pkg-12",
    "A_1=x=y",
    "a,b,,c",
    "aabab",
    "xyx",
    "ab\ncd\n",
  ];
  const pairs = patterns.flatMap((one) => texts.map((other) => [one, Buffer.from(other).toString("latin1")] as const));
  console.log(`regex: ${2 * pairs.length} answers to patterns of daily use, ${compare(pairs)} of them values`);
});

test("limits and refusals are those of real Nix", onRecordedNix, () => {
  compare([
    ["a{100000}", "a"],
    ["(a{300}){300}", "a"],
    ["a{1000}", "a".repeat(1000)],
    ["a{4294967295}", ""],
    ["[b-a]", "b"],
    ["[a-\u00c3]", "b"],
    ["\\d", "1"],
    ["\\]", "]"],
    ["(", ""],
    [")", ""],
    ["*", ""],
    ["a|*", ""],
    ["[[:nope:]]", ""],
    ["[[.nope.]]", ""],
    ["a{2,1}", "a"],
    ["a{,2}", "a"],
    ["(a{100}|b){200,400}", "a"],
    ["((a|b){10}|c){1000}", "a"],
  ]);
});
