import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fromFragment, generate, type Choices } from "#generator";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "./fixtures.ts";

const list = readFileSync(resolve(import.meta.dirname, "../../examples/contacts/requirements.txt"), "utf8");
const textOf = (text: string, choices: Partial<Choices>) =>
  generate({ files: { "requirements.txt": text }, entry: "requirements.txt" }, choices).files[0]!.text;

test("a lesson opens the generator with its approach and list, and hands the state on", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/lessons/with-packages/");
  const part = page.getByRole("region", { name: "With your own list" });
  const flake = part.getByRole("tabpanel", { name: "flake.nix" }).locator("code");
  const tree = part.getByRole("tree", { name: "Outputs of the flake" });
  expect(asked.filter((path) => /evaluator|in-lesson/.test(path))).toEqual([]);
  await part.getByRole("link", { name: "Try it with your list" }).click();
  await expect(flake).toHaveText(textOf(list, {}), { useInnerText: true });
  await expect(tree.getByRole("treeitem", { name: "default development environment" })).toBeVisible();
  await expect(part.getByRole("radio", { name: "with-packages", includeHidden: true })).toBeChecked();
  await expect(part.getByRole("radio", { name: "with-packages" })).toBeHidden();

  const field = part.getByRole("textbox", { name: "Your requirements, as text" });
  await field.focus();
  await page.keyboard.insertText("numpy\n");
  await expect(field, "the example gives way").toHaveValue("numpy\n");
  await expect(flake.locator("[data-changed]")).toContainText("(ps: [ ps.numpy ])");
  // Notes on the list come and go, and push the choices down.
  await expect(part.getByRole("status")).toContainText("1 of 1 packages as asked");
  await part.getByText("Approach and more choices").click();
  await part.getByRole("radio", { name: "application" }).check();
  await expect(tree.getByRole("treeitem", { name: "apps" })).toBeVisible();
  await expect(page, "the lesson keeps its address").toHaveURL(/\/lessons\/with-packages\/$/);
  const { violations } = await new AxeBuilder({ page }).include(".own-list").setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

  const made = textOf("numpy\n", { approach: "application" });
  const whole = part.getByRole("link", { name: "On a page of its own" });
  await expect(whole).toHaveAttribute("href", /approach=application.*numpy/);
  await whole.click();
  await expect(page).toHaveURL(/\/generate\/#/);
  await expect(page.getByRole("tabpanel", { name: "flake.nix" }).locator("code")).toHaveText(made, {
    useInnerText: true,
  });
});

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("a lesson links to the generator with its approach, Python and list", async ({ page }) => {
    const expected = { uv2nix: { approach: "uv2nix" }, poetry2nix: { approach: "poetry2nix", python: "3.12" } };
    for (const [lesson, choices] of Object.entries(expected)) {
      await page.goto(`/lessons/${lesson}/`);
      const href = await page.getByRole("link", { name: "Try it with your list" }).getAttribute("href");
      const state = fromFragment(new URL(href!, page.url()).hash);
      expect(state.input).toEqual({ files: { "requirements.txt": list }, entry: "requirements.txt" });
      expect({ python: "3.13", ...state.choices }).toEqual({ python: "3.13", ...choices });
    }
  });
});
