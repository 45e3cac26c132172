/** The lab in use: what the reader edits, what the page makes of it, and what it says where something is missing. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright/test";
import type { Project } from "../../src/islands/lab/project.ts";
import { dist } from "../support/built-site.ts";
import { expect, test } from "./fixtures.ts";

const shell = "/lab/09-venv-shell-hook/";

const editorOf = (page: Page, file = "flake.nix") => page.getByRole("textbox", { name: `Text of ${file}` });
const row = (page: Page, name: string | RegExp) => page.getByRole("treeitem", { name }).first();
const state = (page: Page) => page.locator(".lab-state");

/** A shared machine may need longer than Playwright's five seconds. */
const soon = { timeout: 20_000 };

async function openLab(page: Page, path = shell): Promise<void> {
  await page.goto(path);
  await expect(editorOf(page)).toBeVisible(soon);
  // Not the textarea that serves where the editor cannot load.
  await expect(page.locator(".code-editor")).toBeVisible();
  await expect(state(page)).not.toBeEmpty(soon);
}

/** The text of a file as the project has it. */
const textOf = (page: Page, file = "flake.nix") =>
  page
    .locator("flake-lab")
    .evaluate((lab, name) => (lab as HTMLElement & { project: Project }).project.files.get(name) ?? "", file);

/** Replaces the editor's text by hand: all of it is selected and written anew. */
async function write(page: Page, text: string, file?: string): Promise<void> {
  await editorOf(page, file).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}

async function replace(page: Page, find: string, by: string): Promise<void> {
  const text = await textOf(page);
  expect(text).toContain(find);
  await write(page, text.replace(find, by));
}

test("an edit shows in the outputs, a shell opens to packages, versions, variables and hook, and undo brings all back", async ({
  page,
}) => {
  await openLab(page);
  await row(page, /^default/).click();
  await expect(row(page, /^python3 3\.13\.\d+$/)).toBeVisible();
  await row(page, /^variables/).click();
  await expect(row(page, /^venvDir \.\/\.venv$/)).toBeVisible();
  await replace(page, "python\n", "python\n              pkgs.ruff\n              pkgs.hello\n");
  await expect(row(page, /^ruff \d+\./)).toBeVisible();
  // What was open before the edit is open after it.
  await expect(row(page, /^venvDir \.\/\.venv$/)).toBeVisible();
  await replace(page, 'venvDir = "./.venv";', 'venvDir = "./.venv"; shellHook = "echo hi";');
  await expect(row(page, /^shell hook echo hi/)).toBeVisible();
  await expect(page.getByRole("button", { name: "flake.nix modified" })).toBeVisible();
  for (let step = 0; step < 2; step++) await page.keyboard.press("Control+z");
  await expect(row(page, /^ruff/)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "flake.nix", exact: true })).toBeVisible();
});

test("a syntax error is underlined, has its place and Nix's words, and is gone when it is mended", async ({ page }) => {
  await openLab(page);
  const before = await textOf(page);
  await replace(page, "pkgs.zlib\n", "pkgs.zlib )\n");
  const errors = page.getByRole("list", { name: "Errors" });
  await expect(errors).toContainText("syntax error, unexpected ')'");
  await expect(page.locator(".cm-lintRange-error")).toHaveText(")");
  const explained = page.locator(".lab-museum").getByRole("link");
  await expect(explained).toHaveAttribute("href", "/errors/#syntax-error");
  await editorOf(page).press("Control+Home");
  await errors.getByRole("button", { name: /^flake\.nix:\d+:\d+$/ }).click();
  await expect(editorOf(page)).toBeFocused();
  await expect(page.locator(".cm-activeLine")).toContainText("pkgs.zlib )");
  await write(page, before);
  await expect(errors).toBeHidden();
  await expect(explained).toHaveCount(0);
  await expect(row(page, /^default/)).toBeVisible();
});

test("an error in an output leaves the others, and its trace leads into the flake", async ({ page }) => {
  await openLab(page);
  await replace(page, "devShells = ", 'lib.broken = throw "not yet";\n      devShells = ');
  await row(page, /^lib/).click();
  await expect(row(page, /^broken.*not yet/)).toBeVisible();
  await expect(row(page, /^default/)).toBeVisible();
  await editorOf(page).press("Control+Home");
  await row(page, /^broken/)
    .getByRole("button", { name: /^at flake\.nix/ })
    .first()
    .click();
  await expect(page.locator(".cm-activeLine")).toContainText("not yet");
});

