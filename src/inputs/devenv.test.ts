import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluate, evaluatePurely, locked } from "./run-nix.ts";

const today = { nixpkgs: locked.stable("26.05", "2026-08-20"), devenv: locked.devenv("2026-08-21") };
const then = { nixpkgs: locked.stable("22.11", "2023-07-03"), devenv: locked.devenv("2023-05-15") };

const shell = (nodes: typeof today, module: string, what: string) =>
  evaluate(
    nodes,
    `let
      pkgs = import nixpkgs { system = "x86_64-linux"; };
      shell = (import (devenv + /lib.nix)).mkShell { inherit pkgs; inputs = { }; modules = [ ${module} ]; };
    in ${what}`,
    { PWD: "/home/snake/contacts" },
  );
const pureShell = (nodes: typeof today, module: string, what: string) =>
  evaluatePurely(
    nodes,
    `(devenv.lib.mkShell {
      pkgs = nixpkgs.legacyPackages.x86_64-linux;
      inputs = { inherit nixpkgs; };
      modules = [ ${module} ];
    }).${what}`,
  );

test("without a working directory the shell is refused, in the words of its time", () => {
  assert.equal(
    pureShell(today, "{ }", "drvPath"),
    "error: Failed assertions:\n- devenv was not able to determine the current directory.\n\n  See https://devenv.sh/guides/using-with-flakes/ how to use it with flakes.",
  );
  assert.equal(
    pureShell(then, "{ }", "drvPath"),
    "error: devenv was not able to determine the current directory.\nMake sure Nix runs with the `--impure` flag.\n\nSee https://devenv.sh/guides/using-with-flakes/",
  );
});

test("a root that is written down needs no working directory", () => {
  assert.equal(pureShell(today, '{ devenv.root = "/srv/app"; }', "DEVENV_STATE"), "/srv/app/.devenv/state");
});

test("an option that devenv never had does not exist, and today's nixpkgs names its neighbours", () => {
  const wrong = "{ languages.python.virtualenv.enable = true; }";
  const words =
    "error: The option `languages.python.virtualenv' does not exist. Definition values:\n- In `<unknown-file>':\n    {\n      enable = true;\n    }";
  assert.equal(shell(then, wrong, "shell.drvPath"), words);
  assert.equal(
    shell(today, wrong, "shell.drvPath"),
    `${words}\n\nDid you mean \`languages.python.venv', \`languages.python.version' or \`languages.python.directory'?`,
  );
});

test("options are there from the day on that devenv added them", () => {
  const option = (day: string, module: string) =>
    shell({ ...then, devenv: locked.devenv(day) }, module, "builtins.isString shell.drvPath");
  const requirements =
    '{ languages.python.enable = true; languages.python.venv = { enable = true; requirements = "flask"; }; }';
  assert.match(String(option("2023-06-05", requirements)), /`languages.python.venv.requirements' does not exist/);
  assert.equal(option("2023-06-06", requirements), true);
  assert.equal(option("2023-01-15", "{ languages.python.enable = true; languages.python.venv.enable = true; }"), true);
  assert.match(String(option("2026-01-10", "{ languages.python.lsp.enable = false; }")), /lsp' does not exist/);
});

test("a value of the wrong type is refused with type and value", () => {
  assert.equal(
    shell(today, '{ languages.python.enable = "yes"; }', "shell.drvPath"),
    "error: A definition for option `languages.python.enable' is not of type `boolean'. Definition values:\n- In `<unknown-file>': \"yes\"",
  );
  assert.match(
    String(shell(today, '{ packages = [ "hello" ]; }', "shell.drvPath")),
    /^error: A definition for option `packages\."\[definition \d-entry 1\]"' is not of type `package'\./,
  );
});

test("a version of Python needs an input, and the error says which lines to add", () => {
  assert.match(
    String(shell(today, '{ languages.python = { enable = true; version = "3.11"; }; }', "shell.drvPath")),
    /^error: To use 'languages\.python\.version', Add the following to flake\.nix:\n\ninputs\.nixpkgs-python\.url = "github:cachix\/nixpkgs-python";\ninputs\.nixpkgs-python\.inputs = \{ nixpkgs\.follows = "nixpkgs"; \};/,
  );
});

test("Python, its language server, processes and the user's own packages come in devenv's order", () => {
  const module = "{ languages.python.enable = true; languages.python.venv.enable = true; packages = [ pkgs.hello ]; }";
  assert.deepEqual(
    shell(
      today,
      module,
      "{ packages = map (p: (builtins.parseDrvName p.name).name) shell.config.packages; tasks = builtins.attrNames shell.config.tasks; }",
    ),
    {
      packages: ["process-compose", "python3", "pyright", "hello", "pkg-config-wrapper"],
      tasks: [
        "devenv:container:copy",
        "devenv:enterShell",
        "devenv:enterTest",
        "devenv:files",
        "devenv:files:cleanup",
        "devenv:python:virtualenv",
      ],
    },
  );
});

test("modules set defaults, force values and see one another's options", () => {
  const modules = `
    ({ lib, ... }: { languages.python.enable = lib.mkDefault true; name = lib.mkForce "forced"; })
    ({ config, lib, ... }: { packages = lib.mkIf config.languages.python.enable [ pkgs.git ]; name = "other"; })
    { languages.python.lsp.enable = false; }
  `;
  assert.deepEqual(
    shell(today, modules, "[ shell.name (builtins.any (p: p.name == pkgs.git.name) shell.config.packages) ]"),
    ["forced", true],
  );
});

test("an option that is known by name only is refused in words", () => {
  assert.match(
    String(shell(today, "{ services.postgres.enable = true; }", "shell.drvPath")),
    /knows `services\.postgres' by name only/,
  );
});
