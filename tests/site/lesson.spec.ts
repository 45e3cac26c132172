import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "playwright/test";
import { notRunReasons, parseTranscript } from "#lessons";
import { findLessons, readPage } from "../support/built-site.ts";
import { expect, test } from "./fixtures.ts";

const examples = resolve(import.meta.dirname, "../../examples");
const readExample = (example: string, file: string) => readFileSync(join(examples, example, file), "utf8");
const hasFile = (example: string, file: string) => existsSync(join(examples, example, file));

/** The lessons whose HTML has `text`. @throws Error where none has: then what is tested here is nowhere to be seen. */
function lessonsWith(text: string): string[] {
  const found = findLessons().filter((path) => readPage(path).includes(text));
  if (found.length === 0) throw new Error(`no lesson has '${text}'`);
  return found;
}

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

  test("an arrow key in a code block or with a modifier stays on the page", async ({ page }) => {
    const [path = ""] = lessonsWith('rel="next"').filter((each) => readPage(each).includes("<pre"));
    await page.goto(path);
    await page.keyboard.press("Shift+ArrowRight");
    await page.locator("article pre[tabindex='0']").first().focus();
    await page.keyboard.press("ArrowRight");
    // The key that does turn is the proof that the others had time to.
    await page.getByRole("heading", { level: 1 }).click();
    await page.keyboard.press("ArrowLeft");
    const previous = await page.locator("a[rel=prev]").count();
    expect(new URL(page.url()).pathname === path || previous > 0).toBe(true);
  });
});

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

test.describe("copying", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });
  const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

  test("a terminal gives its commands, without prompts and output", async ({ page }) => {
    let withOutput = 0;
    for (const path of lessonsWith('class="prompt"')) {
      await page.goto(path);
      for (const terminal of await page.locator("figure.terminal").all()) {
        const shown = (await terminal.locator("code").textContent()) ?? "";
        const commands = parseTranscript(shown);
        await terminal.getByRole("button", { name: "Copy" }).click();
        await expect(terminal.getByRole("button", { name: "Copied" })).toBeVisible();
        expect(await clipboard(page)).toBe(commands.map(({ command }) => command).join("\n"));
        if (commands.some(({ output }) => output.length > 0)) withOutput++;
      }
    }
    expect(withOutput).toBeGreaterThan(0);
  });

  test("the flake beside the prose is copied as it lies on disk", async ({ page }) => {
    for (const path of lessonsWith("<flake-panel")) {
      await page.goto(path);
      const panel = page.locator("flake-panel");
      const example = (await panel.getByRole("link").textContent()) ?? "";
      await panel.getByRole("button", { name: "Copy" }).click();
      await expect(panel.getByRole("button", { name: "Copied" })).toBeVisible();
      expect((await clipboard(page)).trimEnd()).toBe(readExample(example, "flake.nix").trimEnd());
    }
  });
});

test.describe("changes", () => {
  test("every line of every difference is the line of that number in the file on disk", async ({ page }) => {
    let count = 0;
    for (const path of lessonsWith("<file-changes")) {
      await page.goto(path);
      const example = (await page.locator("flake-panel").getByRole("link").textContent()) ?? "";
      for (const changes of await page.locator("file-changes").all()) {
        const file = (await changes.locator("figcaption .title").textContent()) ?? "";
        const base = /since (\S+)/.exec((await changes.locator(".counts").textContent()) ?? "")?.[1] ?? "";
        for (const [side, folder] of [
          ["old", base],
          ["new", example],
        ] as const) {
          const wanted = side === "old" && !hasFile(folder, file) ? [] : readExample(folder, file).split("\n");
          const lines = await changes.locator(`pre.${side} .line`).evaluateAll((spans) =>
            spans.map((span) => {
              const sign = span.querySelector(".sign")?.textContent ?? "";
              const number = Number((span as HTMLElement).dataset["line"]);
              return { number, sign, text: (span.textContent ?? "").slice(sign.length).replace(/\n$/, "") };
            }),
          );
          for (const { number, text } of lines)
            expect(text, `${path} ${folder}/${file}:${number}`).toBe(wanted[number - 1]);
          count += lines.length;
        }
      }
    }
    expect(count).toBeGreaterThan(0);
  });

  test("are unified at first, side by side when asked, and then on every page", async ({ page }) => {
    const both = lessonsWith("<file-changes").filter((path) =>
      /class="change"[^]*?class="old"[^]*?class="line"/.test(readPage(path)),
    );
    const [path = ""] = both;
    await page.goto(path);
    const changes = page.locator("file-changes").first();
    const change = changes
      .locator(".change")
      .filter({ has: page.locator(".old .line") })
      .filter({ has: page.locator(".new .line") })
      .first();
    const boxes = async () => {
      const [before, after] = [await change.locator(".old").boundingBox(), await change.locator(".new").boundingBox()];
      if (!before || !after) throw new Error("a side is not shown");
      return { before, after };
    };
    await expect(changes.getByRole("radio", { name: "Unified" })).toBeChecked();
    const unified = await boxes();
    expect(unified.after.y).toBeGreaterThanOrEqual(unified.before.y + unified.before.height - 1);
    expect(Math.abs(unified.after.x - unified.before.x)).toBeLessThan(2);

    await changes.getByText("Side by side").click();
    await expect(changes.getByRole("radio", { name: "Side by side" })).toBeChecked();
    const split = await boxes();
    expect(split.after.x).toBeGreaterThanOrEqual(split.before.x + split.before.width - 1);
    expect(Math.abs(split.after.y - split.before.y)).toBeLessThan(2);

    await page.reload();
    await expect(page.locator("file-changes").first().getByRole("radio", { name: "Side by side" })).toBeChecked();
  });
});

test.describe("the flake beside the prose", () => {
  for (const path of lessonsWith("data-first-line")) {
    test(`${path} marks the lines of the step in view, in sight`, async ({ page }) => {
      await page.goto(path);
      const panel = page.locator("flake-panel");
      await expect(panel).toBeVisible();
      for (const step of await page.locator("[data-first-line]").all()) {
        await step.evaluate((element) =>
          scrollTo({ top: element.getBoundingClientRect().top + scrollY - innerHeight * 0.4, behavior: "instant" }),
        );
        const first = Number(await step.getAttribute("data-first-line"));
        const last = Number(await step.getAttribute("data-last-line"));
        const wanted = Array.from({ length: last - first + 1 }, (_, index) => first + index);
        await expect
          .poll(() =>
            panel
              .locator("[data-marked]")
              .evaluateAll((lines) => lines.map((line) => Number((line as HTMLElement).dataset["line"]))),
          )
          .toEqual(wanted);
        await expect(panel.locator("[data-marked]").first()).toBeInViewport();
        await expect(step).toBeInViewport();
      }
    });
  }
});
