/** Poetry itself judges the example's `poetry.lock`. It needs no network for that. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, suite, test } from "node:test";
import { debianPython, type PythonCommand } from "../support/debian-python.ts";

const example = resolve(import.meta.dirname, "../../examples/16-poetry2nix");
const scratch = mkdtempSync(join(tmpdir(), "poetry-lock-"));
after(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 3 }));

const poetry = providePoetry();
const version = poetry === undefined ? undefined : run(poetry, ["--version"], example).stdout.trim();

suite("poetry.lock", { skip: poetry === undefined ? "skipped: no Poetry here" : false }, () => {
  test(`is accepted by ${version}`, () => {
    const { status, stdout, stderr } = check();
    assert.equal(status, 0, `${stdout}${stderr}`);
  });

  test("is refused once a pin is another one", () => {
    const { status, stdout, stderr } = check('flask = "2.1.3"');
    assert.notEqual(status, 0);
    assert.match(`${stdout}${stderr}`, /pyproject\.toml changed significantly since poetry\.lock was last generated/);
  });
});

/** `poetry check --lock` in a copy of the example, with the line for Flask as given. */
function check(flask = 'flask = "2.1.2"') {
  const folder = mkdtempSync(join(scratch, "project-"));
  copyFileSync(join(example, "poetry.lock"), join(folder, "poetry.lock"));
  const pyproject = readFileSync(join(example, "pyproject.toml"), "utf8");
  writeFileSync(join(folder, "pyproject.toml"), pyproject.replace(/^flask = .*$/m, flask));
  assert.ok(poetry);
  return run(poetry, ["check", "--lock"], folder);
}

/** Poetry 2 of Debian 13, else the one on `PATH`. */
function providePoetry(): PythonCommand | undefined {
  if (existsSync("/etc/debian_version") && existsSync("/usr/bin/apt-get")) {
    const { command, env } = debianPython("poetry", "trixie", console.log);
    return { command: [...command, "-m", "poetry"], env };
  }
  const own = { command: ["poetry"], env: {} };
  return run(own, ["--version"], example).status === 0 ? own : undefined;
}

function run({ command: [program = "", ...first], env }: PythonCommand, args: string[], cwd: string) {
  return spawnSync(program, [...first, ...args], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env, HOME: scratch, NO_COLOR: "1", PYTHONDONTWRITEBYTECODE: "1" },
    timeout: 120_000,
    killSignal: "SIGKILL",
  });
}
