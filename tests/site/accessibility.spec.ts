import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright/test";
import { findKindsOfPages, longestLesson } from "../support/built-site.ts";
import { expect, test } from "./fixtures.ts";

async function expectNothingFound(page: Page, path: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(path);
  // `legacyMode` does without the blank page that axe opens for its report, which would have no site to belong to.
  const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(", ")}`);
  expect(found).toEqual([]);
  expect(passes.length).toBeGreaterThan(10);
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const path of findKindsOfPages())
      test(`axe finds nothing on ${path} (${colorScheme})`, ({ page }) => expectNothingFound(page, path));
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const path = longestLesson();
  for (const colorScheme of ["light", "dark"] as const) {
    test(`axe finds nothing on ${path} at 390 pixels (${colorScheme})`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await expectNothingFound(page, path);
    });
  }
});

test("axe notices an image without a text", async ({ page }) => {
  await page.goto("/");
  await page.evaluate(() => document.querySelector("main")?.append(document.createElement("img")));
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id }) => id)).toEqual(["image-alt"]);
});
