import type { Page } from "playwright/test";
import { lessonsWith } from "../support/built-site.ts";
import { expect, test } from "./fixtures.ts";

test.use({ viewport: { width: 1440, height: 900 }, contextOptions: { reducedMotion: "reduce" } });

test.describe("glossary terms", () => {
  const [path = ""] = lessonsWith("<glossary-term");

  async function firstTerm(page: Page) {
    await page.goto(path);
    const term = page.locator("article glossary-term").getByRole("button").first();
    await term.scrollIntoViewIfNeeded();
    const definition = page.locator(`[id="${await term.getAttribute("popovertarget")}"]`);
    await expect(definition).toBeHidden();
    return { term, definition };
  }

  test("open under the mouse, stay open while it is on the definition, and close when it leaves", async ({ page }) => {
    const { term, definition } = await firstTerm(page);
    await term.hover();
    await expect(definition).toBeVisible();
    await expect(definition).toHaveText(/\w{3,}/);
    await definition.hover();
    await expect(definition).toBeVisible();
    await page.mouse.move(2, 2);
    await expect(definition).toBeHidden();
  });

  test("open on keyboard focus, and Escape closes them", async ({ page }) => {
    const { term, definition } = await firstTerm(page);
    await term.focus();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    await expect(term).toBeFocused();
    await expect(definition).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(definition).toBeHidden();
    await expect(term).toBeFocused();
  });

  test("stand beside their word, within the window", async ({ page }) => {
    const { term, definition } = await firstTerm(page);
    await term.hover();
    await expect(definition).toBeVisible();
    const [word, box] = [await term.boundingBox(), await definition.boundingBox()];
    if (!word || !box) throw new Error("not shown");
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(1440);
    const distance = Math.max(box.y - (word.y + word.height), word.y - (box.y + box.height));
    expect(Math.abs(distance)).toBeLessThan(40);
  });

  test.describe("on a phone", () => {
    test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

    test("open on a tap, within the window, and close on a tap elsewhere", async ({ page }) => {
      const { term, definition } = await firstTerm(page);
      await term.tap();
      await expect(definition).toBeVisible();
      const box = await definition.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
      await page.touchscreen.tap(3, 840);
      await expect(definition).toBeHidden();
    });
  });
});
