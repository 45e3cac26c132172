import { notRunReasons } from "#lessons";
import { findLessons, lessonsWith, readPage } from "../support/built-site.ts";
import { expect, test } from "./fixtures.ts";

test.use({ viewport: { width: 1440, height: 900 }, contextOptions: { reducedMotion: "reduce" } });

test("every lesson says its chapter, its place, its minutes and three things learned", async ({ page }) => {
  for (const path of findLessons()) {
    await page.goto(path);
    const place = (await page.locator("article header .place").innerText()).replace(/\s+/g, " ");
    expect(place, path).toMatch(/^\S.+ Lesson \d+ of \d+ \d+ minutes$/i);
    const learned = page.getByRole("region", { name: "What you learned" }).getByRole("listitem");
    await expect(learned, path).toHaveCount(3);
  }
});

test("every terminal says how it was checked, in one of the three words", async ({ page }) => {
  const words = ["evaluated with the real inputs", "evaluated with stand-ins"];
  const notRun = Object.values(notRunReasons).map((reason) => `not run here: ${reason}`);
  const seen = new Set<string>();
  for (const path of lessonsWith('figure class="code terminal"')) {
    await page.goto(path);
    for (const terminal of await page.locator("figure.terminal").all()) {
      const said = await terminal.locator(".checked").allTextContents();
      expect(said, path).toHaveLength(1);
      expect([...words, ...notRun], path).toContain(said[0]);
      seen.add(said[0] ?? "");
      const code = (await terminal.locator("code").textContent()) ?? "";
      // Where the hash is left out ("…"), there is nothing that could differ.
      if (said[0] === words[1] && /\/nix\/store\/\w/.test(code))
        await expect(terminal, path).toContainText("from the stand-in, yours will differ");
    }
  }
  expect(seen.size).toBeGreaterThan(1);
});

test("the landing page starts the reader, and tells the hurried one the recommended lesson", async ({ page }) => {
  await page.goto("/");
  const [first] = findLessons().filter((path) => !readPage(path).includes('rel="prev"'));
  await expect(page.getByRole("main").getByRole("link", { name: /^start/i })).toHaveAttribute("href", first ?? "");
  await expect(page.getByRole("region", { name: "In a hurry?" })).toContainText("lesson 15");
});

test.describe("turning pages", () => {
  test("the links to the next lesson lead through all lessons, and those back again", async ({ page, site }) => {
    const links = (rel: string) => page.getByRole("navigation", { name: /before and after/ }).locator(`a[rel=${rel}]`);
    const seen: string[] = [];
    const first = [];
    for (const path of findLessons()) if (!readPage(path).includes('rel="prev"')) first.push(path);
    expect(first, "exactly one lesson has none before it").toHaveLength(1);
    for (let path = first[0]; path;) {
      await page.goto(path);
      if (seen.length > 0) await expect(links("prev")).toHaveAttribute("href", seen.at(-1) ?? "");
      seen.push(path);
      const next = links("next");
      path = (await next.count()) === 0 ? undefined : ((await next.getAttribute("href")) ?? undefined);
    }
    expect(seen.toSorted()).toEqual(findLessons());
    expect(site.url + seen.at(-1)).toBe(page.url());
  });

  test("the arrow keys turn to the lessons beside", async ({ page, site }) => {
    const path = lessonsWith('rel="next"')[0] ?? "";
    await page.goto(path);
    const next = await page.locator("a[rel=next]").getAttribute("href");
    await page.keyboard.press("ArrowRight");
    await page.waitForURL(`${site.url}${next}`);
    await page.keyboard.press("ArrowLeft");
    await page.waitForURL(`${site.url}${path}`);
  });

  test("an arrow key in a code block or with a modifier stays on the page", async ({ page, site }) => {
    const [path = ""] = lessonsWith('rel="next"').filter((each) => readPage(each).includes("<pre"));
    await page.goto(path);
    const next = site.url + (await page.locator("a[rel=next]").getAttribute("href"));
    const asked: string[] = [];
    page.on("request", (request) => {
      if (request.isNavigationRequest()) asked.push(request.url());
    });
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Alt+Shift+ArrowRight");
    const code = page.locator("article pre[tabindex='0']").first();
    await code.focus();
    await page.keyboard.press("ArrowRight");
    // The key that does turn the page shows that the others had their chance.
    await code.evaluate((element) => (element as HTMLElement).blur());
    await page.keyboard.press("ArrowRight");
    await page.waitForURL(next);
    expect(asked).toEqual([next]);
  });
});
