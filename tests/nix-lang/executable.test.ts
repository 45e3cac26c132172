import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { dist } from "../support/built-site.ts";

const bundle = join(dist, "cli/flakes.mjs");

/** What Node 22.0 does not have yet. */
const old = "data:text/javascript,import m from 'module';delete process.getBuiltinModule;delete m.enableCompileCache";

function run(stdin: string, flags: string[] = [], env: Record<string, string> = {}) {
  assert.ok(existsSync(bundle), "there is no bundle: run 'npm run build' first");
  const args = [...flags, bundle, "nix-instantiate", "--eval", "-"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    input: stdin,
    encoding: "utf8",
    timeout: 60_000,
    killSignal: "SIGKILL",
    env: { PATH: process.env["PATH"], ...env },
  });
  return { status, stdout, stderr };
}

const sum = (depth: number) => `let f = n: if n == 0 then 0 else 1 + f (n - 1); in builtins.trace "once" (f ${depth})`;

describe("the bundled command line", () => {
  test("runs under the first Node 22", () => {
    const text = 'builtins.hashString "sha256" "a"';
    const given = run(text, ["--import", old]);
    assert.deepEqual(given, run(text));
    assert.equal(given.stdout, '"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"\n');
  });

  test("a file without stand-ins is refused in words", () => {
    for (const file of ["/nowhere.json", import.meta.filename, "/dev/null"]) {
      const { status, stderr } = run("1", [], { FLAKES_STAND_INS: file });
      assert.equal(status, 1);
      assert.match(stderr, /^error: the file of FLAKES_STAND_INS cannot be read: .*\n$/);
    }
  });

  test("calls nest as deep as in Nix, and what was written before the stack was full is not written again", () => {
    assert.deepEqual(run(sum(9990)), { status: 0, stdout: "9990\n", stderr: "trace: once\n" });
    const { status, stderr } = run(sum(10_010));
    assert.equal(status, 1);
    assert.match(stderr, /^trace: once\n.*error: stack overflow; max-call-depth exceeded\n/s);
    assert.equal(stderr.split("trace: once").length, 2);
  });

  test("takes 100,000 brackets", () => {
    const brackets = (open: string, inside: string, close: string) =>
      run(open.repeat(100_000) + inside + close.repeat(100_000));
    assert.deepEqual(brackets("(", "1", ")"), { status: 0, stdout: "1\n", stderr: "" });
    assert.deepEqual(brackets("[", "", "]"), { status: 0, stdout: "[ <CODE> ]\n", stderr: "" });
  });
});
