import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseTranscript } from "#lessons";
import { lessonsWith, readPage } from "../support/built-site.ts";
import { root } from "../support/project-copy.ts";
import { lessonFiles } from "../transcripts/lessons.ts";
import { expect, test } from "./fixtures.ts";

const examples = join(root, "examples");
const readExample = (example: string, file: string) => readFileSync(join(examples, example, file), "utf8");
const hasFile = (example: string, file: string) => existsSync(join(examples, example, file));

/** The example that a lesson shows, by the page's address. Not every page has the panel that names it. */
function exampleOf(path: string): string {
  const slug = path.split("/").at(-2) ?? "";
  const file = lessonFiles().find((each) => new RegExp(`/\\d+-${slug}\\.mdx$`).test(each));
  if (file === undefined) throw new Error(`no lesson has the address '${path}'`);
  return /^example: (\S+)$/m.exec(readFileSync(file, "utf8"))?.[1] ?? "";
}

test.use({ viewport: { width: 1440, height: 900 }, contextOptions: { reducedMotion: "reduce" } });

test.describe("copying", () => {
  test("a terminal gives its commands, without prompts and output", async ({ page, clipboard }) => {
    let withOutput = 0;
    for (const path of lessonsWith('class="prompt"')) {
      await page.goto(path);
      for (const terminal of await page.locator("figure.terminal").all()) {
        const shown = (await terminal.locator("code").textContent()) ?? "";
        const commands = parseTranscript(shown);
        await terminal.getByRole("button", { name: "Copy" }).click();
        await expect(terminal.getByRole("button", { name: "Copied" })).toBeVisible();
        expect(await clipboard.read()).toBe(commands.map(({ command }) => command).join("\n"));
        if (commands.some(({ output }) => output.length > 0)) withOutput++;
      }
    }
    expect(withOutput).toBeGreaterThan(0);
  });

  test("the flake beside the prose is copied as it lies on disk", async ({ page, clipboard }) => {
    for (const path of lessonsWith("<flake-panel")) {
      await page.goto(path);
      const panel = page.locator("flake-panel");
      const example = (await panel.locator(".origin p a").textContent()) ?? "";
      await panel.getByRole("button", { name: "Copy" }).click();
      await expect(panel.getByRole("button", { name: "Copied" })).toBeVisible();
      expect((await clipboard.read()).trimEnd()).toBe(readExample(example, "flake.nix").trimEnd());
    }
  });
});

test.describe("changes", () => {
  test("every line of every difference is the line of that number in the file on disk", async ({ page }) => {
    test.slow();
    let count = 0;
    for (const path of lessonsWith("<file-changes")) {
      await page.goto(path);
      const example = exampleOf(path);
      for (const changes of await page.locator(".prose file-changes").all()) {
        const file = (await changes.locator("figcaption .title").textContent()) ?? "";
        const base = /since (\S+)/.exec((await changes.locator(".counts").textContent()) ?? "")?.[1] ?? "";
        for (const [side, folder] of [
          ["old", base],
          ["new", example],
        ] as const) {
          const wanted = side === "old" && !hasFile(folder, file) ? [] : readExample(folder, file).split("\n");
          const lines = await changes.locator(`pre.${side} .line`).evaluateAll((spans) =>
            spans.map((span) => {
              const sign = span.querySelector(".sign")?.textContent ?? "";
              const number = Number((span as HTMLElement).dataset["line"]);
              return { number, sign, text: (span.textContent ?? "").slice(sign.length).replace(/\n$/, "") };
            }),
          );
          for (const { number, text } of lines)
            expect(text, `${path} ${folder}/${file}:${number}`).toBe(wanted[number - 1]);
          count += lines.length;
        }
      }
    }
    expect(count).toBeGreaterThan(0);
  });

  test("are unified at first, side by side when asked, and then on every page", async ({ page }) => {
    const both = lessonsWith("<file-changes").filter((path) =>
      /class="change"[^]*?class="old"[^]*?class="line"/.test(readPage(path)),
    );
    const [path = ""] = both;
    await page.goto(path);
    const changes = page.locator("file-changes").first();
    const change = changes
      .locator(".change")
      .filter({ has: page.locator(".old .line") })
      .filter({ has: page.locator(".new .line") })
      .first();
    const boxes = async () => {
      const [before, after] = [await change.locator(".old").boundingBox(), await change.locator(".new").boundingBox()];
      if (!before || !after) throw new Error("a side is not shown");
      return { before, after };
    };
    await expect(changes.getByRole("radio", { name: "Unified" })).toBeChecked();
    const unified = await boxes();
    expect(unified.after.y).toBeGreaterThanOrEqual(unified.before.y + unified.before.height - 1);
    expect(Math.abs(unified.after.x - unified.before.x)).toBeLessThan(2);

    await changes.getByText("Side by side").click();
    await expect(changes.getByRole("radio", { name: "Side by side" })).toBeChecked();
    const split = await boxes();
    expect(split.after.x).toBeGreaterThanOrEqual(split.before.x + split.before.width - 1);
    expect(Math.abs(split.after.y - split.before.y)).toBeLessThan(2);

    await page.reload();
    await expect(page.locator("file-changes").first().getByRole("radio", { name: "Side by side" })).toBeChecked();
  });
});

test.describe("the flake beside the prose", () => {
  for (const path of lessonsWith("data-first-line")) {
    test(`${path} marks the lines of the step in view, in sight`, async ({ page }) => {
      await page.goto(path);
      const panel = page.locator("flake-panel");
      await expect(panel).toBeVisible();
      for (const step of await page.locator("[data-first-line]").all()) {
        await step.evaluate((element) =>
          scrollTo({ top: element.getBoundingClientRect().top + scrollY - innerHeight * 0.4, behavior: "instant" }),
        );
        const first = Number(await step.getAttribute("data-first-line"));
        const last = Number(await step.getAttribute("data-last-line"));
        const wanted = Array.from({ length: last - first + 1 }, (_, index) => first + index);
        await expect
          .poll(() =>
            panel
              .locator("[data-marked]")
              .evaluateAll((lines) => lines.map((line) => Number((line as HTMLElement).dataset["line"]))),
          )
          .toEqual(wanted);
        await expect(panel.locator("[data-marked]").first()).toBeInViewport();
        await expect(step).toBeInViewport();
      }
    });
  }
});
