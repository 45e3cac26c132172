import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { checkOurs } from "../flakes/checks.ts";
import { exampleNames, flakesOf } from "../flakes/examples.ts";
import { overrideInputs } from "../support/override-inputs.ts";
import { provideNix } from "../support/provide-nix.ts";
import { walk } from "../support/walk-outputs.ts";
import { runBoth } from "./run-both.ts";

const nix = provideNix();
const skip = nix.recorded ? false : `our evaluator has the outputs of Nix 2.34, not of ${nix.version}`;
const state = mkdtempSync(join(tmpdir(), "nix-flake-"));
after(() => rmSync(state, { recursive: true, force: true, maxRetries: 3 }));

const flakes = exampleNames()
  .flatMap((example) => flakesOf(example))
  .filter(({ onDisk }) => onDisk);

describe("the examples give in our evaluator what they give in real Nix", () => {
  for (const flake of flakes) {
    const { name } = flake;
    const folder = join(flake.folder, flake.flake);
    // Shells of devenv look where they stand.
    const inputs = () => ["--quiet", "--impure", "--no-write-lock-file", ...overrideInputs(folder)];

    test(`${name}: 'nix flake show --json --all-systems'`, { skip }, () => {
      const args = ["flake", "show", "--json", "--all-systems", `path:${folder}`, ...inputs()];
      const { ours, real } = runBoth(nix, state, args, folder);
      assert.equal(real.status, 0, real.stderr);
      assert.equal(ours.stdout, real.stdout, ours.stderr);
      assert.equal(ours.stderr, real.stderr);
    });

    test(`${name}: all that its promises speak of`, { skip }, () => {
      checkOurs(nix, flake, { from: "stand-ins" });
    });

    test(`${name}: the path of each derivation`, { skip }, () => {
      const shown = runBoth(nix, state, ["flake", "show", "--json", `path:${folder}`, ...inputs()], folder);
      // A set of packages that holds itself has no end.
      const kinds = Object.keys(JSON.parse(shown.real.stdout) as object).filter((kind) => kind !== "legacyPackages");
      assert.notEqual(kinds.length, 0);
      for (const kind of kinds) {
        const args = ["eval", "--json", `path:${folder}#.${kind}`, "--apply", walk, ...inputs()];
        const { ours, real } = runBoth(nix, state, args, folder);
        assert.equal(real.status, 0, real.stderr);
        assert.equal(ours.stdout, real.stdout, ours.stderr);
      }
    });
  }
});

describe("what is said of a flake is in our command line what real Nix says", () => {
  const [flake] = flakes.filter(({ name }) => name.includes("flake-utils"));
  const folder = join(flake!.folder, flake!.flake);

  test("'nix flake metadata' has the fingerprint and all inputs", { skip }, () => {
    for (const more of [[], ["--json"]]) {
      const args = ["flake", "metadata", "--offline", ...more, `path:${folder}`];
      const { ours, real } = runBoth(nix, state, args, folder);
      assert.equal(real.status, 0, real.stderr);
      assert.deepEqual(ours, real);
    }
  });

  test("'nix flake check' says that all passed", { skip }, () => {
    const inputs = ["--no-write-lock-file", ...overrideInputs(folder)];
    const args = ["flake", "check", "--no-build", `path:${folder}`, ...inputs];
    const { ours, real } = runBoth(nix, state, args, folder);
    assert.match(real.stderr, /^all checks passed!$/m);
    assert.deepEqual(ours, real);
  });
});
