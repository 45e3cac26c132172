/**
 * `npm run test:inputs -- DIR` checks the examples with source trees from DIR in the place of stand-ins: `DIR/devenv`,
 * `DIR/nixpkgs`, named as the inputs are, or `DIR/devenv@REV` for the locks that name this revision; any subset. `npm run
 * test:real` does it with what the locks name, which needs a network; `npm run test:real -- --kept` with what `npm run
 * inputs` has kept. All print for each example and check which inputs were real. With trees, our evaluator runs too: it must
 * find the same as real Nix in all that promises speak of.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { checkEvaluates, checkOurs, checkPromises, type CheckResult, type Inputs } from "../flakes/checks.ts";
import { exampleNames, flakesOf, type ExampleFlake } from "../flakes/examples.ts";
import { forget, note, words, writeRecord } from "../flakes/record.ts";
import { runNix } from "../support/nix-run.ts";
import { replacedInputs, type ReplacedInput } from "../support/override-inputs.ts";
import { provideNix } from "../support/provide-nix.ts";
import { keptInputs } from "./locked-inputs.ts";

const nix = provideNix(console.log);
const flakes = exampleNames()
  .flatMap((example) => flakesOf(example))
  .filter(({ onDisk }) => onDisk);
const state = resolve(import.meta.dirname, "../../.cache/inputs-state");
mkdirSync(state, { recursive: true });
/** The hash of each tree, by its folder. */
const hashes = new Map<string, string>();
/** @param possible whether there is anything to check with; else it was said already. */
function run(inputs: Inputs, possible: boolean): void {
  if (!possible) return;
  const checks = {
    evaluates: checkEvaluates,
    promises: checkPromises,
    ...(inputs.from === "trees" ? { ours: checkOurs } : {}),
  };
  let passed = 0;
  let failed = 0;
  for (const flake of flakes) {
    for (const [name, check] of Object.entries(checks) as [keyof typeof checks, typeof checkEvaluates][]) {
      try {
        const result = check(nix, flake, inputs);
        console.log(`ok    ${flake.name}: ${name}: ${whichInputs(inputs, result)}`);
        if (name !== "ours" && isNews(inputs, result)) note(nix, flake, name, result, isLocked);
        passed++;
      } catch (error) {
        if (name !== "ours") forget(flake, name, "real");
        console.log(`FAIL  ${(error as Error).message}\n      ${plannedInputs(inputs, flake)}`);
        failed++;
      }
    }
  }
  writeRecord();
  console.log(`${passed} passed, ${failed} failed, with Nix ${nix.version}`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** A run with stand-ins only says nothing that the flakes suite does not say. */
const isNews = (inputs: Inputs, { replaced }: CheckResult) =>
  inputs.from === "locked" || replaced.some((input) => input.kind === "tree" && isLocked(input));

function whichInputs(inputs: Inputs, { replaced }: CheckResult): string {
  if (inputs.from === "locked") return words.real;
  const trees = replaced.filter(({ kind }) => kind === "tree");
  const others = replaced.filter(({ kind }) => kind !== "tree").map(({ path }) => path);
  const word = trees.length === replaced.length && trees.every(isLocked) ? words.real : words.standIns;
  const names = trees.map((input) => `${input.path} (${isLocked(input) ? "as locked" : "not as locked"})`);
  return `${word}; trees: ${names.join(", ") || "none"}; stand-ins: ${others.join(", ") || "none"}`;
}

/** What a failed check was tried with. */
function plannedInputs(inputs: Inputs, flake: ExampleFlake): string {
  if (inputs.from !== "trees") return "";
  try {
    return whichInputs(inputs, { replaced: replacedInputs(join(flake.folder, flake.flake), inputs.folder) });
  } catch (error) {
    return (error as Error).message;
  }
}

/** Whether a tree is, byte for byte, what the lock names. */
function isLocked({ folder, node }: ReplacedInput): boolean {
  let hash = hashes.get(folder);
  if (hash === undefined) {
    hash = runNix(nix, state, ["hash", "path", folder], { cwd: folder }).stdout.trim();
    hashes.set(folder, hash);
  }
  return hash === node.locked?.["narHash"];
}

function treesIn(folder: string): boolean {
  if (!existsSync(folder)) return fail(`'${folder}' does not exist`);
  const known = new Set(flakes.flatMap((flake) => Object.keys(lockOf(flake).nodes)));
  const trees = readdirSync(folder).filter((name) => known.has(name.replace(/@.*/, "")) || name.startsWith("sha256-"));
  if (trees.length > 0) return true;
  return fail(`'${folder}' has no folder named as an input: expected some of ${[...known].sort().join(", ")}`);
}

/** Whether one locked input can be fetched. */
function reachable(): boolean {
  const nodes = flakes.flatMap((flake) => Object.values(lockOf(flake).nodes));
  // The smallest one that there is: nix-systems has one file.
  const node = nodes.find(({ locked }) => locked?.["owner"] === "nix-systems") ?? nodes.find(({ locked }) => locked);
  const { owner, repo, rev } = node?.locked ?? {};
  const reference = `github:${owner}/${repo}/${rev}`;
  const { status, stderr } = runNix(nix, state, ["flake", "prefetch", "--refresh", reference], { cwd: state });
  if (status === 0) return true;
  return fail(
    `'${reference}' cannot be fetched, so no locked input can: nothing was checked. This needs a network.\n${stderr}`,
  );
}

function lockOf(flake: ExampleFlake) {
  const file = join(flake.folder, flake.flake, "flake.lock");
  return JSON.parse(readFileSync(file, "utf8")) as { nodes: Record<string, { locked?: Record<string, string> }> };
}

function fail(message: string): false {
  console.error(message);
  process.exitCode = 1;
  return false;
}

const [argument, option] = process.argv.slice(2);

if (argument === "--locked" && option === "--kept")
  run({ from: "trees", folder: keptInputs, state }, treesIn(keptInputs));
else if (argument === "--locked") run({ from: "locked", state }, reachable());
else if (argument === undefined)
  fail("usage: npm run test:inputs -- DIR, where DIR holds source trees named as inputs are");
else run({ from: "trees", folder: resolve(argument), state }, treesIn(resolve(argument)));
