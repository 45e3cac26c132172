import assert from "node:assert/strict";
import { test } from "node:test";
import { describePromise, promisedOutputs } from "./example-promises.ts";

test("a promise is told in words, a line for each thing that it says", () => {
  const lines = describePromise({
    name: "contacts@0.1.0",
    mainProgram: "contacts",
    packages: ["python3@3.13", "uv"],
    distributions: ["flask@2.1.2"],
    env: { UV_NO_SYNC: "1", PYTHONPATH: null },
    options: { "languages.python.enable": true },
    shellHook: ["unset PYTHONPATH"],
    on: { "aarch64-darwin": { packages: [] } },
  });
  assert.deepEqual(lines, [
    "`contacts 0.1.0`",
    "`nix run` starts `contacts`",
    "packages: `python3 3.13`, `uv`",
    "Python packages: `flask 2.1.2`",
    "sets `UV_NO_SYNC=1`",
    "`PYTHONPATH` is not set",
    "`languages.python.enable` is `true`",
    "runs `unset PYTHONPATH` on entry",
    "on `aarch64-darwin`: no packages",
  ]);
});

test("an output has the systems of its flake, where it names none of its own", () => {
  const flake = promisedOutputs("14-pinned").get(".");
  const systems = new Map(flake?.outputs.map(({ name, systems: own }) => [name, own]));
  assert.deepEqual(systems.get("overlays.default"), []);
  assert.deepEqual(systems.get("devShells.default"), ["x86_64-linux", "aarch64-linux", "aarch64-darwin"]);
});
