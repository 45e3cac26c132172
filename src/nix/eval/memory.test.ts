import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createEvaluation } from "../index.ts";
import { hostOf } from "../testing.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as (options?: { type: "minor" }) => void;

test("nothing of a program stays when the young are collected, after another one has been evaluated", () => {
  const evaluation = createEvaluation({ host: hostOf() });
  const length = 20_000;
  const evaluate = (run: number) => {
    const text = `# ${run} ${"x".repeat(length)}\nlet f = { a, b ? 2 }: x: a + b + x; in map (f { a = 1; }) [ 1 2 ]`;
    assert.ok(evaluation.evaluate(text, "/").ok);
  };
  const used = () => {
    // What has lived through two collections is old.
    for (let time = 0; time < 3; time++) collect({ type: "minor" });
    return process.memoryUsage().heapUsed;
  };
  for (let run = 0; run < 50; run++) evaluate(run);
  collect();
  const before = used();
  for (let run = 50; run < 100; run++) evaluate(run);
  assert.ok(used() - before < 10 * length, `${used() - before} bytes stay`);
});
