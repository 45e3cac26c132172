import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { createEvaluation, forceDeep, printPlain, type NixError, type Options, type Result } from "../../src/nix/index.ts";
import { hostOf } from "../../src/nix/testing.ts";
import { ask, inFolder, onRecordedNix } from "../nix-libraries/real-nix.ts";
import { brokenTexts } from "./broken-text.ts";
import { messageOf } from "./differences.ts";

const bounds: Partial<Options> = {
  maxSteps: 200_000,
  maxMemory: 2 ** 30,
  memoryInUse: () => process.memoryUsage().heapUsed,
};

/** All of a program's value, printed; within bounds. */
function run(text: string): Result<string> {
  const evaluation = createEvaluation({ host: hostOf({ "/f.nix": text }), ...bounds });
  return evaluation.run(() => {
    const value = evaluation.evaluateFile("/f.nix");
    if (!value.ok) throw value.error;
    forceDeep(value.value);
    return printPlain(value.value, true);
  });
}

/** The kind of the error that a program ends with, or "value". */
function outcome(text: string): string {
  const result = run(text);
  return result.ok ? "value" : result.error.kind;
}

function checkError(error: NixError, text: string): void {
  assert.notEqual(error.kind, "bug", `${error.message}\n${text.slice(0, 400)}`);
  if (error.kind === "syntax" || error.kind === "undefined") assert.ok(error.place, "says where");
}

const many = 100_000;
const deep = (before: string, inside: string, after: string, times = many) =>
  before.repeat(times) + inside + after.repeat(times);

test("text nests as deep on Node's usual stack as the evaluator's README says", () => {
  const nested: Readonly<Record<string, string>> = {
    "(": deep("(", "1", ")", 700),
    "{ a = ": deep("{ a = ", "1", "; }", 700),
    " + 1": deep("", "1", " + 1", 1500),
    "[": deep("[", "", "]", 2000),
    "a: ": deep("a: ", "a", "", 2500),
    "let a = 1; in ": deep("let a = 1; in ", "a", "", 2500),
    "if": deep("if true then ", "1", " else 2", 2500),
  };
  for (const [name, text] of Object.entries(nested)) {
    const result = createEvaluation({ host: hostOf() }).evaluate(text, "/");
    assert.equal(result.ok ? "value" : result.error.kind, "value", name);
  }
});

test("100,000 brackets of any kind are a value or an error, never an exception or a hang", () => {
  const nested: Readonly<Record<string, string>> = {
    "[": deep("[", "", "]"),
    "(": deep("(", "1", ")"),
    "{ a = ": deep("{ a = ", "1", "; }"),
    "-": deep("-", "1", ""),
    "!": deep("!", "true", ""),
    "let a = 1; in ": deep("let a = 1; in ", "a", ""),
    "a: ": deep("a: ", "a", ""),
    "{ a ? ": deep("{ a ? ", "1", " }: 1"),
    "with {}; ": deep("with {}; ", "1", ""),
    "assert true; ": deep("assert true; ", "1", ""),
    "if": deep("if true then ", "1", " else 2"),
    '"${': deep('"${', '"x"', '}"'),
    "''${": deep("''${", "''x''", "}''"),
    " + 1": deep("", "1", " + 1"),
    " ++ []": deep("", "[]", " ++ []"),
    " // {}": deep("", "{}", " // {}"),
    " && true": deep("", "true", " && true"),
    ".a or {}": deep("", "{}", ".a or {}"),
  };
  for (const [name, text] of Object.entries(nested)) {
    assert.ok(["value", "overflow", "eval"].includes(outcome(text)), name);
    const half = outcome(text.slice(0, text.length / 2 + 1));
    assert.ok(["value", "overflow", "eval", "syntax"].includes(half), `half of ${name}: ${half}`);
  }
});

