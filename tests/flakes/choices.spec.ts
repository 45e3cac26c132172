/**
 * What a lesson shows for each choice of a reader is true: real Nix evaluates every example's flake with another system
 * and another Python, and a command that names a system names one that the flake is promised to have.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import { choiceFields, hasOneSystem } from "../../src/choices/fields.ts";
import { defaults, inCode, inCommand } from "../../src/choices/rules.ts";
import { provideNix } from "../support/provide-nix.ts";
import { lessonFiles, readLesson } from "../transcripts/lessons.ts";
import { checkEvaluates } from "./checks.ts";
import { exampleNames, examplesFolder, flakesOf, type ExampleFlake } from "./examples.ts";

const nix = provideNix();
const textOf = ({ folder, flake }: Pick<ExampleFlake, "folder" | "flake">): string =>
  readFileSync(join(folder, flake, "flake.nix"), "utf8");
const valuesOf = (id: string) => choiceFields.find((field) => field.id === id)!.values.map(([value]) => value);
// Pairs in which each system and each Python is once; each example with each pair. The defaults are what all other tests check.
const others = valuesOf("python")
  .slice(1)
  .map((python, i) => ({ ...defaults, python, os: valuesOf("os")[i + 1]! }));

test("there is another system for each other Python", () => {
  expect(others.map(({ os }) => os).sort()).toEqual(valuesOf("os").slice(1).sort());
  for (const { id, values } of choiceFields) expect(values[0]![0], id).toBe(defaults[id]);
});

for (const choices of others) {
  for (const example of exampleNames()) {
    const folder = join(examplesFolder, example);
    const oneSystem = hasOneSystem(textOf({ folder, flake: "." }));
    const shown = (flake: ExampleFlake) => inCode(textOf(flake), choices, oneSystem);
    const changed = flakesOf(example).filter((flake) => shown(flake) !== textOf(flake));
    if (changed.length === 0) continue;
    test(`${example} evaluates as it is shown for ${choices.os} and Python ${choices.python}`, () => {
      const copy = mkdtempSync(join(tmpdir(), "choices-"));
      try {
        cpSync(examplesFolder, copy, { recursive: true });
        for (const flake of changed) writeFileSync(join(copy, example, flake.flake, "flake.nix"), shown(flake));
        for (const { name } of changed)
          checkEvaluates(
            nix,
            flakesOf(example, copy).find((flake) => flake.name === name)!,
            { from: "stand-ins" },
          );
      } finally {
        rmSync(copy, { recursive: true, force: true });
      }
    });
  }
}

test("a command that names the reader's system names one that the example has", () => {
  let commands = 0;
  for (const path of lessonFiles()) {
    const lesson = readLesson(path);
    for (const { meta, commands: typed } of lesson.blocks) {
      for (const { command } of typed) {
        for (const choices of others) {
          if (inCommand(command, { ...defaults, os: choices.os }, false) === command) continue;
          commands++;
          const example = meta.in ?? lesson.example ?? "";
          const root = flakesOf(example).find(({ flake }) => flake === ".")!;
          const systems = hasOneSystem(textOf(root)) ? [choices.os] : root.promises!.systems;
          expect(systems, `${lesson.file}: ${command}`).toContain(choices.os);
        }
      }
    }
  }
  expect(commands).toBeGreaterThan(10);
});
