/** Real Nix checks every flake of every example. Each test is one example x check. */
import { test } from "playwright/test";
import { provideNix } from "../support/provide-nix.ts";
import { checkEvaluates, checkLock, checkPromises, type CheckResult } from "./checks.ts";
import { exampleNames, flakesOf, type ExampleFlake } from "./examples.ts";
import { forget, note, writeRecord, type CheckName } from "./record.ts";

test.describe.configure({ mode: "parallel" });

const nix = provideNix();
const checks: Record<CheckName, (flake: ExampleFlake) => CheckResult> = {
  lock: (flake) => checkLock(nix, flake),
  evaluates: (flake) => checkEvaluates(nix, flake, { from: "stand-ins" }),
  promises: (flake) => checkPromises(nix, flake, { from: "stand-ins" }),
};

for (const example of exampleNames()) {
  for (const flake of flakesOf(example)) {
    for (const [name, check] of Object.entries(checks) as [CheckName, (flake: ExampleFlake) => CheckResult][]) {
      test(`${flake.name}: ${name}`, () => {
        forget(flake, name, name === "lock" ? "real" : "stand-ins");
        note(nix, flake, name, check(flake));
      });
    }
  }
}

test.afterAll(() => {
  writeRecord();
});
