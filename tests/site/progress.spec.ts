import { readFileSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright/test";
import { findLessons, readPage } from "../support/built-site.ts";
import { expect, test } from "./fixtures.ts";
import { expectKept } from "./kept.ts";

const [first, second, third] = ["/lessons/first-flake/", "/lessons/anatomy/", "/lessons/first-shell/"];
const total = findLessons().length;
const mark = (page: Page) => page.locator("lesson-done button");

async function open(page: Page, path: string, ready: string): Promise<void> {
  await page.goto(path);
  await page.locator(`${ready}[data-ready]`).waitFor({ state: "attached" });
}

test("a lesson that is marked as done is ticked everywhere, in other tabs too, and the landing page goes on from there", async ({
  page,
  context,
}) => {
  await open(page, first, "lesson-done");
  const other = await context.newPage();
  await open(other, "/progress/", "progress-view");
  await expect(other.locator("progress-view .count")).toContainText(`0 of ${total} lessons`);
  await mark(page).click();
  await expect(mark(page)).toHaveText("Done");
  await expect(mark(page)).toHaveAttribute("aria-pressed", "true");
  await expect(other.locator("progress-view .count")).toContainText(`1 of ${total} lessons`);
  await expect(other.locator(`.walk li:has(a[href="${first}"])`).getByRole("img", { name: "done" })).toBeVisible();
  // The exercises of a lesson, done in a lab, mark it too.
  const ids = [...readPage(third).matchAll(/id="exercise-([^"]+)"/g)].map(([, id]) => id);
  expect(ids.length).toBeGreaterThan(0);
  await open(page, "/lab/03-first-shell/", "flake-lab");
  await page.evaluate((done) => {
    for (const id of done)
      document.body.dispatchEvent(new CustomEvent("exercise-done", { bubbles: true, detail: { id } }));
  }, ids);
  await expect(other.locator("progress-view .count")).toContainText(`and ${ids.length} exercises done`);
  await open(page, third, "lesson-done");
  await expect(mark(page)).toHaveText("Done");
  await mark(page).click();
  await expect(mark(page)).toHaveText("Mark this lesson as done");
  await open(page, first, "lesson-done");

  // Layout shifts of the landing page, from its first paint until the card is there.
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value);
    }).observe({ type: "layout-shift", buffered: true });
  });
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await open(page, "/", "resume-card");
    const goOn = page.locator("resume-card").getByRole("link", { name: /^Go on with lesson 2: / });
    await expect(goOn).toHaveAttribute("href", second);
    await expect(page.locator("resume-card")).toContainText(`1 of ${total} done`);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect(await page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations).toEqual([]);
});

test("a file brings back what was forgotten; one that is none is refused in words", async ({ page }) => {
  await open(page, first, "lesson-done");
  await mark(page).click();
  await expect(mark(page)).toHaveText("Done");
  await open(page, "/progress/", "progress-view");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save as a file" }).click(),
  ]);
  const saved = JSON.parse(readFileSync(await download.path(), "utf8"));
  expect(Object.keys(saved.lessons)).toEqual(["first-flake"]);
  const texts = { "flake.nix": "{ }" };
  saved.projects["01-first-flake"] = { files: texts, index: texts, head: texts };
  // Of another version of the site.
  saved.projects["99-gone"] = saved.projects["01-first-flake"];
  saved.lessons["gone"] = saved.lessons["first-flake"];

  await page.getByRole("button", { name: "Forget everything…" }).click();
  const dialog = page.getByRole("dialog", { name: "Forget everything?" });
  await page.keyboard.press("Escape");
  await expect(page.locator(".count")).toContainText("1 of");
  await page.getByRole("button", { name: "Forget everything…" }).click();
  await dialog.getByRole("button", { name: "Forget everything" }).click();
  await expect(page.locator(".count")).toContainText("0 of");

  const give = (name: string, text: string) =>
    page.getByLabel("Take in a file").setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
  const status = page.getByRole("status");
  await give("notes.json", "{}");
  await expect(status).toHaveText(
    "notes.json is not taken. This is no file of progress from this site. Nothing has changed.",
  );
  await give("progress.json", JSON.stringify(saved));
  await expect(status).toHaveText("New from the file: 2 lessons, 0 exercises, 2 labs.");
  await page.reload();
  await expect(page.locator(".count")).toContainText(`1 of ${total} lessons and 0 exercises done; 2 labs`);
  await expect(page.locator(".count")).toContainText("Kept, but not on this site: gone.");
  await expect(page.locator(".labs")).toContainText(/99-gone 1 file, saved .*; kept, but not on this site/);
  await expect(page.locator(".labs a")).toHaveCount(1);
  await expect(page.locator(".labs")).toContainText("01-first-flake 1 file, saved");
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

