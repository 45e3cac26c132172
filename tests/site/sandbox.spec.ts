/** The way to the sandbox, and all ways in which it cannot start. The third party itself is never asked. */
import type { Page } from "playwright/test";
import { expect, test } from "./fixtures.ts";

const lab = "/lab/09-venv-shell-hook/";
const thirdParty = "https://stackblitz.com/**";

async function expectSentence(page: Page, words: RegExp): Promise<void> {
  await expect(page.getByRole("alert")).toHaveText(words, { timeout: 15_000 });
  await expect(page.getByRole("alert")).toContainText("The terminal above works without it.");
  await expect(page.getByRole("button", { name: "Open a terminal" })).toBeEnabled();
}

test("edits come along to the page of the sandbox; a third party that is refused is one sentence, and the terminal stays", async ({
  page,
  problems,
}) => {
  await page.route(thirdParty, (route) => route.abort());
  await page.goto(lab);
  await page.getByRole("button", { name: "Open a terminal" }).click();
  await expect(page.getByRole("textbox", { name: "Terminal input" })).toBeFocused();
  await page.keyboard.type("echo 1 > brought.txt && git add brought.txt\r");
  await expect(page.locator(".lab-files")).toContainText("brought.txt");
  await page.getByRole("button", { name: "Open a full Node sandbox" }).click();
  await page.waitForURL(`**${lab}?sandbox`);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect(page.locator(".lab-files")).toContainText("brought.txt");
  await expectSentence(page, /stackblitz\.com could not be loaded: there is no connection to it, or something/);
  await page.getByRole("button", { name: "Open a terminal" }).click();
  await expect(page.getByRole("textbox", { name: "Terminal input" })).toBeFocused();
  await page.keyboard.type("git status -s\r");
  await expect(page.locator(".xterm-rows")).toContainText("A  brought.txt");
  expect(problems.filter((each) => !each.includes("stackblitz.com") && !each.includes("ERR_FAILED"))).toEqual([]);
  problems.length = 0;
});

test("a server without the headers, a browser without shared memory, and no network are each one sentence", async ({
  page,
  context,
  problems,
}) => {
  await page.route(thirdParty, (route) => route.abort());
  await page.route(`**${lab}?sandbox`, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers() };
    delete headers["cross-origin-embedder-policy"];
    await route.fulfill({ response, headers });
  });
  await page.goto(`${lab}?sandbox`);
  await expectSentence(page, /^This page is not isolated from other sites/);
  await page.unroute(`**${lab}?sandbox`);
  const other = await context.newPage();
  await other.addInitScript(() => Reflect.deleteProperty(globalThis, "SharedArrayBuffer"));
  await other.goto(`${lab}?sandbox`);
  await expectSentence(other, /^This browser has no shared memory/);
  const offline = await context.newPage();
  await offline.addInitScript(() => Object.defineProperty(navigator, "onLine", { value: false }));
  await offline.goto(`${lab}?sandbox`);
  await expectSentence(offline, /^This browser is offline/);
  expect(problems).toEqual([]);
});

test("a sandbox that does not start within 30 seconds is given up", async ({ page, problems }) => {
  await page.clock.install();
  // It is asked and never answers.
  await page.route(thirdParty, () => {});
  await page.goto(`${lab}?sandbox`);
  await expect(page.locator("iframe")).toBeAttached();
  await expect(page.getByRole("status").filter({ hasText: "Starting the sandbox" })).toBeVisible();
  await page.clock.fastForward(31_000);
  await expectSentence(page, /^The sandbox did not start within 30 seconds\./);
  problems.length = 0;
});
