import assert from "node:assert/strict";
import { test } from "node:test";
import { keepsLimits, median, printTable, type Measure } from "./measures.ts";

test("the median is the middle value, whatever the order", () => {
  assert.equal(median([99, 100, 97, 100, 100]), 100);
  assert.equal(median([4, 1]), 2.5);
  assert.throws(() => median([]), /no median of nothing/);
});

test("a goal is judged by the median alone", () => {
  const measure: Measure = { name: "performance", values: [80, 99, 100], unit: "", atLeast: 99 };
  assert.equal(keepsLimits(measure), true);
  assert.equal(keepsLimits({ ...measure, atLeast: 100 }), false);
  assert.equal(keepsLimits({ ...measure, atMost: 98 }), false);
});

test("the table names least, median, greatest value, and the goal", () => {
  const measures: Measure[] = [
    { name: "build", values: [3.25], unit: "s" },
    { name: "performance of /", values: [98, 100, 99], unit: "", atLeast: 100 },
  ];
  assert.equal(
    printTable(measures),
    [
      "                    min  median    max  runs  goal",
      "build             3.3 s   3.3 s  3.3 s     1",
      "performance of /     98      99    100     3  >= 100: NOT MET",
    ].join("\n"),
  );
});
