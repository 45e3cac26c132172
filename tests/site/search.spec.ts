import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures.ts";
import { questions } from "./search-questions.ts";

/** For the first answer, which loads the index. */
const loading = { timeout: 30_000 };

test("for each question that a reader would type, the right page is found first", async ({ page }) => {
  await page.goto("/search/?q=flake");
  const field = page.getByRole("combobox");
  await expect(page.getByRole("option").first()).toBeVisible(loading);
  expect(questions.length).toBeGreaterThanOrEqual(30);
  const wrong: string[] = [];
  for (const [question, wanted] of questions) {
    await field.fill("");
    await expect(page.getByRole("option")).toHaveCount(0);
    await field.fill(question);
    await expect(page.getByRole("status")).toHaveText(/ found/);
    const options = page.getByRole("option");
    const addresses = await options.evaluateAll((links) =>
      (links as HTMLAnchorElement[]).map(({ pathname, hash }) => pathname + hash),
    );
    // Of a lesson, any of its parts may be named.
    const fits = wanted.includes("#") ? addresses[0] === wanted : addresses[0]?.split("#")[0] === wanted;
    if (!fits) wrong.push(`'${question}': wanted ${wanted}, found ${addresses.join(" ")}`);
  }
  expect(wrong).toEqual([]);
});

test("the key / opens the search over any page; arrows choose, Enter opens, Escape closes", async ({
  page,
  problems,
}) => {
  await page.goto("/lessons/direnv/");
  await page.keyboard.press("/");
  const dialog = page.getByRole("dialog", { name: "Search" });
  const field = dialog.getByRole("combobox");
  await expect(field).toBeFocused();
  await field.pressSequentially("lock file");
  const options = dialog.getByRole("option");
  await expect(options.first()).toHaveAttribute("aria-selected", "true", loading);
  await expect(options.first()).toContainText("lock file");
  await expect(dialog.locator("mark").first()).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include("dialog.search").analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);

  await page.keyboard.press("ArrowDown");
  const second = options.nth(1);
  await expect(second).toHaveAttribute("aria-selected", "true");
  await expect(field).toHaveAttribute("aria-activedescendant", (await second.getAttribute("id")) ?? "");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");

  await field.fill("日本語");
  await expect(dialog.getByRole("status")).toHaveText(/^Nothing found for “日本語”/);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.getByRole("link", { name: "Search" }).click();
  await expect(field).toBeFocused();
  // Enter belongs to what was typed last, also where its answers are not there yet.
  await field.fill("glossary lock file");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/glossary/#lock-file");
  expect(problems).toEqual([]);
});

test("the search's page asks what its address says, and says so where the index is out of reach", async ({
  page,
  problems,
}) => {
  await page.route("**/pagefind/pagefind-entry.json*", (route) => route.abort());
  await page.goto("/search/?q=direnv");
  await expect(page.getByRole("status")).toHaveText(/could not be loaded/, loading);
  await page.unroute("**/pagefind/pagefind-entry.json*");
  problems.length = 0;
  await page.getByRole("combobox").fill("overlay");
  await expect(page.getByRole("option").first()).toContainText("overlay", loading);
  await expect(page).toHaveURL(/\/search\/\?q=overlay$/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});

test("the page for a missing address looks for the words of that address", async ({ page, problems }) => {
  await page.goto("/lessons/venv_shell-hook.html");
  await expect(page.getByRole("combobox")).toHaveValue("lessons venv shell hook");
  await expect(page.getByRole("option").first()).toHaveAttribute(
    "href",
    /\/(lessons\/venv-shell-hook|glossary)\//,
    loading,
  );
  // The browser reports the status 404 itself.
  expect(problems.splice(0)).toEqual([expect.stringContaining("404")]);
});
