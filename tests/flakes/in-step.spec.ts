/** The examples that keep requirements.txt in step notice, while they are evaluated, when it is not, and name the package. */
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import { bringOutOfStep, outOfStep } from "../support/out-of-step.ts";
import { provideNix } from "../support/provide-nix.ts";
import { checkEvaluates } from "./checks.ts";
import { exampleNames, flakesOf } from "./examples.ts";

test.describe.configure({ mode: "parallel" });

const nix = provideNix();
const flakes = exampleNames()
  .flatMap((example) => flakesOf(example))
  .filter(({ folder, flake }) => flake === "." && existsSync(join(folder, "in-step.nix")));

test("there are examples with such a check", () => {
  expect(flakes.map(({ example }) => example)).toContain("19-in-step");
});

for (const flake of flakes) {
  for (const each of outOfStep) {
    test(`${flake.name}: is noticed when ${each.change}`, () => {
      const scratch = mkdtempSync(join(tmpdir(), "in-step-"));
      try {
        const folder = join(scratch, flake.example);
        cpSync(flake.folder, folder, { recursive: true });
        bringOutOfStep(folder, each);
        expect(() => checkEvaluates(nix, { ...flake, folder }, { from: "stand-ins" })).toThrow(each.answer);
      } finally {
        rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
      }
    });
  }
}
