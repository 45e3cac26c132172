import assert from "node:assert/strict";
import { test } from "node:test";
import { standInFor } from "./index.ts";
import { locked } from "./run-nix.ts";

const release = (node: Parameters<typeof standInFor>[0]) => {
  const facts = standInFor(node)?.facts;
  return [facts?.["release"], facts?.["pre"]];
};

test("a branch of nixpkgs names its release", () => {
  assert.deepEqual(release(locked.stable("26.05", "2026-08-20")), ["26.05", false]);
  assert.deepEqual(release(locked.stable("22.11", "2023-07-03")), ["22.11", false]);
});

test("unstable is the release that it will become, by the day of its revision", () => {
  assert.deepEqual(release(locked.unstable("2026-05-01")), ["26.05", true]);
  assert.deepEqual(release(locked.unstable("2026-08-16")), ["26.11", true]);
  assert.deepEqual(release(locked.unstable("2026-12-01")), ["27.05", true]);
});

test("owner and repository decide in any spelling, also for a registry's short name and devenv's own nixpkgs", () => {
  const folder = (original: Record<string, unknown>) => standInFor({ original })?.folder;
  assert.equal(folder({ type: "github", owner: "nixos", repo: "Nixpkgs" }), "nixpkgs");
  assert.equal(folder({ type: "github", owner: "cachix", repo: "devenv-nixpkgs", ref: "rolling" }), "nixpkgs");
  assert.equal(folder({ type: "indirect", id: "nixpkgs" }), "nixpkgs");
  assert.equal(folder({ type: "indirect", id: "flake-utils" }), "flake-utils");
  assert.equal(folder({ type: "github", owner: "nix-community", repo: "nixpkgs.lib" }), "nixpkgs");
  assert.equal(folder({ type: "github", owner: "hercules-ci", repo: "flake-parts" }), "flake-parts");
  assert.equal(folder({ type: "github", owner: "cachix", repo: "devenv" }), "devenv");
  assert.equal(folder({ type: "github", owner: "nix-systems", repo: "default" }), "systems");
});

test("an input with 'flake = false' gets a plain tree, without facts", () => {
  const original = { type: "github", owner: "bigskysoftware", repo: "contact-app" };
  assert.deepEqual(standInFor({ original, flake: false }), { folder: "contact-app" });
  assert.equal(standInFor({ original }), undefined);
});

test("what has no stand-in gets none, nor does a tree that is known as a flake only", () => {
  assert.equal(standInFor({ original: { type: "github", owner: "someone", repo: "nixpkgs" } }), undefined);
  assert.equal(standInFor({ original: { type: "path", path: "/x" } }), undefined);
  assert.equal(standInFor({ ...locked.systems, flake: false }), undefined);
  assert.equal(standInFor({}), undefined);
});

test("the facts carry day, revision and branch of the lock", () => {
  const facts = standInFor(locked.stable("26.05", "2026-08-20"))?.facts;
  assert.deepEqual(facts, {
    release: "26.05",
    pre: false,
    date: Date.parse("2026-08-20") / 1000,
    day: "2026-08-20",
    rev: "0".repeat(40),
    ref: "nixos-26.05",
  });
});

test("pyproject.nix is found under both of its owners", () => {
  const folder = (owner: string, repo: string) => standInFor({ original: { type: "github", owner, repo } })?.folder;
  assert.equal(folder("pyproject-nix", "pyproject.nix"), "pyproject-nix");
  assert.equal(folder("nix-community", "pyproject.nix"), "pyproject-nix");
  assert.equal(folder("pyproject-nix", "uv2nix"), "uv2nix");
  assert.equal(folder("pyproject-nix", "build-system-pkgs"), "build-system-pkgs");
});