test("a file that Git does not track is met as Nix's error, and mended with one click", async ({ page }) => {
  await openLab(page);
  await page.getByRole("button", { name: "New file" }).click();
  await page.getByRole("textbox", { name: "Path of the new file" }).fill("flake.nix/x");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toHaveText("'flake.nix' is a file, not a folder");
  await page.getByRole("textbox", { name: "Path of the new file" }).fill("nix/answer.nix");
  await page.keyboard.press("Enter");
  await write(page, "42\n", "nix/answer.nix");
  await page.getByRole("button", { name: "flake.nix", exact: true }).click();
  await replace(page, "devShells = ", "packages = import ./nix/answer.nix;\n      lib.answer = 1;\n      devShells = ");
  await expect(page.locator(".lab-results .message").first()).toContainText(
    `Path 'nix/answer.nix' in the repository "/home/you/contacts" is not tracked by Git.`,
  );
  await expect(page.getByRole("button", { name: "answer.nix untracked" })).toBeVisible();
  await page.getByRole("button", { name: "git add nix/answer.nix" }).click();
  await expect(page.locator(".lab-results")).not.toContainText("is not tracked by Git");
  await expect(page.getByRole("button", { name: "answer.nix staged" })).toBeVisible();
});

test("files are renamed and deleted, the last one too; git's words quote blanks, and a refused flake without inputs says so", async ({
  page,
}) => {
  await page.route(/\/evaluator\/worker-/, async (route) => {
    await expect(page.locator("outputs-tree")).toContainText("The evaluator is starting");
    await route.continue();
  });
  await openLab(page, "/lab/own/");
  await page.getByRole("button", { name: "Rename" }).click();
  await page.getByRole("textbox", { name: "New path of flake.nix" }).fill("my flake.nix");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "my flake.nix untracked" })).toBeVisible();
  await expect(editorOf(page, "my flake.nix")).toBeVisible();
  await page.getByRole("tab", { name: "On your machine" }).click();
  await expect(page.getByRole("tabpanel", { name: "On your machine" })).toContainText("git add 'my flake.nix'");
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.locator(".lab-file-list button")).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: /^Text of/ })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Delete" })).toBeDisabled();
  await expect(page.locator(".lab-editor .title")).toHaveText(/There is no file/);
  await page.getByRole("button", { name: "New file" }).click();
  await page.getByRole("textbox", { name: "Path of the new file" }).fill("flake.nix");
  await page.keyboard.press("Enter");
  await write(page, "{ outputs = _: }");
  await expect(state(page)).toHaveText("evaluated; Nix refuses this flake");
});

test("an input out of step shows Nix's refusal and is locked again; the graph shows inputs, and who follows whom", async ({
  page,
}) => {
  await openLab(page, "/lab/05-devenv/");
  await replace(page, "github:NixOS/nixpkgs/nixos-26.05", "github:NixOS/nixpkgs/nixpkgs-unstable");
  const notice = page.locator(".lab-notice");
  await expect(notice).toContainText(
    "requires lock file changes but they're not allowed due to '--no-update-lock-file'",
  );
  await expect(notice).toContainText("Updated input 'nixpkgs'");
  await notice.getByRole("button", { name: "Lock again" }).click();
  await expect(notice).toHaveCount(0);
  expect(await textOf(page, "flake.lock")).toContain('"ref": "nixpkgs-unstable"');
  await page.getByRole("tab", { name: "Inputs" }).click();
  const inputs = page.getByRole("tabpanel", { name: "Inputs" });
  await expect(
    inputs
      .getByRole("listitem")
      .filter({ hasText: /^nixpkgs follows nixpkgs$/ })
      .first(),
  ).toBeVisible();
  await replace(page, "devenv.url", 'other.url = "github:nobody/nothing";\n    devenv.url');
  await expect(notice.first()).toContainText("github:nobody/nothing is not to be had here");
  await expect(notice.first()).toContainText("nix flake show");
  await expect(inputs.getByRole("listitem").filter({ hasText: /^other/ })).toContainText("not to be had here");
  await page.getByRole("tab", { name: "Outputs" }).click();
  await expect(row(page, /^default/)).toBeVisible();
});

