/** Real Nix reads the project itself as a flake: what Git tracks of it, with stand-ins for its inputs. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { runNix, type NixResult } from "../support/nix-run.ts";
import { overrideInputs } from "../support/override-inputs.ts";
import { copyProject } from "../support/project-copy.ts";
import { provideNix } from "../support/provide-nix.ts";
import { allExamples, exampleOnDisk, filesBelow } from "./served.ts";

const nix = provideNix();
const scratch = mkdtempSync(join(tmpdir(), "root-flake-"));
let project: string;
let standIns: string[];

before(() => {
  project = copyProject();
  rmSync(join(project, "node_modules"), { recursive: true });
  execFileSync("git", ["init", "-q"], { cwd: project });
  execFileSync("git", ["add", "-A"], { cwd: project });
  standIns = ["--offline", "--no-write-lock-file", ...overrideInputs(project)];
});
after(() => {
  for (const folder of [project, scratch]) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

const run = (args: string[], cwd = project): NixResult => runNix(nix, join(scratch, "state"), args, { cwd });

function succeed(args: string[], cwd?: string): string {
  const { status, stdout, stderr } = run(args, cwd);
  assert.equal(status, 0, `nix ${args.join(" ")}:\n${stderr}`);
  return stdout;
}

test("the project's lock file is complete", () => {
  succeed(["flake", "metadata", "--json", "--no-update-lock-file", "--offline"]);
});

test("the project offers each example as a template, and a shell on every system", () => {
  succeed(["flake", "check", "--no-build", "--all-systems", ...standIns]);
  const shown = JSON.parse(succeed(["flake", "show", "--json", "--all-systems", ...standIns])) as {
    templates: Record<string, { description: string }>;
    devShells: Record<string, unknown>;
  };
  assert.deepEqual(Object.keys(shown.templates), [...allExamples(), "default"]);
  assert.equal(shown.templates["04-every-system"]?.description, "every system");
  assert.deepEqual(Object.keys(shown.devShells), ["aarch64-darwin", "aarch64-linux", "x86_64-linux"]);
});

test("a template of the project gives its example, from a folder and from a Git repository", () => {
  for (const [kind, reference] of [
    ["folder", `path:${project}`],
    ["repository", `git+file://${project}`],
  ] as const) {
    const made = join(scratch, kind);
    mkdirSync(made);
    succeed(["flake", "init", "-t", `${reference}#15-uv2nix`, "--offline"], made);
    assert.deepEqual(filesBelow(made), exampleOnDisk("15-uv2nix"));
  }
});

test("the project's check names a template that has lost its lock", () => {
  const lock = join(project, "examples/09-venv-shell-hook/flake.lock");
  renameSync(lock, `${lock}.away`);
  const { status, stderr } = run(["flake", "check", "--no-build", ...standIns]);
  renameSync(`${lock}.away`, lock);
  assert.equal(status, 1);
  assert.match(stderr, /templates are not complete:\n\s*examples\/09-venv-shell-hook\/flake\.lock/);
});
