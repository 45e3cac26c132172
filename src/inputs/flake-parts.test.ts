import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluate, locked } from "./run-nix.ts";

const nodes = { nixpkgs: locked.stable("26.05", "2026-08-20"), parts: locked.flakeParts };

/** `flake module` is what a flake of flake-parts has as outputs; its inputs are nixpkgs, a small flake and a plain tree. */
const on = (expression: string) =>
  evaluate(
    nodes,
    `let
      pkgs-flake = (import (nixpkgs + "/flake.nix")).outputs { self = { }; } // { _type = "flake"; outPath = "/nixpkgs"; };
      parts-flake = (import (parts + "/flake.nix")).outputs { self = parts-flake; nixpkgs-lib = pkgs-flake; };
      small = { _type = "flake"; outPath = "/small"; packages.x86_64-linux.tool = pkgs-flake.legacyPackages.x86_64-linux.jq; };
      inputs = { nixpkgs = pkgs-flake; inherit small; tree.outPath = "/tree"; };
      flake = module: let
        self = parts-flake.lib.mkFlake { inputs = inputs // { inherit self; }; } { imports = [ two module ]; } // { _type = "flake"; outPath = "/self"; inherit inputs; };
      in self;
      two.systems = [ "x86_64-linux" "aarch64-darwin" ];
      perSystem = module: flake { perSystem = module; };
      inherit (pkgs-flake) lib;
    in ${expression}`,
  );

test("perSystem's attributes become outputs by system; the others stand under flake", () => {
  assert.deepEqual(
    on(`let f = flake {
      perSystem = { pkgs, config, self', inputs', system, ... }: {
        packages = { default = pkgs.hello; again = self'.packages.default; third = config.packages.default; };
        legacyPackages.jq = inputs'.nixpkgs.legacyPackages.jq;
        devShells.default = pkgs.mkShell { name = system; };
        apps.default.program = pkgs.hello;
        formatter = pkgs.nixfmt;
      };
      flake = { lib.answer = 42; overlays.default = final: prev: { }; };
    }; in [
      (builtins.attrNames f.packages)
      (builtins.mapAttrs (_: p: p.pname) f.packages.x86_64-linux)
      f.devShells.aarch64-darwin.default.name
      f.legacyPackages.x86_64-linux.jq.pname
      (lib.hasSuffix "/bin/hello" f.apps.x86_64-linux.default.program)
      f.formatter.x86_64-linux.pname
      f.lib.answer
    ]`),
    [
      ["aarch64-darwin", "x86_64-linux"],
      { default: "hello", again: "hello", third: "hello" },
      "aarch64-darwin",
      "jq",
      true,
      "nixfmt",
      42,
    ],
  );
});

test("a system is evaluated when one of its outputs is asked for", () => {
  const other =
    '(perSystem ({ system, pkgs, ... }: if system == "x86_64-linux" then { packages.a = pkgs.hello; } else throw "other"))';
  assert.equal(on(`${other}.packages.x86_64-linux.a.pname`), "hello");
  assert.match(String(on(`${other}.packages.aarch64-darwin.a.pname`)), /^error: other/);
});

test("the top level reaches into a system by withSystem, getSystem and moduleWithSystem", () => {
  const own = "perSystem = { pkgs, ... }: { packages.a = pkgs.hello; };";
  assert.equal(
    on(
      `(flake ({ withSystem, ... }: { ${own} flake.x = withSystem "x86_64-linux" ({ config, system, ... }: config.packages.a.pname + system); })).x`,
    ),
    "hellox86_64-linux",
  );
  assert.equal(
    on(`(flake ({ getSystem, ... }: { ${own} flake.x = (getSystem "aarch64-linux").packages.a.pname; })).x`),
    "hello",
  );
  assert.equal(
    on(`(flake ({ moduleWithSystem, ... }: {
      ${own}
      flake.x = (lib.evalModules { modules = [
        { _module.args.system = "x86_64-linux"; }
        (moduleWithSystem (perSystem@{ config }: { options.it = lib.mkOption { default = perSystem.config.packages.a.pname; }; }))
      ]; }).config.it;
    })).x`),
    "hello",
  );
});

test("what belongs to the top level is refused inside perSystem, with the way out", () => {
  const use = (name: string) =>
    on(`(perSystem ({ ${name}, ... }: { packages.a = ${name}.x; })).packages.x86_64-linux.a`);
  assert.match(
    String(use("self")),
    /^error: `self` \(without `'`\) is not a `perSystem` module argument, but a\nmodule argument of the top level config\./,
  );
  assert.match(
    String(use("withSystem")),
    /^error: `withSystem` is not a `perSystem` module argument, but a module argument of\nthe top level config\./,
  );
});

