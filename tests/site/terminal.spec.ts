/** The terminal below a lab, as a reader uses it. */
import { AxeBuilder } from "@axe-core/playwright";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright/test";
import { dist } from "../support/built-site.ts";
import { expect, test } from "./fixtures.ts";

/** Opens the lab's terminal and waits until it takes keys. */
async function open(page: Page): Promise<void> {
  await page.goto("/lab/09-venv-shell-hook/");
  // On a phone the outputs would push the terminal out of view later, and xterm draws nothing there.
  await expect(page.locator(".lab-state")).toHaveText(/^evaluated/);
  await page.getByRole("button", { name: "Open a terminal" }).click();
  await expect(page.getByRole("textbox", { name: "Terminal input" })).toBeFocused();
}

/** What stands on the screen, as a screen reader finds it. */
async function shown(page: Page): Promise<string> {
  const rows = await page.locator(".terminal-screen .xterm-rows > div").allInnerTexts();
  return rows
    .map((row) => row.replaceAll("\u00a0", " ").trimEnd())
    .join("\n")
    .trimEnd();
}

/** Types a line and waits until the next prompt; gives what came between. */
async function run(page: Page, line: string): Promise<string> {
  await page.keyboard.press("Control+l");
  // What stood there ends with a prompt, too.
  await expect.poll(() => shown(page)).toMatch(/^~\/\S* \$$/);
  await page.keyboard.type(line);
  await page.keyboard.press("Enter");
  await expect
    .poll(async () => (await shown(page)).replace(/^.*\n/, "\n"), { timeout: 15_000 })
    .toMatch(/\n~\/\S* \$$/);
  return (await shown(page)).split("\n").slice(1, -1).join("\n");
}

test("a session of 15 commands: flakes, git, files and what needs a real Nix, in step with the editor", async ({
  page,
}) => {
  await open(page);
  expect(await shown(page)).toMatch(
    /^Here nix builds nothing; flakes with inputs are evaluated with stand-ins\.[^]*needs a\s+real Nix/,
  );
  expect(await run(page, "ls")).toMatch(/contacts\nflake.lock\nflake.nix/);
  expect(await run(page, "nix flake show")).toMatch(/devShells[^]*x86_64-linux[^]*development environment 'nix-shell'/);
  expect(await run(page, "nix eval .#devShells.x86_64-linux.default.name")).toMatch(/^"nix-shell"$/m);
  expect(await run(page, "nix-instantiate --eval -E '1 + 1'")).toBe("2");
  expect(await run(page, "echo '{ }' > new.nix")).toBe("");
  await expect(page.locator(".lab-files")).toContainText("new.nix");
  expect(await run(page, "git status -s")).toBe("?? new.nix");
  expect(await run(page, "nix eval --expr '(builtins.getFlake (toString ./.)).x' --impure")).toContain("error:");
  expect(await run(page, "git add new.nix")).toBe("");
  expect(await run(page, "git commit -m New")).toMatch(
    /^\[main \w{7}\] New\n 1 file changed, 1 insertion\(\+\)\n create mode/,
  );
  expect(await run(page, "git log --oneline | head -1")).toMatch(/^\w{7} New$/);
  expect(await run(page, "cd contacts")).toBe("");
  expect(await run(page, "wc -l store.py | cut -d' ' -f1")).toMatch(/^\s*\d+/);
  expect(await run(page, "cd ..")).toBe("");
  expect(await run(page, "python -m contacts")).toContain("nix develop -c python -m contacts");
  expect(await run(page, "nix develop")).toContain("needs Nix itself");
});

