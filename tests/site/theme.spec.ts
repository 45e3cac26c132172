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
      // A frame may be painted from the moment on at which there is a body: by then the theme must stand.
      await page.addInitScript(() => {
        const seen: { early?: string | undefined; background?: string } = {};
        Object.assign(globalThis, { seen });
        new MutationObserver((_, observer) => {
          if (!document.body) return;
          observer.disconnect();
          seen.early = document.documentElement.dataset["theme"];
          requestAnimationFrame(() => (seen.background = getComputedStyle(document.body).backgroundColor));
        }).observe(document, { childList: true, subtree: true });
      });
      await page.goto(longestLesson());
      await page.waitForFunction(() => "background" in (globalThis as unknown as { seen: object }).seen);
      const seen = await page.evaluate(() => (globalThis as { seen?: object }).seen);
      expect(seen).toEqual({ early: other, background: settled });
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
