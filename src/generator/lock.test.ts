import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { composeLock, type LockedInput, type RecordedName } from "./lock.ts";
import file from "./locks/recorded.json" with { type: "json" };

const examples = join(import.meta.dirname, "../../examples");

interface Lock {
  nodes: Record<
    string,
    { locked?: unknown; original?: { repo?: string; ref?: string }; inputs?: Record<string, unknown> }
  >;
}

/** The recorded input that a node of an example's lock is, where it is the same revision. */
function recordedFor(node: Lock["nodes"][string] | undefined): RecordedName | undefined {
  const same = Object.entries(file).find(([, each]) => JSON.stringify(each.locked) === JSON.stringify(node?.locked));
  return same?.[0] as RecordedName | undefined;
}

test("a composed lock is the one that Nix wrote for the same inputs", () => {
  let compared = 0;
  for (const example of readdirSync(examples).filter((name) => /^\d\d-[^.]*$/.test(name))) {
    const lock = JSON.parse(readFileSync(join(examples, example, "flake.lock"), "utf8")) as Lock;
    const inputs = Object.entries(lock.nodes["root"]?.inputs ?? {}).map(
      ([name, target]) => [name, Array.isArray(target) ? target : recordedFor(lock.nodes[String(target)])] as const,
    );
    if (inputs.some(([, input]) => input === undefined)) continue;
    const composed = JSON.parse(composeLock(Object.fromEntries(inputs) as Record<string, LockedInput>)) as Lock;
    assert.deepEqual(composed, lock, example);
    compared++;
  }
  assert.ok(compared >= 5, `only ${compared} examples lock the recorded revisions`);
});

test("two inputs of the same name have numbered nodes, the first one in the order of names without", () => {
  const lock = JSON.parse(
    composeLock({ nixpkgs: "nixpkgs-26.05", devenv: "devenv", "flake-parts": "flake-parts" }),
  ) as Lock;
  assert.deepEqual(lock.nodes["root"]?.inputs, {
    devenv: "devenv",
    "flake-parts": "flake-parts_2",
    nixpkgs: "nixpkgs",
  });
  assert.equal(lock.nodes["devenv"]?.inputs?.["flake-parts"], "flake-parts");
});
