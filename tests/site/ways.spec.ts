/** The table of all ways is what the data files and the examples' promises say. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "./fixtures.ts";

interface Claim {
  answer: string;
  text: string;
  source: string;
  date: string;
}
const folder = resolve(import.meta.dirname, "../../content/ways");
const ways = readdirSync(folder)
  .sort()
  .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as { name: string } & Record<string, Claim>);

test.beforeEach(({ page }) => page.goto("/lessons/your-way/"));

test("each data file is a row, with an answer to every question", async ({ page }) => {
  const table = page.getByRole("table").first();
  const questions = await table.getByRole("columnheader").allTextContents();
  expect(questions.length).toBeGreaterThan(5);
  await expect(table.getByRole("rowheader")).toHaveText(ways.map(({ name }) => new RegExp(name.replace(/\W/g, "."))));
  for (const { name, ...rest } of ways) {
    const row = table.getByRole("row", { name });
    const answers = await row.locator("[data-rating]").allTextContents();
    expect(answers).toHaveLength(questions.length);
    for (const claim of Object.values(rest).filter((value) => typeof value === "object"))
      expect(answers.map((answer) => answer.trim())).toContain(claim.answer);
  }
});

test("a name leads to its claims, each with its source and date", async ({ page }) => {
  for (const { name, ...rest } of ways) {
    const link = page.getByRole("table").first().getByRole("link", { name, exact: true });
    const section = page.locator((await link.getAttribute("href")) ?? "");
    for (const claim of Object.values(rest).filter((value) => typeof value === "object")) {
      const entry = section.locator("dl > div").filter({ hasText: claim.text.replaceAll("`", "") });
      await expect(entry.getByRole("link")).toHaveAttribute("href", claim.source);
      await expect(entry.locator("time")).toHaveText(claim.date);
    }
  }
});

test("exact versions are counted from the promises of the example", async ({ page }) => {
  const row = page.getByRole("table").first().getByRole("row", { name: "uv2nix" });
  await expect(row.locator('[data-heading="Exact versions"]')).toHaveText("8 of 8");
  const claims = page.locator("#way-uv2nix dl > div").filter({ hasText: "Exact versions" });
  await expect(claims.getByRole("link")).toHaveAttribute("href", "/examples/#15-uv2nix");
});

test("on a phone every answer stands below its question", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const row = page.getByRole("table").first().getByRole("row", { name: "uv2nix" });
  for (const answer of await row.locator("[data-rating]").all()) {
    const { x = -1, width = 1e4 } = (await answer.boundingBox()) ?? {};
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(390);
    const heading = await answer.evaluate((cell) => getComputedStyle(cell, "::before").content);
    expect(heading).toBe(`"${await answer.getAttribute("data-heading")}"`);
  }
});
