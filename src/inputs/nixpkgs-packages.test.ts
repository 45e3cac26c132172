import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluate, locked, warningsOf } from "./run-nix.ts";

const may = locked.stable("26.05", "2026-08-20");
const on = (expression: string, config = "{ }") =>
  evaluate(
    { nixpkgs: may },
    `let pkgs = import nixpkgs { system = "x86_64-linux"; config = ${config}; }; inherit (pkgs) lib; ps = pkgs.python313.pkgs; in ${expression}`,
  );

test("overrideAttrs extends the attributes, so that what was computed from a changed one follows", () => {
  const made = '(pkgs.stdenv.mkDerivation (final: { pname = "x"; version = "1"; url = final.version; }))';
  assert.deepEqual(on(`let x = ${made}.overrideAttrs { version = "2"; }; in [ x.name x.url ]`), ["x-2", "2"]);
  assert.deepEqual(
    on(`(${made}.overrideAttrs (final: prev: { version = "3"; a = final.url + prev.version; })).a`),
    "31",
  );
});

test("a new version without a new source is warned of, in nixpkgs' words, unless it is meant", () => {
  const change = (more: string) =>
    `((import nixpkgs { system = "x86_64-linux"; }).python313.pkgs.flask.overrideAttrs { version = "2.1.2"; ${more} }).name`;
  const [warning] = warningsOf({ nixpkgs: may }, change(""));
  assert.match(
    warning ?? "",
    /^evaluation warning: python3\.13-flask-\S+ was overridden with `version` but not `src` at /,
  );
  assert.deepEqual(warningsOf({ nixpkgs: may }, change("__intentionallyOverridingVersion = true;")), []);
});

test("overridePythonAttrs changes what the package was built with, also after overrideAttrs", () => {
  const flask = `(ps.flask.overrideAttrs { A = "1"; }).overridePythonAttrs (old: { version = "2.1.2"; dependencies = [ ps.click ]; })`;
  assert.deepEqual(on(`let f = ${flask}; in [ f.name f.A (map (d: d.pname) f.dependencies) ]`), [
    "python3.13-flask-2.1.2",
    "1",
    ["click"],
  ]);
});

test("a package gets nixpkgs' hooks for its format, and an output for its wheel", () => {
  const names = (more: string) =>
    on(`let p = ps.buildPythonPackage { pname = "x"; version = "1"; ${more} };
      in [ p.outputs (map (d: d.pname or d.name) p.nativeBuildInputs) ]`) as [string[], string[]];
  const [outputs, hooks] = names("pyproject = true; build-system = [ ps.flit-core ];");
  assert.deepEqual(outputs, ["out", "dist"]);
  assert.ok(hooks.includes("pypa-build-hook.sh") && hooks.at(-1) === "flit-core", hooks.join(" "));
  assert.deepEqual(names("pyproject = false;")[0], ["out"]);
  assert.ok(!names("pyproject = false;")[1].includes("pypa-build-hook.sh"));
});

test("an application is no module, and a library made into one loses its prefix", () => {
  assert.deepEqual(on("let p = ps.toPythonApplication ps.flask; in [ p.name (p.pythonModule == false) ]"), [
    `flask-${String(on("ps.flask.version"))}`,
    true,
  ]);
  const app =
    'ps.buildPythonApplication { pname = "x"; version = "1"; pyproject = true; dependencies = [ ps.flask ]; }';
  assert.deepEqual(on(`let x = ${app}; in [ x.name (x ? pythonModule) ]`), ["x-1", false]);
});

test("packages of another Python are left out of an environment, and refused in a package", () => {
  assert.deepEqual(on("map (p: p.name) (pkgs.python313.withPackages (_: [ pkgs.python314.pkgs.six ])).paths"), [
    on("pkgs.python313.name"),
  ]);
  const mixed = `(ps.buildPythonPackage { pname = "x"; version = "1"; pyproject = true; dependencies = [ pkgs.python314.pkgs.six ]; }).drvPath`;
  assert.match(String(on(mixed)), /^error: Python version mismatch in 'python3\.13-x-1':/);
});

test("what is disabled for this Python is refused when it is used", () => {
  const disabled =
    'ps.buildPythonPackage { pname = "x"; version = "1"; pyproject = true; disabled = ps.pythonOlder "3.14"; }';
  assert.equal(on(`(${disabled}).drvPath`), "error: x-1 not supported for interpreter python3.13");
});

test("unfree packages are refused in nixpkgs' words, until the configuration allows them", () => {
  const cuda = "pkgs.cudaPackages.cuda_nvcc.drvPath";
  const refusal = String(on(cuda));
  assert.match(
    refusal,
    /^error: Refusing to evaluate package 'cuda12\.9-cuda_nvcc-[\d.]+' in .* because it has an unfree license \(‘CUDA EULA’\)\n/,
  );
  assert.match(refusal, /\$ export NIXPKGS_ALLOW_UNFREE=1/);
  assert.match(String(on(cuda, "{ allowUnfree = true; }")), /\.drv$/);
  const named = '{ allowUnfreePredicate = pkg: builtins.elem (pkg.pname) [ "cuda_nvcc" ]; }';
  assert.match(String(on(cuda, named)), /\.drv$/);
  assert.match(String(on("ps.torch.drvPath")), /\.drv$/);
  assert.match(String(on("ps.torch.drvPath", "{ cudaSupport = true; }")), /unfree license/);
});

test("broken packages, and those for other systems, are refused", () => {
  const made = (meta: string) => `(pkgs.stdenv.mkDerivation { name = "x"; meta = { ${meta} }; }).drvPath`;
  assert.match(String(on(made("broken = true;"))), /because it has problems:\n {2}- broken: This package is broken\./);
  assert.match(String(on(made("platforms = lib.platforms.darwin;"))), /is not available on the requested hostPlatform/);
  assert.match(String(on(made("broken = true;"), "{ allowBroken = true; }")), /\.drv$/);
});

test("fetchPypi names PyPI's file; the hash alone decides the path", () => {
  const hash = "sha256-XbvGizF+XkLzJ/kCF2NUXcP8O/4i5t65aq8fw4h0FWo=";
  const source = `pkgs.fetchPypi { pname = "itsdangerous"; version = "2.1.2"; hash = "${hash}"; }`;
  assert.deepEqual(on(`let s = ${source}; in [ s.name s.url s.outputHash ]`), [
    "itsdangerous-2.1.2.tar.gz",
    "mirror://pypi/i/itsdangerous/itsdangerous-2.1.2.tar.gz",
    hash,
  ]);
  assert.equal(on('(pkgs.fetchPypi { pname = "x"; version = "1"; }).outputHash'), on("lib.fakeHash"));
  assert.match(
    String(on('(pkgs.fetchurl { hash = "x"; }).name')),
    /fetchurl requires either `url` or `urls` to be set/,
  );
  assert.match(
    String(on('(pkgs.fetchurl { url = "https://e.org/x"; hash = "a"; sha256 = "b"; }).drvPath')),
    /multiple hashes passed to fetchurl/,
  );
});
