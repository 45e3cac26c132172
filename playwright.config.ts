import { defineConfig } from "playwright/test";

// `flakes` needs real Nix and no browser. `site` brings its own server and Chromium (tests/site/fixtures.ts), so that no
// test ever talks to a server that happens to run already.
// Another browser than Chromium is Playwright's own download: `TEST_BROWSER=firefox npx playwright test --project=site`.
const browserName = (["firefox", "webkit"] as const).find((name) => name === process.env["TEST_BROWSER"]) ?? "chromium";

export default defineConfig({
  // Playwright prints dots where `CI` is set; the names of the tests are what a failed run is read by.
  reporter: "list",
  workers: 2,
  retries: 0,
  forbidOnly: true,
  outputDir: ".cache/test-results",
  projects: [
    { name: "flakes", testDir: "tests/flakes", testMatch: "**/*.spec.ts", timeout: 300_000 },
    {
      name: "site",
      testDir: "tests/site",
      testMatch: "**/*.spec.ts",
      timeout: 120_000,
      fullyParallel: true,
      use: { browserName },
    },
  ],
});
