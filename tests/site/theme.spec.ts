import type { Page } from "playwright/test";
import { longestLesson } from "../support/built-site.ts";
import { expect, test } from "./fixtures.ts";

const toggle = (page: Page) => page.getByRole("button", { name: "Dark theme" });

/** The brightness of what the page is painted on, from 0 to 1. */
function brightness(page: Page): Promise<number> {
  return page.evaluate(() => {
    const colors = [document.body, document.documentElement].map(
      (element) => getComputedStyle(element).backgroundColor,
    );
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    if (!canvas) throw new Error("no canvas");
    for (const color of colors.reverse()) {
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
    }
    const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return (red + green + blue) / (3 * 255);
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`on a ${colorScheme} system`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });
    const isDark = colorScheme === "dark";
    const other = isDark ? "light" : "dark";

    test(`the site is ${colorScheme} until told otherwise`, async ({ page }) => {
      await page.goto("/");
      if (isDark) expect(await brightness(page)).toBeLessThan(0.25);
      else expect(await brightness(page)).toBeGreaterThan(0.75);
      await expect(toggle(page)).toHaveAttribute("aria-pressed", String(isDark));
    });

    test(`the switch makes it ${other}, for the next page and after a reload too`, async ({ page }) => {
      await page.goto("/");
      const before = await brightness(page);
      await toggle(page).click();
      await expect(toggle(page)).toHaveAttribute("aria-pressed", String(!isDark));
      const after = await brightness(page);
      expect(Math.abs(after - before)).toBeGreaterThan(0.5);
      for (const move of [() => page.reload(), () => page.goto(longestLesson())]) {
        await move();
        expect(await brightness(page)).toBeCloseTo(after, 1);
        await expect(toggle(page)).toHaveAttribute("aria-pressed", String(!isDark));
      }
    });

    test(`a remembered ${other} theme is there at the first paint`, async ({ page }) => {
      await page.goto("/");
      await toggle(page).click();
      const settled = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      // Frames come when nothing in the head holds back painting any more. The first that has a body counts.
      await page.addInitScript(() => {
        const look = () => {
          const { documentElement, body } = document;
          if (!body) return void requestAnimationFrame(look);
          const theme = documentElement.dataset["theme"];
          Object.assign(globalThis, { firstFrame: { theme, background: getComputedStyle(body).backgroundColor } });
        };
        requestAnimationFrame(look);
      });
      await page.goto(longestLesson());
      await page.waitForFunction(() => "firstFrame" in globalThis);
      const frame = await page.evaluate(() => (globalThis as { firstFrame?: object }).firstFrame);
      expect(frame).toEqual({ theme: other, background: settled });
    });
  });
}

test("while nothing is remembered, the site follows the system as it changes", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto("/");
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  expect(await brightness(page)).toBeLessThan(0.25);
  await expect(toggle(page)).toHaveAttribute("aria-pressed", "true");
});
