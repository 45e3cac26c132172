import assert from "node:assert/strict";
import { test } from "node:test";
import { makeWorkspace } from "./build/evaluate.ts";
import { inside, reading } from "./flake-outputs.ts";
import { inputGraph } from "./input-graph.ts";
import { lockState } from "./lock-state.ts";
import type { LockState, OutputNode } from "./messages.ts";
import { readOutput } from "./output-tree.ts";

const workspace = makeWorkspace();
const rev = "0123456789abcdef0123456789abcdef01234567";
const original = { type: "github", owner: "nix-systems", repo: "default" };
const nothing = { type: "github", owner: "nobody", repo: "nothing" };
const systems = { original, locked: { ...original, rev, lastModified: 1, narHash: `sha256-${"A".repeat(43)}=` } };

/** The outputs `lib.*` with their values or errors, what is said of the lock, and which inputs are not to be had. */
function see(files: Readonly<Record<string, string>>) {
  workspace.set(1, { files, recorded: [systems] });
  const opened = workspace.get(1);
  const lib = inside(opened, () => readOutput(opened.outputs, ["lib"], reading(opened, true)));
  const read = ({ attribute, value, failure }: OutputNode) => [attribute, value ?? failure?.message];
  return {
    lib: Object.fromEntries((lib.children ?? []).map(read)),
    lock: opened.locked.changed ? lockState(opened) : ({ inStep: true } as LockState),
    missing: inputGraph(opened).nodes.filter(({ key, hasStandIn }) => key !== "root" && !hasStandIn),
  };
}

const refusal = (reference: string) =>
  `fetching '${reference}' is not supported here: nothing is fetched, and no stand-in is known`;

test("an input that no lock names and that is not to be had is named; what does without it is shown, what uses it fails", () => {
  const one =
    '{ inputs.other.url = "github:nobody/nothing"; outputs = { other, ... }: { lib = { plain = 1; used = other.lib.x; }; }; }';
  const { lib, lock, missing } = see({ "flake.nix": one });
  assert.equal(lib["plain"], "1");
  assert.equal(lib["used"], refusal("github:nobody/nothing"));
  assert.match(String(lock.refusal), /requires lock file changes but they're not allowed/);
  assert.deepEqual(lock.missing, ["github:nobody/nothing"]);
  // What it would be locked to nobody knows: there is nothing to lock again with.
  assert.deepEqual([lock.inStep, lock.text], [false, undefined]);
  // It is to be had as soon as it is recorded.
  workspace.set(1, { files: { "flake.nix": one }, recorded: [{ ...systems, original: nothing }] });
  assert.equal(lockState(workspace.get(1)).missing, undefined);
  assert.deepEqual(
    missing.map(({ key }) => key),
    ["other"],
  );
});

test("so are one whose flake stands in a folder of its repository, and one that is a plain tree", () => {
  const { lib, lock } = see({
    "flake.nix": `{
      inputs.inner.url = "github:nobody/else?dir=flakes/inner";
      inputs.inner.inputs.systems.follows = "systems";
      inputs.tree = { url = "github:nobody/else"; flake = false; };
      inputs.systems.url = "github:nix-systems/default";
      inputs.below.follows = "inner/other";
      outputs = { inner, tree, systems, below, ... }: {
        lib = {
          plain = builtins.length (import systems);
          used = inner.lib.x;
          read = builtins.readFile "\${tree}/a.txt";
          under = below.x;
        };
      };
    }`,
  });
  assert.deepEqual(lib, {
    plain: "4",
    used: refusal("github:nobody/else"),
    read: refusal("github:nobody/else"),
    under: "input 'below' follows a non-existent input 'inner/other'",
  });
  assert.deepEqual(lock.missing, ["github:nobody/else"]);
  assert.equal(lock.text, undefined);
});

test("an input that is locked, and has no stand-in, hinders nothing but what uses it", () => {
  const locked = { ...systems.locked, ...nothing };
  const { lib, lock } = see({
    "flake.nix":
      '{ inputs.other.url = "github:nobody/nothing"; outputs = { other, ... }: { lib = { plain = 1; used = other.x; }; }; }',
    "flake.lock": JSON.stringify({
      nodes: { other: { locked, original: nothing }, root: { inputs: { other: "other" } } },
      root: "root",
      version: 7,
    }),
  });
  assert.equal(lib["plain"], "1");
  assert.match(String(lib["used"]), new RegExp(`^fetching 'github:nobody/nothing/${rev}.*' is not supported here`));
  assert.equal(lock.inStep, true);
});

test("an input that is renamed is locked again to what was recorded, and is in step then", () => {
  const flake = (name: string) =>
    `{ inputs.${name}.url = "github:nix-systems/default"; outputs = { ${name}, ... }: { lib.count = builtins.length (import ${name}); }; }`;
  const first = see({ "flake.nix": flake("systems") });
  assert.ok(first.lock.text !== undefined && first.lock.missing === undefined);
  assert.equal(first.lib["count"], "4");
  const renamed = see({ "flake.nix": flake("platforms"), "flake.lock": first.lock.text });
  assert.match(String(renamed.lock.difference), /Added input 'platforms'[^]*Removed input 'systems'/);
  assert.equal(renamed.lib["count"], "4");
  const again = see({ "flake.nix": flake("platforms"), "flake.lock": renamed.lock.text! });
  assert.deepEqual([again.lock.inStep, again.lib["count"]], [true, "4"]);
});
