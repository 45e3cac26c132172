/** Every example is a complete repository with the same app, and its flake is written in nixfmt's style. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "playwright/test";
import { appDependencies, completenessProblems, normalName, pins } from "./complete.ts";
import { exampleNames, examplesFolder, flakesOf } from "./examples.ts";

/** `nixfmt`, by NIXFMT_BIN or on `PATH`. Neither Debian nor npm carries it. */
const nixfmt = [
  process.env["NIXFMT_BIN"] ?? "",
  ...(process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "nixfmt")),
].find((file) => file !== "" && existsSync(file));

for (const example of exampleNames()) {
  test(`${example}: complete`, () => {
    expect(completenessProblems(join(examplesFolder, example), example).join("\n")).toBe("");
  });
}

test("every flake is written in nixfmt's style", () => {
  test.skip(nixfmt === undefined, "not run here: no nixfmt on PATH, and none named by NIXFMT_BIN");
  const flakes = exampleNames().flatMap((example) => flakesOf(example).filter(({ onDisk }) => onDisk));
  const files = flakes.map(({ folder, flake }) => join(folder, flake, "flake.nix"));
  const { status, stderr } = spawnSync(nixfmt ?? "", ["--check", ...files], { encoding: "utf8" });
  expect(status, stderr).toBe(0);
});

test("every folder of examples is an example or the app", () => {
  const folders = readdirSync(examplesFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const others = folders.map(({ name }) => name).filter((name) => !/^\d\d-[a-z0-9-]+$/.test(name));
  expect(others).toEqual(["contacts"]);
});

test("the app asks for the post's eight pins, in requirements.txt and in pyproject.toml", () => {
  const { requirements, project } = appDependencies();
  expect(requirements).toEqual(pins.map(normalName));
  expect(project).toEqual(pins.map(normalName));
});
