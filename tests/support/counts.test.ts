import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { addCounts, countPlaywright, judge, printCounts, type Counts } from "./counts.ts";

const folder = mkdtempSync(join(tmpdir(), "counts-"));
after(() => rmSync(folder, { recursive: true }));

/** What the count reporter writes when `node --test` runs a file with this source. */
function countOf(name: string, source: string): { counts: Counts; status: number | null } {
  const file = join(folder, `${name}.test.mjs`);
  const result = join(folder, `${name}.json`);
  writeFileSync(file, `import { test, suite } from "node:test";\n${source}`);
  const reporter = `--test-reporter=${join(import.meta.dirname, "count-reporter.ts")}`;
  // Node refuses to run tests within tests, and knows by this variable that it would.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const run = spawnSync(process.execPath, ["--test", reporter, `--test-reporter-destination=${result}`, file], { env });
  return { counts: JSON.parse(readFileSync(result, "utf8")) as Counts, status: run.status };
}

test("tests count, suites and files do not", () => {
  const { counts, status } = countOf(
    "mixed",
    `test("a", () => {});
     suite("s", () => { test("b", () => {}); test("c", { skip: true }, () => {}); test("d", () => { throw new Error("no"); }); });`,
  );
  assert.deepEqual(counts, { passed: 2, failed: 1, skipped: 1 });
  assert.equal(status, 1);
});

test("a file that cannot be loaded counts as a failure", () => {
  assert.deepEqual(countOf("broken", `import "./not-there.mjs";`).counts, { passed: 0, failed: 1, skipped: 0 });
});

test("a test that is ended by its time limit counts as a failure", () => {
  assert.equal(countOf("hanging", `test("waits", { timeout: 100 }, () => new Promise(() => {}));`).counts.failed, 1);
});

test("a suite that ran nothing, or only skipped, has failed", () => {
  assert.deepEqual(judge({ passed: 0, failed: 0, skipped: 3 }, true), {
    passed: 0,
    failed: 1,
    skipped: 3,
    complaint: "ran nothing",
  });
});

test("a suite whose process failed has failed, even if each of its tests passed", () => {
  assert.equal(judge({ passed: 5, failed: 0, skipped: 0 }, false).failed, 1);
  assert.equal(judge({ passed: 5, failed: 2, skipped: 0 }, false).failed, 2);
  assert.equal(judge({ passed: 5, failed: 0, skipped: 0 }, true).failed, 0);
});

test("a flaky browser test has failed", () => {
  const counts = countPlaywright({ stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 } });
  assert.deepEqual(counts, { passed: 4, failed: 2, skipped: 2 });
});

test("the last line names the skipped only where there are some", () => {
  const some = { passed: 2, failed: 0, skipped: 1 };
  assert.equal(printCounts(addCounts([some, { passed: 3, failed: 1, skipped: 0 }])), "5 passed, 1 failed, 1 skipped");
  assert.equal(printCounts({ passed: 3, failed: 0, skipped: 0 }), "3 passed, 0 failed");
});
