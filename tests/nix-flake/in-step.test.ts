import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, describe, test } from "node:test";
import { bringOutOfStep, outOfStep } from "../support/out-of-step.ts";
import { overrideInputs } from "../support/override-inputs.ts";
import { provideNix } from "../support/provide-nix.ts";
import { runBoth } from "./run-both.ts";

const nix = provideNix();
const skip = nix.recorded ? false : `our evaluator has the messages of Nix 2.34, not of ${nix.version}`;
const example = resolve(import.meta.dirname, "../../examples/19-in-step");
const state = mkdtempSync(join(tmpdir(), "nix-in-step-"));
after(() => rmSync(state, { recursive: true, force: true, maxRetries: 3 }));

/** The error itself: what stands behind its traces. */
const last = (stderr: string) => stderr.slice(stderr.lastIndexOf("error:")).trim();

function check(folder: string) {
  const args = ["flake", "check", "--no-build", "--quiet", "--no-write-lock-file", `path:${folder}`];
  return runBoth(nix, state, [...args, ...overrideInputs(folder)], folder);
}

describe("lesson 19's check answers in our evaluator what it answers in real Nix", () => {
  test("nothing, as long as requirements.txt and uv.lock are in step", { skip }, () => {
    const { ours, real } = check(example);
    assert.equal(real.status, 0, real.stderr);
    assert.equal(ours.status, 0, ours.stderr);
  });

  for (const each of outOfStep) {
    test(`${each.answer}`, { skip }, () => {
      const folder = join(state, each.change.replaceAll(" ", "-"));
      cpSync(example, folder, { recursive: true });
      bringOutOfStep(folder, each);
      const { ours, real } = check(folder);
      assert.equal(real.status, 1, real.stderr);
      assert.equal(ours.status, 1, ours.stderr);
      assert.ok(last(real.stderr).includes(each.answer), real.stderr);
      assert.equal(last(ours.stderr), last(real.stderr));
    });
  }
});
