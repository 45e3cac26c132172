import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { lineChanges } from "./line-changes.ts";

/** How many lines two texts have in common, in their order, by the plain table. */
function common(a: readonly string[], b: readonly string[]): number {
  let row = b.map(() => 0);
  for (const line of a) {
    const last = row;
    row = [];
    for (const [at, other] of b.entries())
      row.push(line === other ? (last[at - 1] ?? 0) + 1 : Math.max(last[at]!, row[at - 1] ?? 0));
  }
  return row.at(-1) ?? 0;
}

test("the changes are the fewest that lead from one text to the other", () => {
  const lines = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 30 });
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const { added, removed } = lineChanges(before, after);
      const kept = after.filter((_, index) => !added.has(index));
      assert.equal(kept.length, common(before, after));
      assert.equal(common(before, kept), kept.length, "what is not new stood there in this order");
      assert.equal(removed, before.length - kept.length);
    }),
    { numRuns: 2000 },
  );
});

test("a line stands where lines before it were taken out", () => {
  assert.deepEqual(lineChanges(["a", "b", "c", "d"], ["a", "d", "e"]), {
    added: new Set([2]),
    removedBefore: new Set([1]),
    removed: 2,
  });
  assert.deepEqual(lineChanges(["a", "b"], ["a"]).removedBefore, new Set([0]));
});

test("where very much has changed, every line counts as new", () => {
  const many = (sign: string) => Array.from({ length: 400 }, (_, at) => `${sign}${at}`);
  const { added, removed } = lineChanges(["same", ...many("a")], ["same", ...many("b")]);
  assert.deepEqual([added.size, removed], [401, 401]);
  assert.equal(lineChanges(["same"], ["same", ...many("b"), ...many("c")]).added.size, 801);
});