test("a bar while it loads; keys: history, completion, a way out; an endless evaluation is stopped within a second, and all lives on", async ({
  page,
}) => {
  await page.route(/\/page-shell[.-]/, async (route) => {
    await expect(page.getByRole("progressbar", { name: "Loading the terminal" })).toBeVisible();
    await route.continue();
  });
  await open(page);
  await run(page, "echo one");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("X");
  await page.keyboard.press("Enter");
  await expect.poll(() => shown(page)).toContain("\nonX\n");
  await page.keyboard.press("Control+l");
  await page.keyboard.type("nix ev");
  await page.keyboard.press("Tab");
  await page.keyboard.type(".#devSh");
  await page.keyboard.press("Tab");
  await expect.poll(() => shown(page)).toBe("~/contacts $ nix eval .#devShells");
  await page.keyboard.press("Control+u");
  await page.keyboard.type("nix eval --expr 'let f = n: if n < 2 then n else f (n - 1) + f (n - 2); in f 90'");
  await page.keyboard.press("Enter");
  // It runs: no prompt, and no answer. A line that had not been sent would be left by a ^C behind it.
  await expect.poll(() => shown(page)).toMatch(/in f 90'$/);
  const start = Date.now();
  await page.keyboard.press("Control+c");
  await expect.poll(() => shown(page), { intervals: [50] }).toMatch(/in f 90'\n\^C\n~\/contacts \$$/);
  expect(Date.now() - start).toBeLessThan(1000);
  expect(await run(page, "nix-instantiate --eval -E '20 + 22'")).toBe("42");
  await expect(page.locator(".lab-state")).toHaveText(/^evaluated with stand-ins/i);
  await page.keyboard.press("Shift+Tab");
  await expect(page.getByRole("textbox", { name: "Terminal input" })).not.toBeFocused();
});

for (const colorScheme of ["light", "dark"] as const)
  test(`the terminal follows the theme (${colorScheme}), keeps the policy when text is selected, and axe finds nothing`, async ({
    page,
    problems,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page);
    await run(page, "printf '\\033[31mred\\033[0m \\033[38;2;200;100;0mtrue\\033[0m plain\\n'");
    await page.locator(".xterm-screen").dblclick({ position: { x: 12, y: 24 } });
    await expect(page.locator(".xterm-rows .xterm-decoration-top")).not.toHaveCount(0);
    const paper = colorScheme === "light" ? "rgb(252, 253, 254)" : "rgb(16, 22, 28)";
    expect(
      await page.locator(".xterm-scrollable-element").evaluate((element) => getComputedStyle(element).backgroundColor),
    ).toBe(paper);
    const colours = await page
      .locator(".xterm-rows span")
      .evaluateAll((all) => all.map((each) => `${each.textContent} ${getComputedStyle(each).color}`));
    expect(colours.join("\n")).toContain("true rgb(200, 100, 0)");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const { violations } = await new AxeBuilder({ page }).include(".lab-terminal").setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(", ")}`)).toEqual([]);
    expect(problems).toEqual([]);
  });

test("all that the terminal loads weighs at most 480 kB, and no page loads it before it is opened", async ({
  page,
}) => {
  const loaded: string[] = [];
  page.on("response", (response) => loaded.push(new URL(response.url()).pathname));
  await page.goto("/lab/09-venv-shell-hook/");
  await expect(page.getByRole("button", { name: "Open a terminal" })).toBeVisible();
  const before = new Set(loaded);
  await page.getByRole("button", { name: "Open a terminal" }).click();
  await expect(page.getByRole("textbox", { name: "Terminal input" })).toBeFocused();
  const files = [...new Set(loaded)].filter((path) => !before.has(path) && path.startsWith("/_astro/"));
  const sizes = files.map((path) => [path, gzipSync(readFileSync(join(dist, path))).length] as const);
  const sum = sizes.reduce((total, [, size]) => total + size, 0);
  console.log(`${sizes.map(([path, size]) => `${path}: ${size}`).join("\n")}\ntogether: ${sum}`);
  expect(sum).toBeGreaterThan(400_000);
  expect(sum).toBeLessThanOrEqual(480_000);
  const shellScripts = globSync("_astro/*.js", { cwd: dist }).filter((file) => /page-shell|view/.test(file));
  expect([...before].filter((path) => shellScripts.some((file) => path.endsWith(file)))).toEqual([]);
});
