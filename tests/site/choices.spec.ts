/** A reader's machine, Python and shell: in the address, remembered, and in the commands and the code of every lesson. */
import type { Page } from "playwright/test";
import { expect, test } from "./fixtures.ts";

/** The commands and the code that the page shows, without outputs. */
const typed = (page: Page) => page.locator(".command").allTextContents();
const flake = (page: Page) => page.locator("flake-panel pre").innerText();

test("a choice changes commands and code, stands in the address, and is remembered on other lessons", async ({
  page,
}) => {
  await page.goto("/lessons/first-shell/");
  await page.getByText("Linux or WSL on Intel or AMD").first().click();
  await page.locator("select[name=os]").selectOption("aarch64-darwin");
  await page.locator("select[name=python]").selectOption("3.12");
  expect(await flake(page)).toContain(`system = "aarch64-darwin"`);
  expect(await flake(page)).toContain("pkgs.python312");
  expect(await flake(page)).not.toMatch(/x86_64|python313/);
  expect(await typed(page)).toContain("nix eval --raw .#devShells.aarch64-darwin.default.drvPath");
  const changed = page.locator(".terminal", { hasText: ".#devShells.aarch64-darwin" });
  await expect(changed).toContainText("The output was recorded on x86_64-linux");
  expect(new URL(page.url()).search).toBe("?os=aarch64-darwin&python=3.12");

  await page.goto("/lessons/devenv-python/");
  await expect(page.locator("lesson-choices summary")).toHaveText(/macOS on Apple silicon.*Python 3\.12.*nix develop/);
  expect(new URL(page.url()).search).toBe("?os=aarch64-darwin&python=3.12");
  expect(await flake(page)).toContain("languages.python.package = pkgs.python312");
  expect((await typed(page)).filter((line) => line.includes("#devShells.x86_64-linux"))).toEqual([]);
  expect((await typed(page)).filter((line) => line.includes("#devShells.aarch64-darwin"))).not.toEqual([]);

  await page.locator("lesson-choices summary").click();
  await page.locator("select[name=os]").selectOption("x86_64-linux");
  await page.locator("select[name=python]").selectOption("3.13");
  expect(new URL(page.url()).search).toBe("");
  await expect(page.locator(".choice-note")).toHaveCount(0);
});

test("a link shows the same view to somebody else, whose own choice stays", async ({ page }) => {
  await page.goto("/lessons/first-shell/?tool=direnv&os=aarch64-linux");
  expect(await typed(page)).toContain("direnv exec . python --version");
  expect(await flake(page)).toContain("aarch64-linux");
  // Where nobody has chosen yet, the link's choice is taken along.
  await page.goto("/lessons/with-packages/");
  expect(new URL(page.url()).search).toBe("?os=aarch64-linux&tool=direnv");
  expect(await typed(page)).toContain("direnv allow");
  // This one fails with `nix develop`, and shows why.
  expect(await typed(page)).toContain("nix develop -c python -m contacts");

  await page.goto("/lessons/first-shell/?tool=nix&python=3.11");
  expect(await typed(page)).toContain("nix develop -c python --version");
  // What a link leaves out is the default, as its sender saw it.
  expect(await flake(page)).toContain("x86_64-linux");
  await page.goto("/lessons/with-packages/");
  expect(new URL(page.url()).search).toBe("?os=aarch64-linux&tool=direnv");
});

test("a value that is none is named, and the rest of the address counts and stays", async ({ page }) => {
  await page.goto("/lessons/first-shell/?python=2.7&os=aarch64-linux&from=feed#when-it-goes-wrong");
  await expect(page.locator("lesson-choices [role=status]")).toHaveText(
    "'2.7' is not on the list 'python'. Choose one from the list.",
  );
  await expect(page.locator("select[name=python]")).toBeVisible();
  expect(await flake(page)).toMatch(/aarch64-linux[^]*python313/);
  expect(page.url()).toMatch(/\?os=aarch64-linux&from=feed#when-it-goes-wrong$/);
});

test("without storage the choice holds for the page, and without script the page says what it was written for", async ({
  browser,
  page,
  site,
}) => {
  await page.addInitScript(() =>
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("denied", "SecurityError");
      },
    }),
  );
  await page.goto("/lessons/first-shell/?python=3.12");
  expect(await flake(page)).toContain("python312");

  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: site.url });
  const plain = await context.newPage();
  await plain.goto("/lessons/first-shell/?python=3.12");
  expect(await flake(plain)).toContain("python313");
  await plain.locator("lesson-choices summary").click();
  await expect(plain.getByText("stay as they were recorded")).toBeVisible();
  await expect(plain.locator("lesson-choices select").first()).toBeHidden();
  await context.close();
});
