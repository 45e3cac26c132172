import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright/test";
import { approachIds, choices, generate, presets, type ApproachId } from "#generator";
import { runNix } from "../support/nix-run.ts";
import { overrideInputs } from "../support/override-inputs.ts";
import { provideNix } from "../support/provide-nix.ts";
import { unzip } from "../support/unzip.ts";
import { expect, test } from "./fixtures.ts";

/** The eight pins of the post. */
const list = readFileSync(resolve(import.meta.dirname, "../../examples/contacts/requirements.txt"), "utf8");

const field = (page: Page) => page.getByRole("textbox", { name: "Your requirements, as text" });
const flake = (page: Page) => page.getByRole("tabpanel", { name: "flake.nix" }).locator("code");
const tree = (page: Page) => page.getByRole("tree", { name: "Outputs of the flake" });
const status = (page: Page) => page.getByRole("status");

async function open(page: Page, fragment = ""): Promise<void> {
  await page.goto(`/generate/${fragment}`);
  await page.locator("generate-form[data-ready]").waitFor();
}

/** Fills a list in, as the first edit, and waits until all is said of it: notes that come push the choices down. */
async function give(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await expect(status(page)).not.toBeEmpty();
}

async function expectNothingFound(page: Page): Promise<void> {
  const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(", ")}`);
  expect(found).toEqual([]);
  expect(passes.length).toBeGreaterThan(10);
}

test.describe("the zip of each approach, unpacked, is accepted by real Nix", () => {
  const nix = provideNix();
  const scratch = mkdtempSync(join(tmpdir(), "generate-"));
  test.afterAll(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 3 }));
  /** What Nix says of an approach that needs a file which only another tool makes. */
  const missing: Partial<Record<ApproachId, string>> = {
    uv2nix: "uv.lock is missing: make it with",
    poetry2nix: "poetry.lock is missing: make it with",
    dream2nix: "lock.x86_64-linux.json is missing: make it with",
    pip2nix: "python-packages.nix is missing: make it with",
  };

  for (const approach of approachIds)
    test(approach, async ({ page }) => {
      await open(page);
      await give(page, list);
      await page.locator(`input[name=approach][value="${approach}"]`).check();
      const input = { files: { "requirements.txt": list }, entry: "requirements.txt" };
      // The preset that the page begins with has chosen more than the approach.
      const made = generate(input, { ...presets[0]!.choices, approach });
      await expect(flake(page)).toHaveText(made.files[0]!.text, { useInnerText: true });

      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Download as zip" }).click(),
      ]);
      expect(download.suggestedFilename()).toBe("my-app.zip");
      const folder = join(scratch, approach);
      const names = unzip(readFileSync(await download.path()), folder);
      expect(names.sort()).toEqual(made.files.map(({ path }) => `my-app/${path}`).sort());
      const cwd = join(folder, "my-app");
      for (const { path, text } of made.files) expect(readFileSync(join(cwd, path), "utf8")).toBe(text);

      const run = (...args: string[]) => runNix(nix, join(scratch, "state"), args, { cwd });
      const metadata = run("flake", "metadata", "--no-update-lock-file", "--offline", `path:${cwd}`);
      expect(metadata.status, metadata.stderr).toBe(0);
      const impure = approach === "devenv" ? ["--impure"] : [];
      const quiet = ["--offline", "--no-eval-cache", "--no-write-lock-file", ...impure, ...overrideInputs(cwd)];
      const check = run("flake", "check", "--no-build", "--all-systems", ...quiet, `path:${cwd}`);
      if (missing[approach] === undefined) expect(check.status, check.stderr.slice(-3000)).toBe(0);
      else expect(check.stderr).toContain(missing[approach]);
    });
});

test("the form has every choice and value of the generator, with its meaning", async ({ page }) => {
  await open(page);
  for (const { id, label, meaning, values = [] } of choices) {
    const choice = page.locator(`.choice[data-choice="${id}"]`);
    await expect(choice).toContainText(label);
    await expect(choice).toContainText(meaning);
    for (const value of values) await expect(choice).toContainText(value.meaning.replace(/\.$/, ""));
  }
});

test("the evaluator is loaded by the first edit, and shows outputs; a later edit takes their place", async ({
  page,
}) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await open(page);
  await expect(page.getByText("evaluated with stand-ins").first()).toBeVisible();
  await expect(tree(page)).toHaveCount(0);
  expect(asked.filter((path) => path.startsWith("/evaluator/"))).toEqual([]);
  await field(page).fill("flask\n");
  const shell = tree(page).getByRole("treeitem", { name: "default development environment" });
  await expect(shell).toBeVisible();
  expect(asked.some((path) => path.startsWith("/evaluator/worker-"))).toBe(true);
  await expect(tree(page).getByRole("treeitem", { name: "apps" })).toHaveCount(0);
  await page.locator("input[name=approach][value=venv]").check();
  await page.locator("input[name=approach][value=application]").check();
  await expect(tree(page).getByRole("treeitem", { name: "apps" })).toBeVisible();
});

test("the outputs tree is used by keyboard, and opens what is not read yet", async ({ page }) => {
  await open(page);
  await field(page).fill("flask\n");
  const first = tree(page).getByRole("treeitem", { name: "devShells" });
  await first.focus();
  await expect(first).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("ArrowDown");
  const mac = tree(page).getByRole("treeitem", { name: "aarch64-darwin" }).first();
  await expect(mac).toBeFocused();
  await expect(mac).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("ArrowRight");
  await expect(mac).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("ArrowRight");
  await expect(tree(page).locator(":focus")).toContainText("default");
  await page.keyboard.press("Enter");
  await expect(tree(page).locator(":focus")).toHaveText("default development environment nix-shell");
  await page.keyboard.press("ArrowLeft");
  await expect(mac).toBeFocused();
  await page.keyboard.press("End");
  await expect(tree(page).getByRole("treeitem").last()).toBeFocused();
  await page.keyboard.press("d");
  await expect(first).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(first).toHaveAttribute("aria-expanded", "false");
});

test("an output that does not evaluate says why and where, in Nix's words", async ({ page }) => {
  await open(page);
  await page.locator("input[name=approach][value=uv2nix]").check();
  await expect(tree(page).getByText("uv.lock is missing: make it with").first()).toBeVisible();
  await expect(
    tree(page)
      .getByText(/^at flake\.nix:\d+:\d+$/)
      .first(),
  ).toBeVisible();
  await expect(page.getByText("Evaluates only once uv.lock is there")).toBeVisible();
});

test("the lines that a change made are marked, and the change is said", async ({ page }) => {
  await open(page);
  await expect(flake(page).locator("[data-changed]")).toHaveCount(0);
  await field(page).fill("flask>=3.0\ngunicorn\npytest\nrequests\n");
  await expect(flake(page).locator("[data-changed]")).toHaveText("ps.requests");
  await expect(page.getByRole("tab", { name: "requirements.txt" })).toHaveAttribute("data-changed", "");
  await expect(status(page)).toContainText("flake.nix: 1 new line, 0 gone");
});

test("ten thousand lines are pasted in one piece: one flake, in steps, and one step back", async ({
  page,
  clipboard,
}) => {
  await open(page);
  const before = await field(page).inputValue();
  await page.evaluate(() => {
    const shown: number[] = [];
    Object.assign(globalThis, { shown });
    const count = () => shown.push(document.querySelectorAll("#generated-file .line").length);
    new MutationObserver(count).observe(document.querySelector("generate-form [role=tablist]")!, {
      subtree: true,
      attributeFilter: ["aria-selected"],
    });
  });
  const lines = Array.from({ length: 10_000 }, (_, at) => `package-${at}==1.${at}\n`).join("");
  await clipboard.write(lines);
  await field(page).selectText();
  await page.keyboard.press("ControlOrMeta+V");
  await expect(page.getByRole("button", { name: /^Show \d+ more lines$/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Show 9900 more" })).toBeVisible();
  await expect(flake(page)).toContainText('(ps.package-9 or (missing "package-9"))');
  expect(await page.evaluate(() => (globalThis as unknown as { shown: number[] }).shown)).toEqual([200]);
  await expect(field(page)).toHaveValue(lines);
  await page.keyboard.press("ControlOrMeta+Z");
  await page.keyboard.press("ControlOrMeta+Z");
  await expect(field(page), "undone in two steps, as it was pasted").toHaveValue(before);
  await expect(flake(page)).not.toContainText("missing");
});

test("a link holds the whole state", async ({ page, clipboard }) => {
  await open(page);
  await give(page, "flask==3.0.3\n# ünïcode & = + %\n");
  await page.locator("input[name=approach][value=override]").check();
  await page.getByText("In the shell", { exact: true }).click();
  await page.getByRole("textbox", { name: "Variables" }).fill('A=1\nB="two\\nlines"\n');
  await page.getByRole("textbox", { name: "Programs" }).fill("ruff, postgresql");
  await page.getByRole("textbox", { name: "Shell hook" }).fill('echo "hello"\ndate');
  await page.getByText("Files and layout", { exact: true }).click();
  await page.getByRole("checkbox", { name: "Comments" }).uncheck();
  await page.getByRole("combobox", { name: "Layout" }).selectOption("flake-parts");
  await page.getByRole("button", { name: "Copy a link" }).click();
  await expect(status(page)).toContainText("The link is copied");
  const link = await clipboard.read();
  const before = await flake(page).innerText();
  expect(before).toContain('B = "two\\nlines";');
  await page.goto("/glossary/");
  await page.goto(link);
  await expect(flake(page)).toHaveText(before, { useInnerText: true });
  await expect(field(page)).toHaveValue("flask==3.0.3\n# ünïcode & = + %\n");
  await expect(tree(page)).toBeVisible();
});

test("everything is done by keyboard alone", async ({ page }) => {
  await open(page);
  const tabTo = async (what: ReturnType<Page["locator"]>) => {
    for (let step = 0; step < 40; step++) {
      await page.keyboard.press("Tab");
      if (await what.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error("Tab does not lead there");
  };
  await tabTo(field(page));
  await page.keyboard.insertText(list);
  await expect(field(page), "the example gives way").toHaveValue(list);
  await tabTo(page.getByRole("radio", { name: "with-packages" }));
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: "override" })).toBeChecked();
  await expect(flake(page)).toContainText('version = "8.1.3"');
  await tabTo(page.getByRole("tab", { name: "flake.nix" }));
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "flake.lock" })).toBeFocused();
  await expect(page.getByRole("tabpanel", { name: "flake.lock" })).toContainText('"version": 7');
  await tabTo(page.getByRole("button", { name: "Download as zip" }));
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  expect(download.suggestedFilename()).toBe("my-app.zip");
});

test("the table says what is asked and given, and takes the approach that gives it exactly", async ({ page }) => {
  await open(page);
  await field(page).fill("flask==2.1.2\nnumpy\nno-such-package\n");
  const row = (name: string) => page.getByRole("row", { name });
  await expect(row("flask")).toContainText("another version");
  await expect(row("numpy")).toContainText("as asked");
  await expect(row("no-such-package")).toContainText("not known here");
  await expect(row("no-such-package")).toContainText("nix eval --raw");
  await expect(page.getByText("Builds if nixpkgs has what is not known here")).toBeVisible();
  await row("flask").getByRole("button", { name: "override" }).click();
  await expect(page.getByRole("radio", { name: "override" })).toBeChecked();
  await expect(row("flask")).toContainText("as asked");
});

test("several files are taken at once, and one includes another", async ({ page }) => {
  await open(page);
  const file = (name: string, text: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  await page
    .locator("#given-files")
    .setInputFiles([file("base.txt", "flask\n"), file("requirements.txt", "-r base.txt\nrequests\n")]);
  await expect(field(page)).toHaveValue("-r base.txt\nrequests\n");
  await expect(page.getByRole("row", { name: "flask" })).toContainText("base.txt:1");
  await page.getByRole("button", { name: "base.txt", exact: true }).click();
  await expect(field(page)).toHaveValue("flask\n");
  await page.getByRole("button", { name: "Take base.txt out" }).click();
  await expect(page.locator(".notes")).toContainText("'base.txt' is not among the files that were given");
});

test("a pasted lock gets the name under which Nix looks for it", async ({ page }) => {
  await open(page);
  await field(page).fill('version = 1\nrequires-python = ">=3.9"\n\n[[package]]\nname = "click"\nversion = "8.1.8"\n');
  await expect(page.getByRole("textbox", { name: "Name of the file" })).toHaveValue("uv.lock");
  await expect(page.locator(".recommendation")).toContainText("uv2nix");
});

const bad = {
  "a web page": [Buffer.from("<!DOCTYPE html>\n<html></html>\n"), "this is a web page, not a list of requirements"],
  "a binary file": [Buffer.alloc(3000, "\x7fELF\x01\x02\x00\x00\x00\x04\x05"), "this is a binary file"],
  "50 MB": [Buffer.alloc(50_000_000, "flask\n"), "the file has 50 million characters"],
} as const;
for (const [what, [buffer, sentence]] of Object.entries(bad))
  test(`${what} gets a sentence, and the page goes on`, async ({ page }) => {
    await open(page);
    // Over Playwright's limit for one message, so that the page itself makes the file.
    await page.evaluate(
      async ([start, length]) => {
        const text = start.repeat(Math.ceil(length / start.length)).slice(0, length);
        const files = new DataTransfer();
        files.items.add(new File([text], "requirements.txt"));
        document
          .querySelector(".given")!
          .dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
      },
      [buffer.toString("utf8", 0, Math.min(buffer.length, 3000)), buffer.length] as const,
    );
    await expect(page.locator(".notes")).toContainText(sentence);
    await expect(flake(page)).toContainText("outputs =");
    await page.getByRole("button", { name: "Flask app" }).click();
    await expect(field(page)).toHaveValue(/^flask/);
    await expect(page.locator(".notes")).not.toContainText(sentence);
  });

test("what was refused is said at its field", async ({ page }) => {
  await open(page);
  await page.getByText("In the shell", { exact: true }).click();
  const variables = page.getByRole("textbox", { name: "Variables" });
  await variables.fill("PATH=/bin\nGOOD=1");
  await expect(variables).toHaveAttribute("aria-invalid", "true");
  await expect(variables).toHaveAccessibleDescription(/'PATH' is a name that the shell sets itself/);
  await expect(flake(page)).toContainText('GOOD = "1";');
});

test("values of a link that are none, such as an old Python, are refused at their fields", async ({ page }) => {
  await open(page, "#approach=nix&python=2.7&release=22.11&systems=riscv&direnv=maybe&file.requirements.txt=flask%0A");
  const refused: Record<string, string> = {
    approach: "'nix' is not a value of 'approach'. Choose one of with-packages,",
    python: "Python 2.7 is not in nixpkgs 26.05; the flake takes 3.13. Choose one of",
    release: "'22.11' is not a value of 'release'. Choose one of 26.05,",
    systems: "'riscv' is not a value of 'systems'.",
    direnv: "'maybe' is not a value of 'direnv'. Choose yes or no.",
  };
  for (const [id, words] of Object.entries(refused)) {
    await expect(page.locator(`#refused-${id}`)).toContainText(words);
    await expect(page.locator(".notes")).toContainText(words);
  }
  await expect(page.locator("select[name=python]")).toHaveValue("3.13");
  await expect(page.getByRole("radio", { name: "with-packages" })).toBeChecked();
  await expect(flake(page)).toContainText("pkgs.python313.withPackages");
});

