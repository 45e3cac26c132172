import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluate, locked } from "./run-nix.ts";

const nodes = {
  nixpkgs: locked.stable("26.05", "2026-08-20"),
  systems: locked.systems,
  utils: locked.flakeUtils,
};
const on = (expression: string) =>
  evaluate(
    nodes,
    `let
      lib = ((import (utils + "/flake.nix")).outputs { self = { }; inherit systems; }).lib;
      pkgs = import nixpkgs { system = "x86_64-linux"; };
      others = builtins.mapAttrs (_: by: removeAttrs by [ builtins.currentSystem ]);
      names = builtins.mapAttrs (_: drv: drv.pname);
    in ${expression}`,
  );

test("each system gets what the function gives, under its own name, and nothing is forced", () => {
  assert.deepEqual(on('others (lib.eachSystem [ "a" "b" ] (system: { packages.default = system; }))'), {
    packages: { a: { default: "a" }, b: { default: "b" } },
  });
  assert.deepEqual(on('builtins.attrNames (lib.eachSystem [ "a" ] (_: { packages = throw "never"; }))'), ["packages"]);
});

test("where the machine's own system is known, with --impure, it comes in too", () => {
  assert.equal(
    on('(lib.eachSystem [ "a" ] (system: { p = system; })).p.${builtins.currentSystem} == builtins.currentSystem'),
    true,
  );
});

test("the default systems are those of nix-systems/default, Intel Macs among them", () => {
  assert.deepEqual(on("builtins.attrNames (lib.eachDefaultSystem (_: { p = 1; })).p"), [
    "aarch64-darwin",
    "aarch64-linux",
    "x86_64-darwin",
    "x86_64-linux",
  ]);
});

test("an output without systems becomes one with systems, unless it is passed through", () => {
  const outputs = '[ "a" "b" ] (system: { overlays.default = 1; })';
  assert.deepEqual(on(`others (lib.eachSystem ${outputs})`), { overlays: { a: { default: 1 }, b: { default: 1 } } });
  assert.deepEqual(on(`lib.eachSystemPassThrough ${outputs}`), { overlays: { default: 1 } });
});

test("a misspelt system is a missing attribute", () => {
  assert.equal(on("lib.system.aarch64-linux"), "aarch64-linux");
  assert.match(String(on("lib.system.aarch64_linux")), /^error: attribute 'aarch64_linux' missing/);
});

test("trees are flattened where nixpkgs says so, and packages filtered by system", () => {
  const tree = "{ a = pkgs.hello; deep = { recurseForDerivations = true; b = pkgs.jq; }; flat.c = pkgs.jq; d = 1; }";
  assert.deepEqual(on(`names (lib.flattenTree ${tree})`), { a: "hello", "deep/b": "jq" });
  const packages =
    '{ a = pkgs.hello; b = pkgs.hello // { meta.platforms = [ "aarch64-linux" ]; }; c = pkgs.hello // { meta.broken = true; }; }';
  assert.deepEqual(on(`names (lib.filterPackages "x86_64-linux" ${packages})`), { a: "hello" });
});

test("an app runs the program named as the package", () => {
  assert.match(String(on("(lib.mkApp { drv = pkgs.hello; }).program")), /-hello-[\d.]+\/bin\/hello$/);
  assert.match(String(on('(lib.mkApp { drv = pkgs.hello; name = "hi"; }).program')), /\/bin\/hi$/);
});

test("simpleFlake shows an overlay's packages and shell for every system", () => {
  assert.deepEqual(
    on(`let f = lib.simpleFlake {
      self = { };
      inherit nixpkgs;
      name = "mine";
      systems = [ "x86_64-linux" ];
      overlay = final: prev: { mine = { greeter = final.hello; devShell = final.jq; }; };
    }; in [ (builtins.attrNames f) (names f.legacyPackages.x86_64-linux) f.devShell.x86_64-linux.pname ]`),
    [["devShell", "legacyPackages"], { greeter: "hello", devShell: "jq" }, "jq"],
  );
});
