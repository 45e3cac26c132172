import { findLessons } from "../support/built-site.ts";
import { expect, test } from "./fixtures.ts";
import { weigh } from "./weigh.ts";

const kibibyte = 1024;
const budgets = [
  ...findLessons().map((path) => ({ path, all: 40, script: 8 })),
  // Before the first edit, which loads the evaluator. The generator itself is most of the script.
  { path: "/generate/", all: 100, script: 72 },
];

for (const { path, all, script } of budgets) {
  test(`${path} weighs at most ${all} KiB on the wire, of that at most ${script} KiB script`, async ({
    page,
    site,
  }) => {
    const weight = await weigh(page, site.url + path);
    console.log(weight.parts);
    expect(weight.urls).toContain(site.url + path);
    expect(weight.urls.some((url) => url.endsWith(".css"))).toBe(true);
    expect(weight.urls.filter((url) => url.includes("/evaluator/"))).toEqual([]);
    expect(weight.all).toBeLessThanOrEqual(all * kibibyte);
    expect(weight.script).toBeLessThanOrEqual(script * kibibyte);
  });
}
