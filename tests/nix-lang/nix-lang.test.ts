import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, describe, test } from "node:test";
import { provideNix } from "../support/provide-nix.ts";
import { caseNames, folders, type CaseRun } from "./case-run.ts";
import { runOurs } from "./ours.ts";
import { runReal } from "./real.ts";

const nix = provideNix();
const skip = nix.recorded ? false : `the cases hold the words of another Nix than ${nix.version}`;
const state = mkdtempSync(join(tmpdir(), "nix-lang-"));
after(() => rmSync(state, { recursive: true, force: true }));

/** Throws where a run is not what was recorded. */
function check(folder: string, name: string, run: CaseRun): void {
  const read = (ending: string) => readFileSync(join(folder, name + ending), "latin1");
  if (/^(eval|parse)-fail/.test(name)) {
    assert.equal(run.stderr, read(".err.exp"));
    assert.equal(run.status, 1);
  } else {
    assert.equal(run.stdout, read(".exp"), run.stderr);
    assert.equal(run.status, 0);
  }
}

async function runAll(folder: string) {
  const names = existsSync(folder) ? caseNames(folder) : [];
  const ours = await runOurs(folder, names);
  if (skip !== false) return { folder, names, ours, real: new Map<string, CaseRun>() };
  // Nix shows no line of a file that it reached through a symbolic link, so `lib` must be a folder.
  const copy = join(state, basename(folder));
  cpSync(folder, copy, { recursive: true, filter: (path) => path !== join(folder, "lib") });
  cpSync(join(folders.cases, "lib"), join(copy, "lib"), { recursive: true, verbatimSymlinks: true });
  return { folder, names, ours, real: await runReal(nix.bin, copy, names, state) };
}

const passing = await runAll(folders.cases);
const failing = await runAll(folders.notYetPassing);

describe("language cases give in our evaluator what was recorded with real Nix", () => {
  for (const name of passing.names) test(name, () => check(passing.folder, name, passing.ours.get(name)!));
});

describe("language cases give in the real Nix at hand what was recorded", () => {
  for (const { folder, names, real } of [passing, failing])
    for (const name of names) test(name, { skip }, () => check(folder, name, real.get(name)!));
});

describe("language cases whose output was recorded have the warnings and traces of real Nix too", () => {
  for (const name of passing.names.filter((one) => !one.includes("-fail-")))
    test(name, { skip }, () => assert.equal(passing.ours.get(name)!.stderr, passing.real.get(name)!.stderr));
});

describe("language cases that are known to fail do not pass yet; one that does is to be moved to cases/", () => {
  for (const name of failing.names)
    test(name, () => assert.throws(() => check(failing.folder, name, failing.ours.get(name)!), { code: "ERR_ASSERTION" }));
});