for (const { name, script, words } of [
  {
    name: "keeps nothing",
    script: () => Object.defineProperty(IDBFactory.prototype, "open", { value: () => { throw new DOMException("", "SecurityError"); } }), // prettier-ignore
    words: /^This browser keeps nothing for this site/,
  },
  {
    name: "is full",
    script: () => Object.defineProperty(IDBObjectStore.prototype, "put", { value: () => { throw new DOMException("", "QuotaExceededError"); } }), // prettier-ignore
    words: /^The browser's space for this site is full/,
  },
]) {
  test(`where the browser ${name}, marks hold for the page, and it says so`, async ({ page }) => {
    await page.addInitScript(script);
    await open(page, first, "lesson-done");
    await mark(page).click();
    await expect(mark(page)).toHaveText("Done");
    await expect(page.locator("lesson-done [role=status]")).toHaveText(words);
    await page.reload();
    await expect(mark(page)).toHaveText("Mark this lesson as done");
  });
}

test("a lab's edits are there after a reload; of a file that two tabs edited, the reader takes a side and loses none", async ({
  page,
  context,
}) => {
  const lab = "/lab/02-anatomy/";
  const slug = "02-anatomy";
  const type = async (on: Page, text: string): Promise<void> => {
    const editor = on.getByRole("textbox", { name: /flake\.nix/ });
    await editor.click();
    await on.keyboard.press("ControlOrMeta+Home");
    await on.keyboard.insertText(text);
  };
  await open(page, lab, "flake-lab");
  await type(page, "# first\n");
  await expectKept(page, slug, /# first/);
  await page.reload();
  await page.locator("flake-lab[data-ready]").waitFor();
  await expect(page.locator("flake-lab")).toContainText("# first");

  // A tab that hears nothing of the other: it finds two forms when it saves its own.
  const other = await context.newPage();
  await other.addInitScript(() => Reflect.deleteProperty(globalThis, "BroadcastChannel"));
  await open(other, lab, "flake-lab");
  await type(page, "# mine\n");
  await expectKept(page, slug, /# mine/);
  await type(other, "# theirs\n");
  const said = other.getByRole("status").filter({ hasText: "flake.nix" });
  await expect(said).toContainText(
    "flake.nix was changed in two places. Both are kept: yours, and the other as flake.other-tab.nix.",
  );
  await expect(other.getByRole("button", { name: "flake.other-tab.nix untracked" })).toBeVisible();
  await said.getByRole("button", { name: "Take the other" }).click();
  await expect(said).toHaveText("flake.nix is the other now. Yours is in flake.mine.nix until you delete that.");
  await expect(other.getByRole("textbox", { name: "Text of flake.nix" })).toContainText("# mine");
  await other.getByRole("button", { name: "flake.mine.nix untracked" }).click();
  await expect(other.getByRole("textbox", { name: "Text of flake.mine.nix" })).toContainText("# theirs");
  await expectKept(page, slug, /^(?=[^]*# mine)(?=[^]*# theirs)/);
  await page.reload();
  await expect(page.getByRole("button", { name: "flake.mine.nix untracked" })).toBeVisible();
});