test("long runs are read in one pass", () => {
  assert.equal(outcome(`{ ${"a.".repeat(many)}`), "syntax");
  assert.equal(outcome(".".repeat(many)), "syntax");
  assert.equal(outcome(`${"/* ".repeat(many)}`), "syntax");
  assert.equal(outcome(`{}${".a".repeat(many)}`), "eval");
  assert.equal(outcome(`(x: x)${" (x: x)".repeat(many)}`), "value");
  assert.equal(outcome(`[${" 1".repeat(many)} ]`), "value");
  assert.equal(outcome(`''${"  a\n".repeat(many)}''`), "value");
  assert.equal(outcome("9".repeat(many)), "syntax");
  assert.equal(outcome(`"${"a".repeat(10_000_000)}"`), "value");
});

describe("what has no end is stopped or found to be endless", () => {
  const cycles: Readonly<Record<string, string>> = {
    "let a = { b = a; }; in builtins.deepSeq a 1": "value",
    "let a = { b = a; l = [ a ]; }; in a": "value",
    "let a = { b = a; }; in builtins.toXML a": "overflow",
    "let a = { b = a; }; in builtins.toJSON a": "overflow",
    "let a = { b = a; }; b = { b = b; }; in a == b": "overflow",
    "let a = [ a ]; b = [ b ]; in a < b": "overflow",
    "let a = [ a ]; in toString a": "overflow",
    "let f = x: f (x + 1); in f 0": "overflow",
    "let f = { __functor = f; }; in f 1": "overflow",
    "let f = { __toString = s: s; }; in toString f": "overflow",
    'let f = { outPath = f; }; in "${f}"': "overflow",
    'let d = derivation { name = "a"; system = "s"; builder = "b"; x = d; }; in d.drvPath': "recursion",
    "builtins.genList (x: x) 9223372036854775807": "stopped",
    "builtins.genericClosure { startSet = [ { key = 0; } ]; operator = x: [ { key = x.key + 1; } ]; }": "stopped",
    "builtins.foldl' (a: b: [ a ]) [ ] (builtins.genList (x: x) 100000)": "overflow",
  };
  for (const [text, kind] of Object.entries(cycles)) test(text, () => assert.equal(outcome(text), kind));
});

test("bytes that are no UTF-8 are kept in strings and refused elsewhere; a NUL ends the program", () => {
  assert.equal(outcome('"\xff\xfe"'), "value");
  assert.equal(outcome("\xff\xfe"), "syntax");
  assert.equal(outcome("\xef\xbb\xbf1"), "syntax");
  assert.equal(outcome('"a\0b"'), "syntax");
  assert.equal(outcome("1\0 + ("), "value");
  assert.equal(outcome('builtins.toJSON "\xff"'), "eval");
});

test("3,000 broken programs are a value or an error with its place, never an exception", () => {
  fc.assert(
    fc.property(brokenTexts, (text) => {
      const result = run(text);
      if (!result.ok) checkError(result.error, text);
    }),
    { seed: 1, numRuns: 3000 },
  );
});

test("2,000 broken programs are taken or refused as real Nix does, and most in the same words", onRecordedNix, (t) => {
  // As the body of a function that nobody calls, so that real Nix reads them and does not run them.
  const texts = fc.sample(brokenTexts, { seed: 2, numRuns: 2000 }).map((text) => `_: ${text}`);
  inFolder((folder) => {
    mkdirSync(join(folder, "broken"));
    const files = texts.map((text, index) => {
      const file = join(folder, "broken", `${index}.nix`);
      writeFileSync(file, Buffer.from(text, "latin1"));
      return file;
    });
    const ours = texts.map((text, index) => {
      const file = files[index]!;
      return createEvaluation({ host: hostOf({ [file]: text }) }).evaluate(`builtins.typeOf (import ${file})`, "/");
    });
    const real = ask(
      files.map((file, index) => ({ expression: `builtins.typeOf (import ${file})`, refused: !ours[index]!.ok })),
    );
    const same = ours.filter((one, index) => {
      const other = real[index]!;
      assert.equal(one.ok, "value" in other, texts[index]);
      return !one.ok && "error" in other && messageOf(one.error.message) === messageOf(bytesOf(other.error));
    });
    const refused = ours.filter((one) => !one.ok).length;
    t.diagnostic(`${refused} refused by both, ${same.length} of them with the same message`);
    assert.ok(same.length > refused * 0.95);
  });
});

function bytesOf(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