test("a package opens to its derivation, 200 quick edits leave no stale result, and an endless evaluation is stopped within a second", async ({
  page,
}) => {
  await openLab(page, "/lab/01-first-flake/");
  await row(page, /^hello package/).click();
  await row(page, /^derivation/).click();
  await expect(row(page, /^derivation file \/nix\/store\/\w+-hello-.*\.drv$/)).toBeVisible();
  await write(page, '{ outputs = _: { lib = ""; }; }');
  await expect(row(page, /^lib/)).toBeVisible();
  await page.keyboard.press("End");
  for (let step = 0; step < '"; }; }'.length; step++) await page.keyboard.press("ArrowLeft");
  await page.evaluate(() => {
    const shown: number[] = [];
    Object.assign(globalThis, { shown });
    const tree = document.querySelector("outputs-tree")!;
    new MutationObserver(() => shown.push(tree.textContent.split("x").length - 1)).observe(tree, { childList: true });
  });
  await page.keyboard.type("x".repeat(200));
  await expect(row(page, `lib "${"x".repeat(199)}`)).toBeVisible(soon);
  const shown = await page.evaluate(() => (globalThis as unknown as { shown: number[] }).shown);
  expect(shown).toEqual(shown.toSorted((a, b) => a - b));

  await write(page, "{ outputs = _: let f = n: if n < 2 then n else f (n - 1) + f (n - 2); in { lib = f 90; }; }");
  await page.getByRole("button", { name: "Stop" }).waitFor();
  const took = await page.evaluate(async () => {
    // The page is alive: it draws.
    await new Promise(requestAnimationFrame);
    const state = document.querySelector(".lab-state")!;
    const changed = new Promise((done) => new MutationObserver(done).observe(state, { childList: true }));
    const start = performance.now();
    document.querySelector<HTMLElement>(".lab-bar button:not([hidden])")!.click();
    await changed;
    return performance.now() - start;
  });
  expect(took).toBeLessThan(1000);
  await expect(state(page)).toHaveText("not run here");
  await write(page, "{ outputs = _: { lib.after = 1; }; }");
  await expect(row(page, /^lib/)).toBeVisible(soon);
  await expect(state(page)).toHaveText("evaluated; it has no inputs");
});

test("names complete from what evaluates, a builtin and an option say what they mean, and Tidy indents", async ({
  page,
}) => {
  await openLab(page);
  await replace(page, "pkgs.zlib\n", "pkgs.python313Packages.fla\n");
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+f");
  await page.keyboard.type("Packages.fla");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type("s");
  await expect(page.getByRole("option", { name: "flask", exact: true })).toBeVisible(soon);
  await page.keyboard.press("Escape");
  await write(page, "{ outputs = _: {\nlib = builtins.attrNames\n{ languages.python.venv.enable = true; }; }; }");
  const line = (text: string) => page.locator(".cm-line", { hasText: text });
  await line("builtins").hover({ position: { x: 155, y: 10 } });
  await expect(page.locator(".meaning")).toHaveText("builtins.attrNames The names in a set, sorted.");
  await line("languages").hover({ position: { x: 220, y: 10 } });
  await expect(page.locator(".meaning")).toHaveText(/^languages\.python\.venv\.enable devenv: makes a venv/);
  await page.mouse.move(0, 0);
  await expect(page.locator(".meaning")).toHaveCount(0);
  await line("builtins").click({ position: { x: 155, y: 10 } });
  await page.keyboard.press("F1");
  await expect(page.locator(".meaning")).toHaveText("builtins.attrNames The names in a set, sorted.");
  await page.keyboard.press("Escape");
  await expect(page.locator(".meaning")).toHaveCount(0);
  await write(page, '{\ndescription = "x";\n      outputs = _: { };\n}\n');
  await page.getByRole("button", { name: "Tidy" }).click();
  await expect.poll(() => textOf(page)).toBe('{\n  description = "x";\n  outputs = _: { };\n}\n');
});

