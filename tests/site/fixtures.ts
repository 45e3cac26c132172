/** What every browser test has: a server and a Chromium of its own, and an eye on what no page may do. */
import { test as base, expect } from "playwright/test";
import { startServer, type RunningServer } from "#server";
import { browserFlags } from "../support/browser-flags.ts";
import { dist } from "../support/built-site.ts";
import { provideChromium } from "../support/provide-chromium.ts";
import { openClipboard, type Clipboard } from "./clipboard.ts";

export { expect };

interface Fixtures {
  /**
   * What the page did that no page may do: a violation of the Content-Security-Policy, a request to elsewhere, an error in
   * the console. Filled while the test runs; every test fails that ends with an entry.
   */
  problems: string[];
  clipboard: Clipboard;
}

export const test = base.extend<Fixtures, { site: RunningServer }>({
  launchOptions: [
    async ({ browserName }, use) =>
      use(browserName === "chromium" ? { executablePath: provideChromium(), args: browserFlags } : {}),
    { scope: "worker" },
  ],
  site: [
    async ({}, use) => {
      const site = await startServer({ root: dist, host: "127.0.0.1" });
      await use(site);
      await site.close();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ site }, use) => use(site.url),
  problems: [
    async ({ page, site }, use) => {
      const problems: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error") problems.push(`console: ${message.text()}`);
      });
      page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
      page.on("request", (request) => {
        const { origin, protocol } = new URL(request.url());
        if (origin !== site.url && protocol !== "data:") problems.push(`request to elsewhere: ${request.url()}`);
      });
      await page.addInitScript(() => {
        document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile }) => {
          console.error(`policy: '${effectiveDirective}' violated by ${blockedURI} in ${sourceFile}`);
        });
      });
      await use(problems);
      expect(problems).toEqual([]);
    },
    { auto: true },
  ],
  clipboard: async ({ page, browserName }, use) => use(await openClipboard(page, browserName)),
});