for (const colorScheme of ["light", "dark"] as const)
  for (const width of [1280, 390])
    test(`with a result, axe finds nothing at ${width} pixels, and nothing is cut off (${colorScheme})`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await open(page);
      await give(page, `${list}no-such-package\n--pre\n`);
      await page.locator("input[name=approach][value=override]").check();
      for (const name of ["In the shell", "Files and layout", "Project"])
        await page.getByText(name, { exact: true }).click();
      await expect(tree(page)).toBeVisible();
      await expect(status(page)).not.toBeEmpty();
      await expectNothingFound(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("the presets stand there as ready files with their outputs", async ({ page, request }) => {
    await page.goto("/generate/");
    await expect(page.locator("generate-form")).toBeHidden();
    for (const { id, label, input, choices } of presets) {
      const section = page.getByRole("region", { name: label });
      const { files } = generate(input, choices);
      await expect(section.locator("pre", { hasText: "description =" })).toHaveText(files[0]!.text, {
        useInnerText: true,
      });
      await expect(section.locator(".outputs .row", { hasText: "development environment" }).first()).toHaveText(
        "default development environment nix-shell",
      );
      await expect(section.getByText("evaluated with stand-ins")).toBeVisible();
      const zip = await request.get((await section.getByRole("link").getAttribute("href"))!);
      const folder = mkdtempSync(join(tmpdir(), `preset-${id}-`));
      const names = unzip(await zip.body(), folder);
      rmSync(folder, { recursive: true });
      expect(names).toEqual(files.map(({ path }) => `${choices.name}/${path}`));
    }
  });
});
