/** The workflows of this repository, as far as they can be judged without the service that runs them. */
import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";

interface Step {
  uses?: string;
  run?: string;
}

interface Workflow {
  name: string;
  on: Record<string, { workflows?: string[] } | null>;
  permissions: Record<string, string>;
  jobs: Record<string, { steps: Step[]; "timeout-minutes": number }>;
}

const root = resolve(import.meta.dirname, "../..");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };
const texts = new Map(
  globSync(".github/workflows/*.yml", { cwd: root }).map((file) => [file, readFileSync(join(root, file), "utf8")]),
);
const workflows = new Map([...texts].map(([file, text]) => [file, parse(text, { strict: true }) as Workflow]));

test("there are workflows for checks, real inputs, locks and the site", () => {
  assert.deepEqual([...workflows.values()].map(({ name }) => name).sort(), [
    "check",
    "publish",
    "real inputs",
    "update locks",
  ]);
});

for (const [file, { on, permissions, jobs }] of workflows)
  test(`${file} pins its actions by hash, names its rights, and runs what there is`, () => {
    for (const [, action = "", rest = ""] of texts.get(file)!.matchAll(/uses: *(\S+)(.*)/g)) {
      assert.match(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
      assert.match(rest, /^ # v\d+\.\d+\.\d+$/, action);
    }
    assert.ok(Object.keys(permissions).length > 0);
    const names = [...workflows.values()].map(({ name }) => name);
    for (const other of on["workflow_run"]?.workflows ?? []) assert.ok(names.includes(other), other);
    for (const { steps, ...job } of Object.values(jobs)) {
      assert.ok(job["timeout-minutes"] > 0);
      for (const { uses, run } of steps) {
        assert.notEqual(uses === undefined, run === undefined);
        for (const [, script = ""] of run?.matchAll(/npm (?:run )?(?!ci)([\w:]+)/g) ?? [])
          assert.ok(script in scripts, `there is no script '${script}'`);
        for (const [, project = ""] of run?.matchAll(/--project=(\w+)/g) ?? [])
          assert.ok(existsSync(join(root, "tests", project)), project);
      }
    }
  });