test("an input without the system, without the output, or without a flake is named", () => {
  const use = (path: string, system = "x86_64-linux") =>
    String(on(`(perSystem ({ inputs', ... }: { packages.a = inputs'.${path}; })).packages.${system}.a.pname`));
  assert.equal(use("small.packages.tool"), "jq");
  assert.match(
    use("small.packages.tool", "aarch64-darwin"),
    /Attempt to access packages\.aarch64-darwin of flake \/small, but it does not have it\./,
  );
  assert.match(
    use("nixpkgs.packages.jq"),
    /does not have attribute packages\.\nIt does define legacyPackages; try that instead\?/,
  );
  assert.match(use("tree.packages.x"), /but this input is not a flake\. Perhaps flake = false was added/);
});

test("unknown options and wrong types are refused in the module system's words", () => {
  assert.match(
    String(on("(perSystem { devShell = 1; }).packages.x86_64-linux")),
    /^error: The option `perSystem\.x86_64-linux\.devShell' does not exist\./,
  );
  assert.match(
    String(on('(perSystem { packages.a = "x"; }).packages.x86_64-linux.a')),
    /^error: A definition for option `perSystem\.x86_64-linux\.packages\.a' is not of type `package'/,
  );
  assert.match(
    String(on("(flake { imports = [ { flake.x.a = 1; } { flake.x.b = 1; } ]; }).x")),
    /No option has been declared for this flake output attribute/,
  );
  assert.match(
    String(on('(perSystem { imports = [ { _class = "nixos"; } ]; }).packages.x86_64-linux')),
    /\(class: "nixos"\) cannot be imported into a module evaluation that expects class "perSystem"/,
  );
});

test("mkFlake wants the inputs, all of them", () => {
  assert.match(
    String(on("parts-flake.lib.mkFlake { } { }")),
    /^error: When invoking flake-parts, you must pass in the flake output arguments\./,
  );
  assert.match(
    String(on("(parts-flake.lib.mkFlake { inputs = { }; } ({ self, ... }: { systems = [ ]; flake.x = self; })).x")),
    /^error: When invoking flake-parts, you must pass all the flake output arguments,\nand not just `self\.inputs`\./,
  );
});

test("modules add options to perSystem, and outputs of their own", () => {
  const module = `{ flake-parts-lib, lib, ... }: {
    imports = [ (flake-parts-lib.mkTransposedPerSystemModule { name = "images"; file = "images.nix"; option = lib.mkOption { type = lib.types.lazyAttrsOf lib.types.package; default = { }; }; }) ];
    options.perSystem = flake-parts-lib.mkPerSystemOption ({ config, pkgs, ... }: {
      options.greeting = lib.mkOption { type = lib.types.str; default = "hello"; };
      config.images.\${config.greeting} = pkgs.hello;
    });
    config.perSystem = { system, lib, ... }: { greeting = lib.mkIf (system == "x86_64-linux") "hi"; };
  }`;
  assert.deepEqual(on(`builtins.mapAttrs (_: builtins.attrNames) (flake (${module})).images`), {
    "aarch64-darwin": ["hello"],
    "x86_64-linux": ["hi"],
  });
});

test("touchup hides outputs and changes them; easyOverlay makes an overlay", () => {
  const packages = "perSystem = { pkgs, ... }: { packages = { a = pkgs.hello; b = pkgs.jq; }; };";
  assert.deepEqual(
    on(`let f = flake {
      imports = [ parts-flake.flakeModules.touchup ];
      touchup = { any.enable = lib.mkDefault false; attr.packages = { enable = true; any.attr.b.enable = false; }; };
      ${packages}
    }; in builtins.mapAttrs (_: builtins.attrNames) f.packages // { rest = f ? devShells; }`),
    { "aarch64-darwin": ["a"], "x86_64-linux": ["a"], rest: false },
  );
  assert.equal(
    on(`let f = flake {
      imports = [ parts-flake.flakeModules.easyOverlay ];
      perSystem = { pkgs, ... }: { overlayAttrs.mine = pkgs.hello; };
    }; in (pkgs-flake.legacyPackages.x86_64-linux.extend f.overlays.default).mine.pname`),
    "hello",
  );
});
