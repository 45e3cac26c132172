/** A second build, in another folder, gives what the first gave: pages, programs, repositories and archives. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dist } from "../support/built-site.ts";
import { copyProject } from "../support/project-copy.ts";
import { filesBelow } from "./served.ts";

test("building again, elsewhere, gives the same bytes", { timeout: 300_000 }, () => {
  assert.ok(existsSync(dist), "there is no first build: run 'npm run build'");
  const copy = copyProject();
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--run", "build"], {
      cwd: copy,
      encoding: "utf8",
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: "1" },
      timeout: 280_000,
      killSignal: "SIGKILL",
    });
    assert.equal(status, 0, `${stdout}${stderr}`);
    const [first, second] = [filesBelow(dist), filesBelow(join(copy, "dist"))];
    assert.deepEqual(Object.keys(second).sort(), Object.keys(first).sort());
    assert.deepEqual(
      Object.keys(first).filter((path) => !first[path]!.equals(second[path]!)),
      [],
    );
  } finally {
    rmSync(copy, { recursive: true, force: true, maxRetries: 3 });
  }
});
