import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { evaluate, locked, warningsOf } from "./run-nix.ts";

const may = locked.stable("26.05", "2026-08-20");
const on = (nixpkgs: Parameters<typeof evaluate>[0][string], expression: string) =>
  evaluate({ nixpkgs }, `let pkgs = import nixpkgs { system = "x86_64-linux"; }; inherit (pkgs) lib; in ${expression}`);

test("python3 is the one of the release, on unstable the one of the day", () => {
  const python = "[ pkgs.python3.pythonVersion (pkgs ? python310) ]";
  assert.deepEqual(on(may, python), ["3.13", false]);
  assert.deepEqual(on(locked.stable("25.11", "2026-06-30"), python), ["3.13", true]);
  assert.deepEqual(on(locked.stable("25.05", "2026-01-02"), python), ["3.12", true]);
  assert.deepEqual(on(locked.stable("22.11", "2023-07-03"), python), ["3.10", true]);
  assert.deepEqual(on(locked.unstable("2026-07-05"), python), ["3.13", false]);
  assert.deepEqual(on(locked.unstable("2026-07-08"), python), ["3.14", false]);
});

test("an Intel Mac is warned at 26.05 and refused after it, each only when its packages are asked for", () => {
  const flake = "(import (nixpkgs + /flake.nix)).outputs { self = { }; }";
  const intel = `(${flake}).legacyPackages.x86_64-darwin.hello.name`;
  assert.deepEqual(warningsOf({ nixpkgs: may }, intel), [
    "evaluation warning: Nixpkgs 26.05 will be the last release to support x86_64-darwin; see https://nixos.org/manual/nixpkgs/unstable/release-notes#x86_64-darwin-26.05",
  ]);
  const later = { nixpkgs: locked.unstable("2026-08-16") };
  assert.equal(
    evaluate(later, intel),
    "error: Nixpkgs 26.11 has dropped support for x86_64-darwin.\n\nThe 26.05 stable branch still supports x86_64-darwin, and will\nreceive security fixes until the end of 2026.",
  );
  assert.equal(evaluate(later, `(${flake}).legacyPackages ? x86_64-darwin`), true);
  assert.deepEqual(warningsOf({ nixpkgs: locked.stable("25.11", "2026-06-30") }, intel), []);
});

test("a package that nixpkgs does not have is missing in Nix's own words", () => {
  assert.match(String(on(may, "pkgs.pyhton313")), /^error: attribute 'pyhton313' missing/);
  assert.match(String(on(may, "pkgs.python3.pkgs.flaskk.name")), /^error: attribute 'flaskk' missing/);
});

test("mkShell puts packages, env and other attributes where the real one does", () => {
  const shell = `pkgs.mkShell {
    packages = [ pkgs.hello ];
    inputsFrom = [ (pkgs.mkShell { packages = [ pkgs.uv ]; shellHook = "first"; }) ];
    env.A = "1";
    B = 2;
    shellHook = "second";
  }`;
  assert.deepEqual(
    on(may, `let s = ${shell}; in { inherit (s) name A B shellHook; inputs = map (p: p.pname) s.nativeBuildInputs; }`),
    { name: "nix-shell", A: "1", B: 2, shellHook: "first\nsecond", inputs: ["hello", "uv"] },
  );
  assert.match(String(on(may, "(pkgs.mkShell { env.A = [ ]; }).drvPath")), /The ‘A’ attribute is of type list/);
});

test("an environment holds the packages and what they need, by name", () => {
  const names = on(may, "map (p: p.name) (pkgs.python3.withPackages (ps: [ ps.flask ])).paths");
  assert.deepEqual((names as string[]).map((name) => name.replace(/-[\d.]+$/, "")).sort(), [
    "python3",
    ...["blinker", "click", "flask", "itsdangerous", "jinja2", "markupsafe", "werkzeug"].map((n) => `python3.13-${n}`),
  ]);
});

test("packageOverrides and overlays reach the packages that depend on what they change", () => {
  const change = '(_: prev: { click = prev.click.overridePythonAttrs { version = "0.1"; }; })';
  const version = '(lib.findFirst (p: p.pname == "click") null python.pkgs.flask.dependencies).version';
  const overridden = `let python = pkgs.python313.override { self = python; packageOverrides = ${change}; }; in ${version}`;
  assert.equal(on(may, overridden), "0.1");
  const extended = `let python = (pkgs.extend (_: prev: { pythonPackagesExtensions = prev.pythonPackagesExtensions ++ [ ${change} ]; })).python313; in ${version}`;
  assert.equal(on(may, extended), "0.1");
});

test("a Python package without a format is refused since 25.11", () => {
  const build = 'pkgs.python3.pkgs.buildPythonPackage { pname = "x"; version = "1"; }';
  assert.equal(
    on(may, build),
    "error: python3.13-x-1 does not configure a `format`. To build with setuptools as before, set `pyproject = true` and `build-system = [ setuptools ]`.",
  );
  assert.equal(on(locked.stable("25.05", "2026-01-02"), `(${build}).name`), "python3.12-x-1");
});

test("callPackage names the argument that is missing, and what it could have been", () => {
  assert.match(
    String(on(may, "pkgs.callPackage ({ helo }: helo) { }")),
    /Function called without required argument "helo" at .*, did you mean "hello"/,
  );
});

test("lib's functions give what nixpkgs' own lib gave", () => {
  // Expression by expression, as nix-community/nixpkgs.lib of 2026-06-14 evaluated them.
  const cases = JSON.parse(readFileSync(join(import.meta.dirname, "lib.cases.json"), "utf8")) as Record<
    string,
    unknown
  >;
  const given = on(
    may,
    `let
      fd = { name = "d"; type = "derivation"; outPath = "/o"; };
      value = v: let result = builtins.tryEval (builtins.deepSeq v v); in if result.success then result.value else "<throws>";
    in map value [ ${Object.keys(cases)
      .map((expression) => `(${expression})`)
      .join(" ")} ]`,
  );
  assert.ok(Array.isArray(given), String(given));
  assert.deepEqual(
    Object.fromEntries(Object.keys(cases).map((expression, n) => [expression, given[n] as unknown])),
    cases,
  );
});

test("lib has the members of the groups that it reads late", () => {
  const groups = "{ inherit (lib) asserts debug filesystem modules options optionTypes; }";
  assert.deepEqual(on(may, `builtins.mapAttrs (_: group: removeAttrs group (builtins.attrNames lib)) ${groups}`), {
    asserts: {},
    debug: {},
    filesystem: {},
    modules: {},
    options: {},
    optionTypes: {},
  });
});

test("systems are the four of nix-systems/default", () => {
  assert.deepEqual(evaluate({ systems: locked.systems }, "import systems"), [
    "aarch64-darwin",
    "aarch64-linux",
    "x86_64-darwin",
    "x86_64-linux",
  ]);
});