test("the keyboard alone gets everywhere, each part has its name, and axe finds nothing", async ({ page }) => {
  await openLab(page);
  const focused = () =>
    page.evaluate(() => {
      const { activeElement } = document;
      const inside = activeElement?.shadowRoot?.activeElement ?? activeElement;
      return inside?.getAttribute("aria-label") ?? inside?.textContent.trim() ?? "";
    });
  const tabTo = async (name: RegExp) => {
    for (let step = 0; step < 60; step++) {
      if (name.test(await focused())) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`no Tab leads to ${name}; the last was '${await focused()}'`);
  };
  await tabTo(/^requirements\.txt$/);
  await page.keyboard.press("Enter");
  await expect(editorOf(page, "requirements.txt")).toBeVisible();
  await tabTo(/^New file$/);
  await page.keyboard.press("Enter");
  await page.keyboard.type("notes.txt");
  await page.keyboard.press("Enter");
  await tabTo(/^git add$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "notes.txt staged" })).toBeVisible();
  await tabTo(/^Text of notes\.txt$/);
  await page.keyboard.type("a line");
  expect(await textOf(page, "notes.txt")).toBe("a line");
  await tabTo(/^Outputs$/);
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tabpanel", { name: "Inputs" })).toContainText("nixpkgs");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tabpanel", { name: "On your machine" })).toContainText("nix develop");
  await page.keyboard.press("Home");
  await tabTo(/^devShells/);
  await page.keyboard.press("ArrowLeft");
  await expect(row(page, /^devShells/)).toHaveAttribute("aria-expanded", "false");
  await expect(page.locator("flake-lab")).toMatchAriaSnapshot(`
    - status: evaluated with stand-ins
    - button "Reset"
    - navigation "Files":
      - list:
        - listitem:
          - button ".envrc"
    - region "Editor":
      - button "git add"
      - textbox "Text of notes.txt"
    - region "What Nix makes of it":
      - tablist "Results":
        - tab "Outputs" [selected]
        - tab "Inputs"
        - tab "On your machine"
      - tabpanel "Outputs":
        - tree "Outputs of the flake":
          - treeitem "devShells"
  `);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(", ")}`)).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test("without a worker and without the editor's script, reading and editing still work", async ({ page, problems }) => {
  await page.route(/\/evaluator\/worker-|\/code-editor[.-]/, (route) => route.abort());
  await page.goto(shell);
  const field = editorOf(page);
  await expect(field).toHaveValue(/A contacts app/, soon);
  await expect(state(page)).toHaveText("not run here");
  await expect(page.locator("outputs-tree")).toContainText("the evaluator could not be started in this browser");
  await field.fill("{ }");
  expect(await textOf(page)).toBe("{ }");
  await page.getByRole("button", { name: "README.md" }).click();
  await expect(editorOf(page, "README.md")).toHaveValue(/./);
  expect(problems.filter((problem) => !/ERR_FAILED/.test(problem))).toEqual([]);
  problems.length = 0;
});

test("a lesson opens its lab in place, and pays for it only then", async ({ page }) => {
  const scripts: string[] = [];
  page.on("request", (request) => scripts.push(request.url()));
  await page.goto("/lessons/venv-shell-hook/", { waitUntil: "networkidle" });
  expect(scripts.filter((url) => /lab|evaluator|code-editor/.test(url))).toEqual([]);
  // Who points at the button has the scripts before the click; the evaluator waits for it.
  await page.getByRole("link", { name: "Try it here" }).hover();
  await expect.poll(() => scripts.some((url) => /\/code-editor[.-]/.test(url))).toBe(true);
  expect(scripts.filter((url) => /evaluator/.test(url))).toEqual([]);
  await page.getByRole("link", { name: "Try it here" }).click();
  await expect(editorOf(page)).toBeVisible(soon);
  await expect(row(page, /^default/)).toBeVisible(soon);
  await expect(page).toHaveURL(/\/lessons\/venv-shell-hook\/$/);
});

test("the generator hands its files over to the lab, where a reload has them still", async ({ page }) => {
  await page.goto("/generate/");
  await page.getByRole("textbox", { name: "Your requirements, as text" }).fill("flask==2.1.2\n");
  await page.getByRole("button", { name: "Open in the lab" }).click();
  await expect(page).toHaveURL(/\/lab\/own\/$/);
  for (let visit = 0; visit < 2; visit++) {
    await expect(editorOf(page)).toBeVisible(soon);
    await expect(row(page, /^devShells/)).toBeVisible(soon);
    expect(await textOf(page, "requirements.txt")).toContain("flask==2.1.2");
    await page.reload();
  }
});

test("the editor's scripts weigh at most 140,000 bytes", () => {
  const files = globSync("_astro/{code-editor,nix-tokens}.*.js", { cwd: dist });
  expect(files).toHaveLength(2);
  const sizes = files.map((file) => gzipSync(readFileSync(join(dist, file))).length);
  console.log(files, sizes);
  expect(sizes[0]! + sizes[1]!).toBeLessThanOrEqual(140_000);
});
