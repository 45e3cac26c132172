/** The pages of the examples: what is said of each, the commands that take it, and records that grow old. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { listExampleFiles, listExamples } from "#lessons";
import { expect, test } from "./fixtures.ts";

const folder = resolve(import.meta.dirname, "../../examples");
const checked = JSON.parse(readFileSync(resolve(folder, "checked.json"), "utf8")) as Record<
  string,
  Record<string, { promises: { nix: string; date: string } }>
>;
const example = "20-your-way";
const day = 86_400_000;

test("each example has its story, outputs, ways to take it and record", async ({ page, site, clipboard }) => {
  await page.goto("/examples/");
  for (const name of listExamples(folder)) {
    const section = page.getByRole("region", { name, exact: true });
    await expect(section.getByRole("link", { name: /^Lesson \d+: / })).toBeVisible();
    await expect(section.getByRole("link", { name: "Open in the lab" })).toHaveAttribute("href", `/lab/${name}/`);
    const codes = await section.locator("figure code").allTextContents();
    expect(codes).toEqual([
      `git clone ${site.url}/examples/${name}.git`,
      `nix flake init -t ${site.url}/templates.tar.gz#${name}`,
      `nix flake show ${site.url}/examples/${name}.tar.gz`,
    ]);
    const promises = JSON.parse(readFileSync(resolve(folder, `${name}.promises.json`), "utf8")) as {
      flakes: Record<string, { outputs: Record<string, unknown> }>;
    };
    const outputs = Object.values(promises.flakes).flatMap((flake) => Object.keys(flake.outputs));
    await expect(section.locator(".promises dt > code")).toHaveText(outputs);
    const { nix, date } = checked[name]!["."]!.promises;
    await expect(section.locator(".when").last()).toContainText(`Nix ${nix}, ${date}`);
  }
  const first = page.getByRole("region", { name: example, exact: true });
  await first.getByRole("button", { name: "Copy" }).first().click();
  expect(await clipboard.read()).toBe(`git clone ${site.url}/examples/${example}.git`);
});

test("a record is labelled with its age when it is older than 45 days, and not before", async ({ page }) => {
  const { date } = checked[example]!["."]!.promises;
  const label = page.locator("record-age").last();
  for (const [days, words] of [
    [44, ""],
    [46, "46 days old"],
    [400, "400 days old"],
  ] as const) {
    await page.clock.setFixedTime(Date.parse(date) + days * day);
    await page.goto(`/examples/${example}/`);
    await expect(label).toHaveAttribute("data-date", date);
    await expect(label).toHaveText(words);
  }
});

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("an example's files can be read to the last byte, and its archives taken", async ({ page, request }) => {
    await page.goto(`/examples/${example}/`);
    const files = page.locator("details.file");
    const paths = listExampleFiles(example, folder);
    await expect(files.locator("summary")).toHaveText(paths);
    for (const [index, path] of paths.entries()) {
      const text = await files.nth(index).locator("code").textContent();
      expect(text).toBe(readFileSync(resolve(folder, example, path), "utf8").replace(/\n$/, ""));
    }
    for (const name of ["Tarball", "Zip"]) {
      const href = await page.getByRole("link", { name, exact: true }).getAttribute("href");
      expect((await request.head(href ?? "")).status()).toBe(200);
    }
    await expect(page.locator(".take-home code").first()).toHaveText(
      /^git clone https:\/\/\S+\/examples\/20-your-way\.git$/,
    );
  });
});
