import { AxeBuilder } from "@axe-core/playwright";
import { readPage } from "../support/built-site.ts";
import { expect, test } from "./fixtures.ts";

test("a pasted error gives its entry at once, with the line that counts; others are said to be unknown", async ({
  page,
}) => {
  const requests: string[] = [];
  page.on("request", (request) => requests.push(new URL(request.url()).pathname));
  await page.goto("/errors/");
  await page.locator("error-finder[data-ready]").waitFor();
  const field = page.getByLabel("What does your terminal say?");
  const answer = page.locator("error-finder .answer");
  expect(requests).not.toContain("/errors/patterns.json");

  await field.fill(
    "warning: Git tree '/Users/ada/shop' is dirty\r\nerror:\r\n       … while calling the 'import' builtin\r\n\r\n" +
      "       \u001b[31;1merror:\u001b[0m Path 'nix/shell.nix' in the repository \"/Users/ada/shop\" is not tracked by Git.\r\n",
  );
  await expect(answer.getByRole("heading")).toHaveText("A file that Git does not track");
  await expect(answer.locator("mark")).toHaveText(/^ *error: Path 'nix\/shell\.nix' .* is not tracked by Git\.$/);
  await expect(answer).toContainText("git add");
  await expect(answer.getByRole("link", { name: /^Lesson 1: / })).toHaveAttribute("href", "/lessons/first-flake/");
  await expect(answer).toContainText("Also in your text: The Git tree is dirty");
  expect(requests.filter((path) => path === "/errors/patterns.json")).toHaveLength(1);

  await field.fill("error: the lockfile at uv.lock wants to be updated");
  await expect(answer.getByRole("heading")).toHaveText("Not known here");
  await expect(answer.getByRole("link", { name: "uv.lock is out of date" })).toHaveAttribute(
    "href",
    "#uv-lock-outdated",
  );
  await field.fill("qwertz");
  await expect(answer).toContainText("No entry has words in common");
  await field.fill("error: infinite recursion encountered");
  await answer.getByRole("link", { name: "A value that needs itself" }).click();
  await expect(page.locator("#infinite-recursion")).toBeInViewport();

  await page.getByLabel("Filter the entries").fill("store pip");
  await expect(page.locator("#read-only-store")).toBeVisible();
  await expect(page.locator("#flakes-disabled")).toBeHidden();
  await expect(page.getByRole("heading", { name: "direnv" })).toBeHidden();

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByLabel("Filter the entries").fill("");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations).toEqual([]);
});

test("a lesson's box of trouble leads to the museum's entry, and one that no pattern knows to none", () => {
  const links = [...readPage("/lessons/devenv-venv/").matchAll(/In the error museum: <a href="([^"]*)"/g)];
  expect(links.map(([, href]) => href)).toEqual(["/errors/#partial-pins", "/errors/#externally-managed"].toSorted());
  expect(readPage("/lessons/venv-shell-hook/")).not.toContain("In the error museum");
});
