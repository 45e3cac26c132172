import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { dist } from "../support/built-site.ts";
import { expect, test } from "./fixtures.ts";

/** In bytes, compressed as the server does it. All packs together have one more. The first two are the worker. */
const budgets = { "worker-": 150, "evaluator-": 79_850, "late-": 20_000, "nixpkgs-": 43_000, ".pack.txt": 91_000 };

const sizes = globSync("evaluator/*", { cwd: dist })
  .sort()
  .map((file) => ({
    name: file.slice("evaluator/".length),
    size: gzipSync(readFileSync(join(dist, file))).length,
  }));

test("there is one worker with one evaluator, one late script, and a pack for each stand-in", () => {
  const names = sizes.map(({ name }) => name.replace(/-[0-9a-f]{8}\.(js|pack\.txt)$/, ""));
  // A file of another kind would have no budget.
  expect(names.filter((name) => name.includes("."))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(["worker", "evaluator", "late", "nixpkgs", "devenv", "systems"]));
});

for (const [part, budget] of Object.entries(budgets))
  test(`evaluator/*${part}* has at most ${budget} bytes`, () => {
    const found = sizes.filter(({ name }) => name.includes(part));
    expect(found).not.toEqual([]);
    const sum = found.reduce((total, { size }) => total + size, 0);
    for (const { name, size } of found) console.log(`${name}: ${size} bytes`);
    console.log(`together: ${sum} bytes`);
    expect(sum).toBeLessThanOrEqual(budget);
  });
