/** CONTRIBUTING.md, followed to the letter: a new lesson builds and passes its checks before a word of it is edited. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { copyProject, root } from "../support/project-copy.ts";
import { provideNix } from "../support/provide-nix.ts";

const lesson = "77-new-idea";
let copy: string;

before(() => {
  copy = copyProject();
  cpSync(join(root, "tests"), join(copy, "tests"), { recursive: true });
});
after(() => rmSync(copy, { recursive: true, force: true, maxRetries: 3 }));

/** What the command printed, with the project's own programs on `PATH`, as npm has them. */
function run(command: string): { status: number | null; output: string } {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: [join(root, "node_modules/node/bin"), join(root, "node_modules/.bin"), process.env["PATH"]].join(":"),
    NIX_BIN: provideNix().bin,
    ASTRO_TELEMETRY_DISABLED: "1",
  };
  delete env["NODE_TEST_CONTEXT"];
  const { status, stdout, stderr } = spawnSync("sh", ["-c", command], {
    cwd: copy,
    encoding: "utf8",
    env,
    timeout: 240_000,
    killSignal: "SIGKILL",
  });
  return { status, output: stdout + stderr };
}

test("the commands of CONTRIBUTING.md make a lesson that builds and passes its checks", () => {
  const guide = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
  const [, block = ""] = /```sh\n(npm run new-lesson[^`]*)```/.exec(guide) ?? [];
  const commands = block.trim().split("\n");
  assert.equal(commands.length, 4, "the guide has a block that starts with the new lesson");
  for (const command of commands) {
    const { status, output } = run(command.replaceAll("NN slug", "77 new-idea").replaceAll("NN-slug", lesson));
    assert.equal(status, 0, `${command}\n${output}`);
    if (command.includes("playwright"))
      for (const check of ["complete", "lock", "evaluates", "promises"])
        assert.match(output, RegExp(`✓.*${lesson}: ${check}`));
    if (command.includes("transcripts")) assert.match(output, /1 of 1 terminal blocks run|recorded with/);
  }
  assert.match(readFileSync(join(copy, "dist/lessons/new-idea/index.html"), "utf8"), /<h1>New idea<\/h1>/);
  assert.ok(existsSync(join(copy, `dist/examples/${lesson}.git/info/refs`)));
  assert.ok(existsSync(join(copy, `dist/examples/${lesson}/index.html`)));
});

test("a number that is taken, and a name that is none, are refused", () => {
  const [taken, bad] = [run("npm run new-lesson -- 04 mine"), run("npm run new-lesson -- 9 'My Lesson'")];
  assert.equal(taken.status, 1);
  assert.match(taken.output, /error: the number 04 is taken by '04-every-system/);
  assert.equal(bad.status, 1);
  assert.match(bad.output, /error: expected a number of two digits/);
});
