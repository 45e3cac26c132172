import { findKindsOfPages, findLessons, findPages } from "../support/built-site.ts";
import { expect, test } from "./fixtures.ts";

test.describe("at 360 pixels", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  for (const path of findPages()) {
    test(`${path} does not scroll sideways at 360 pixels`, async ({ page }) => {
      await page.goto(path);
      const { content, screen } = await page.evaluate(() => ({
        content: document.documentElement.scrollWidth,
        screen: document.documentElement.clientWidth,
      }));
      expect(screen).toBe(360);
      expect(content).toBeLessThanOrEqual(screen);
    });
  }
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  for (const path of findKindsOfPages()) {
    test(`${path} reads without JavaScript`, async ({ page }) => {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByRole("navigation", { name: "Site" }).getByRole("link").first()).toBeVisible();
      // Solutions of exercises, which open without script, too.
      for (const closed of await page.locator("article details > summary").all()) await closed.click();
      for (const block of await page.locator("article pre:not(:empty)").all()) {
        // Hidden from assistive technology means: a repetition, shown in another view of the same lines.
        if ((await block.getAttribute("aria-hidden")) !== "true") await expect(block).toBeVisible();
      }
      // A switch that does nothing is worse than none.
      await expect(page.getByRole("button", { name: /copy|dark theme/i })).toHaveCount(0);
    });
  }

  test("a glossary term opens on a click without JavaScript", async ({ page }) => {
    for (const path of findLessons()) {
      await page.goto(path);
      const term = page.locator("article glossary-term button").first();
      if ((await term.count()) === 0) continue;
      const definition = page.locator(`[id="${await term.getAttribute("popovertarget")}"]`);
      await expect(definition).toBeHidden();
      await term.click();
      await expect(definition).toBeVisible();
      return;
    }
    throw new Error("no lesson mentions a glossary term");
  });
});

test("with JavaScript, the controls that need it are there", async ({ page }) => {
  await page.goto(findLessons()[0] ?? "");
  await expect(page.getByRole("button", { name: "Dark theme" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy" }).first()).toBeVisible();
});
