import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { FlakeFiles, OutputNode } from "../../src/runtime/messages.ts";
import { exampleFlakes, openEvaluator, type EvaluatorGlobals } from "../support/evaluator.ts";
import { overrideInputs } from "../support/override-inputs.ts";
import { provideNix } from "../support/provide-nix.ts";
import { runNix } from "../support/nix-run.ts";
import { walk } from "../support/walk-outputs.ts";
import { expect, test } from "./fixtures.ts";

/** The page's globals, for functions that run in it. */
declare const client: EvaluatorGlobals["client"];
declare const flake: EvaluatorGlobals["flake"];

/** A tree in the form of `nix flake show --json`. */
function asShown(nodes: readonly OutputNode[]): unknown {
  return Object.fromEntries(nodes.map((node) => [node.attribute, shownNode(node)]));
}

const otherTypes: Readonly<Record<string, string>> = {
  overlay: "nixpkgs-overlay",
  module: "nixos-module",
  configuration: "nixos-configuration",
};

function shownNode({ kind, name, description, children, path, value }: OutputNode): unknown {
  if (children !== undefined) return asShown(children);
  switch (kind) {
    case "package":
    case "development environment":
    case "derivation":
      return { description: description ?? "", name, type: "derivation" };
    case "app":
      return { ...(description === undefined ? {} : { description }), type: "app" };
    case "template":
      return { description, type: "template" };
    case "unread":
    case "error":
      // Nix does not read these unless it is asked to.
      if (kind === "unread" && path[0] === "legacyPackages") return {};
      throw new Error(`${path.join(".")} is ${kind}: ${value}`);
    default:
      return { type: otherTypes[kind] ?? "unknown" };
  }
}

/** A set of packages that holds itself has no end. */
const walkAll = `outputs: (${walk}) (removeAttrs outputs [ "legacyPackages" ])`;

test.describe("an example gives in the worker what it gives in real Nix", () => {
  const nix = provideNix();
  test.skip(!nix.recorded, `the evaluator has the outputs of Nix 2.34, not of ${nix.version}`);
  const state = mkdtempSync(join(tmpdir(), "worker-"));
  test.afterAll(() => rmSync(state, { recursive: true, force: true, maxRetries: 3 }));

  for (const { name, example, folder, source } of exampleFlakes())
    test(`${name}: outputs and derivations`, async ({ page }) => {
      const place = resolve(import.meta.dirname, "../../examples", example, folder);
      const inputs = ["--quiet", "--impure", "--no-write-lock-file", ...overrideInputs(place)];
      const real = (...args: string[]) => {
        const { status, stdout, stderr } = runNix(nix, state, [...args, ...inputs], { cwd: place });
        expect(status, stderr).toBe(0);
        return stdout.replaceAll(`${join(state, "store")}/nix/store/`, "/nix/store/");
      };
      // Shells of devenv look where they stand.
      const here = { ...source, impure: { PWD: place } };
      // What is compared here is the answer, not how soon a busy machine has it.
      await openEvaluator(page, { timeLimit: 100_000 });
      const given = await page.evaluate(
        async ([source, walk]) => {
          const cwd = source.folder ? `${source.root}/${source.folder}` : source.root!;
          const argv = ["nix", "flake", "show", "--json", "--all-systems", "--impure"];
          const shown = await client.command(source, { argv, cwd, env: source.impure! });
          const tree = await flake.evaluate(source, { allSystems: true });
          return { shown, tree, derivations: await flake.apply(walk) };
        },
        [here, walkAll] as [FlakeFiles, string],
      );
      const expected = real("flake", "show", "--json", "--all-systems", `path:${place}`);
      expect(given.shown).toMatchObject({ status: "ok", value: { status: 0, stdout: expected } });
      if (given.tree.status !== "ok") throw new Error(JSON.stringify(given.tree));
      expect(asShown(given.tree.value.outputs)).toEqual(JSON.parse(expected));
      const kinds = Object.keys(JSON.parse(expected) as object).filter((kind) => kind !== "legacyPackages");
      if (given.derivations.status !== "ok") throw new Error(JSON.stringify(given.derivations));
      const derivations = JSON.parse(given.derivations.value) as Record<string, unknown>;
      // Nix shows no empty ones.
      expect(Object.keys(derivations)).toEqual(expect.arrayContaining(kinds));
      // The worker names an input's tree by the lock's hash, as it is called at the reader's; what stands in for it in real
      // Nix has a hash of its own. It shows where a derivation holds the path of a tree.
      // The dot before the kind: else Nix looks for it in `legacyPackages` first.
      for (const kind of kinds.filter((each) => !(name === "11-flake-false" && each === "packages")))
        expect(derivations[kind], kind).toEqual(
          JSON.parse(real("eval", "--json", `path:${place}#.${kind}`, "--apply", walk)),
        );
    });
});
