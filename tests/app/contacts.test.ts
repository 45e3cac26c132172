import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { suite, test } from "node:test";
import { providePythons } from "../support/provide-flask.ts";

const app = resolve(import.meta.dirname, "../../examples/contacts");
const pythons = providePythons(console.log);

suite("the contacts app", () => {
  for (const { command, env, version } of pythons) {
    test(`passes its own tests on ${version}`, () => {
      console.log(`the contacts app is tested with ${version}`);
      const [program = "", ...args] = command;
      const run = spawnSync(program, [...args, "-m", "unittest", "discover", "tests"], {
        cwd: app,
        encoding: "utf8",
        env: { ...process.env, ...env, PYTHONDONTWRITEBYTECODE: "1" },
      });
      assert.equal(run.status, 0, run.stderr);
      assert.match(run.stderr, /Ran [1-9]\d* tests/);
    });
  }
  test("finds a Python with Flask", { skip: pythons.length > 0 ? false : "skipped: no Python with Flask here" }, () => {
    assert.ok(pythons.length > 0);
  });
});
