import assert from "node:assert/strict";
import { test } from "node:test";
import { onRecordedNix } from "../nix-libraries/real-nix.ts";
import { compare, expressionOf } from "./differences.ts";

test("1,000 random expressions have the values that real Nix gives them, or an error in both", onRecordedNix, (t) => {
  const seed = 20_000;
  const outcome = compare(Array.from({ length: 1000 }, (_, index) => expressionOf(seed + index)));
  const { values, errors, sameMessages, stopped } = outcome;
  t.diagnostic(`${values} equal values, ${errors} errors on both sides, ${sameMessages} of them with the same message`);
  assert.deepEqual(outcome.differences, []);
  assert.ok(values > 500, "most expressions have a value");
  assert.ok(sameMessages > errors * 0.8, "most errors are worded as Nix words them");
  assert.ok(stopped < 10, "few expressions are too long to be evaluated");
});
