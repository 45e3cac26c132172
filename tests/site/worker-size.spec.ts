import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { dist } from "../support/built-site.ts";
import { expect, test } from "./fixtures.ts";

/** In bytes, compressed as the server does it. Of packs, what each is allowed that no other line names. */
const budgets = { worker: 80 * 1024, late: 20_000, nixpkgs: 46_000, "": 11_000 };

const files = globSync("evaluator/*", { cwd: dist }).sort();

test("there is one worker, one late script, and a pack for each stand-in", () => {
  const names = files.map((file) => file.replace(/^evaluator\/(.*)-[0-9a-f]{8}\.(js|pack\.txt)$/, "$1"));
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(["worker", "late", "nixpkgs", "devenv", "systems"]));
});

for (const file of files) {
  const name = Object.keys(budgets).find((each) => file.startsWith(`evaluator/${each}`)) as keyof typeof budgets;
  test(`${file.replace(/-[0-9a-f]{8}/, "")} has at most ${budgets[name]} bytes`, () => {
    const { length } = gzipSync(readFileSync(join(dist, file)));
    console.log(`${file}: ${length} bytes`);
    expect(length).toBeLessThanOrEqual(budgets[name]);
  });
}
