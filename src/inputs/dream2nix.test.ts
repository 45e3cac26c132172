import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { LockNode } from "./index.ts";
import { evaluate } from "./run-nix.ts";

const scratch = mkdtempSync(join(tmpdir(), "dream2nix-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

const reference = (owner: string, repo: string) => ({ type: "github", owner, repo });
const nodes: Record<string, LockNode> = {
  // The last release that takes a source archive without a format for setuptools'.
  nixpkgs: { locked: { ...reference("NixOS", "nixpkgs"), lastModified: Date.parse("2025-05-01") / 1000 } },
  dream2nix: { original: reference("nix-community", "dream2nix") },
};

const source = (name: string, version = "1.0", file = `${name}-${version}-py3-none-any.whl`) => ({
  is_direct: false,
  type: "url",
  url: `https://files.pythonhosted.org/packages/${file}`,
  sha256: "0".repeat(64),
  version,
});
/** What dream2nix remembers in a lock of the question that it answers: a digest of its settings, as JSON with sorted keys. */
const digest = (requirementsList: string[]) =>
  createHash("sha256")
    .update(
      JSON.stringify({
        pip: {
          pipFlags: [],
          pipVersion: "24.0",
          pypiSnapshotDate: null,
          pythonVersion: ["3", "13"],
          requirementsFiles: [],
          requirementsList,
        },
      }),
    )
    .digest("hex");
const lock = (targets: object = { b: ["c"], c: [] }, extra: object = {}) => ({
  fetchPipMetadata: {
    sources: { b: source("b"), c: source("c", "2.0", "c-2.0.tar.gz"), app: source("app") },
    targets: { default: targets, ...extra },
  },
  invalidationHash: digest(["b==1.0"]),
});

const asked = 'pip.requirementsList = [ "b==1.0" ];';
const flat = `${asked} pip.flattenDependencies = true;`;

/** What an expression gives for a package `it`, of a project with this lock (none where it is undefined). */
function inProject(content: object | undefined, module: string, expression: string, system = "x86_64-linux"): unknown {
  const folder = mkdtempSync(join(scratch, "project-"));
  if (content !== undefined) writeFileSync(join(folder, `lock.${system}.json`), JSON.stringify(content));
  return evaluate(
    nodes,
    `let
      lib = import (nixpkgs + "/lib");
      d2n = (import (dream2nix + "/flake.nix")).outputs { self = d2n // { inputs = { }; }; nixpkgs = { inherit lib; }; };
      pkgs = import nixpkgs { system = "${system}"; };
      base = { dream2nix, ... }: {
        imports = [ dream2nix.modules.dream2nix.pip ];
        name = "app";
        version = "1.0";
        deps = { nixpkgs, ... }: { python = nixpkgs.python313; };
        mkDerivation.src = ${folder};
        paths = { projectRoot = ${folder}; projectRootFile = "flake.nix"; package = ${folder}; };
      };
      make = args: d2n.lib.evalModules ({ packageSets.nixpkgs = pkgs; modules = [ base ({ config, lib, ... }: { ${module} }) ]; } // args);
      it = make { };
      names = map (drv: drv.name);
    in ${expression}`,
  );
}

test("each locked package becomes a package, and depends on what the lock says", () => {
  const names = inProject(
    lock(),
    flat,
    `{
      it = [ it.name it.version ];
      root = names it.config.mkDerivation.propagatedBuildInputs;
      b = names it.config.pip.drvs.b.mkDerivation.propagatedBuildInputs;
      sources = map (n: it.config.pip.drvs.\${n}.mkDerivation.src.name) [ "b" "c" ];
      formats = map (n: it.config.pip.drvs.\${n}.buildPythonPackage.format) [ "b" "c" ];
      lock = it.lock.name;
    }`.replaceAll("\\$", "$"),
  );
  assert.deepEqual(names, {
    it: ["app", "1.0"],
    root: ["python3.13-b-1.0", "python3.13-c-2.0"],
    b: ["python3.13-c-2.0"],
    sources: ["b-1.0-py3-none-any.whl", "c-2.0.tar.gz"],
    formats: ["wheel", null],
    lock: "refresh",
  });
});

test("the root takes all that is locked, or what the lock lists for it; the other setting is refused", () => {
  const roots = (content: object, module: string) =>
    inProject(content, module, "builtins.attrNames it.config.pip.rootDependencies");
  const rooted = { app: ["b"], b: ["c"], c: [] };
  assert.deepEqual(roots(lock(), flat), ["b", "c"]);
  assert.deepEqual(roots(lock(rooted), asked), ["b"]);
  assert.equal(
    roots(lock(), asked),
    "error: Top-level package app is not listed in the lockfile.\nSet `pip.flattenDependencies` to true to use all dependencies for the top-level package.",
  );
  assert.equal(
    roots(lock(rooted), flat),
    "error: Top-level package app is listed in the lockfile.\nSet `pip.flattenDependencies` to false to use only the top-level dependencies.",
  );
});

test("extras are further targets of the lock, and ignored dependencies are left out", () => {
  const of = (module: string) =>
    inProject(
      lock({ b: [], c: [] }, { fast: { b: ["c"] } }),
      `${flat} ${module}`,
      "map names [ it.config.pip.drvs.b.mkDerivation.propagatedBuildInputs it.config.mkDerivation.propagatedBuildInputs ]",
    );
  const [b, c] = ["python3.13-b-1.0", "python3.13-c-2.0"];
  assert.deepEqual(of(""), [[], [b, c]]);
  assert.deepEqual(of('pip.buildExtras = [ "fast" ];'), [[c], [b, c]]);
  assert.deepEqual(of('pip.ignoredDependencies = [ "c" ];'), [[], [b]]);
});

test("a build dependency is no runtime dependency", () => {
  const found = inProject(
    lock(),
    `${flat} pip.buildDependencies.c = true;`,
    `{ run = names it.config.mkDerivation.propagatedBuildInputs; build = builtins.elem "python3.13-c-2.0" (map (d: d.name or "") it.config.mkDerivation.buildInputs); }`,
  );
  assert.deepEqual(found, { run: ["python3.13-b-1.0"], build: true });
});

test("overrides are modules, for one dependency or for all", () => {
  const found = inProject(
    lock(),
    `${flat}
      pip.overrides.c.buildPythonPackage.pyproject = true;
      pip.overrides.c.mkDerivation.postPatch = "true";
      pip.overrideAll.mkDerivation.doCheck = true;`,
    "map (d: [ d.buildPythonPackage.pyproject d.buildPythonPackage.format d.mkDerivation.postPatch d.mkDerivation.doCheck ]) [ it.config.pip.drvs.b it.config.pip.drvs.c ]",
  );
  assert.deepEqual(found, [
    [null, "wheel", null, true],
    [true, null, "true", true],
  ]);
});

test("a lock that is missing, out of step or of another system is refused, only when something of it is needed", () => {
  const head = (content: object | undefined, module: string, what: string, system?: string) =>
    String(inProject(content, module, what, system)).replace(/nix-build \/nix\/store\/\S+/, "nix-build …");
  const needs = "it.drvPath";
  const hint =
    "\n\nTo create or update the lock file, run:\n\n  bash -c $(nix-build … --no-link)/bin/refresh\n\nAlternatively `nix run` the .lock attribute of your package.";
  const file = "error: The lock file ./lock.x86_64-linux.json\n  for drv-parts module 'app' ";
  assert.equal(head(undefined, flat, needs), `${file}is missing.${hint}`);
  assert.equal(head(lock(), flat.replace("b==1.0", "b==1.1"), needs), `${file}is outdated.${hint}`);
  assert.equal(head({ ...lock(), invalidationHash: undefined }, flat, needs), `${file}is outdated.${hint}`);
  assert.equal(
    head({ invalidationHash: digest(["b==1.0"]) }, flat, needs),
    `${file}does not contain field \`fetchPipMetadata\`.${hint}`,
  );
  assert.match(head(undefined, flat, "[ it.name it.lock.name ]"), /^app,refresh$/);
});

test("unknown options and wrong types are refused in nixpkgs' words", () => {
  const head = (module: string) => String(inProject(lock(), `${flat} ${module}`, "it.drvPath")).split("\n")[0];
  assert.equal(
    head('pip.requirements = "x";'),
    "error: The option `pip.requirements' does not exist. Definition values:",
  );
  assert.equal(
    head("mkDerivation.installPhse = 1;"),
    "error: The option `mkDerivation.installPhse' does not exist. Definition values:",
  );
  assert.match(
    head("buildPythonPackage.pyproject = 1;"),
    /^error: A definition for option `buildPythonPackage\.pyproject' is not of type `null or boolean'/,
  );
  assert.equal(head('env.buildPhase = "x";'), "error: Error while evaluating definitions for derivation app");
});

test("raw gives the evaluation itself, and a package can be extended by modules", () => {
  const found = inProject(
    lock(),
    flat,
    `[ (make { raw = true; }).config.pip.requirementsList
       (it.extendModules { modules = [ { version = lib.mkForce "2.0"; } ]; }).config.public.version ]`,
  );
  assert.deepEqual(found, [["b==1.0"], "2.0"]);
});

test("a folder of packages becomes a set of packages", () => {
  const folder = mkdtempSync(join(scratch, "packages-"));
  writeFileSync(
    join(folder, "one"),
    '{ dream2nix, ... }: { imports = [ dream2nix.modules.dream2nix.mkDerivation ]; name = "one"; version = "1"; }',
  );
  const found = inProject(
    undefined,
    "",
    `builtins.mapAttrs (_: p: [ p.name p.config.paths.package ]) (d2n.lib.importPackages {
      projectRoot = "${scratch}"; projectRootFile = "flake.nix"; packagesDir = "${folder}"; packageSets.nixpkgs = pkgs;
    })`,
  );
  assert.deepEqual(found, { one: ["one", `./${folder.slice(scratch.length + 1)}/one`] });
});
