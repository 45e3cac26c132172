/** The app runs with what a lock file names, installed by the tool that the lock belongs to. This needs PyPI. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { suite, test, type TestContext } from "node:test";

interface Way {
  /** The lock, below `examples`. Its folder is copied and holds the app. */
  lock: string;
  tool: string[];
  /** Each makes a part of `.venv`, in the copy. */
  commands: string[][];
}

const ways: Way[] = [
  { lock: "15-uv2nix/uv.lock", tool: ["uv", "--version"], commands: [["uv", "sync", "--frozen"]] },
  {
    lock: "16-poetry2nix/poetry.lock",
    tool: ["poetry", "--version"],
    commands: [["env", "POETRY_VIRTUALENVS_IN_PROJECT=true", "poetry", "install", "--no-interaction"]],
  },
  {
    lock: "contacts/requirements.txt",
    // The pins run on these Pythons only.
    tool: ["python3", "-c", "import sys, ensurepip; sys.exit(not (3, 10) <= sys.version_info < (3, 14))"],
    commands: [
      ["python3", "-m", "venv", ".venv"],
      [".venv/bin/python", "-m", "pip", "install", "--quiet", "-r", "requirements.txt"],
    ],
  },
];

const examples = resolve(import.meta.dirname, "../../examples");
const offline = await whyOffline();

suite("the contacts app, installed from a lock file", () => {
  for (const { lock, tool, commands } of ways)
    test(`passes its own tests with ${lock}`, (context) => {
      if (offline !== undefined) return skip(context, offline);
      if (run(tool, examples).status !== 0) return skip(context, `'${tool.join(" ")}' fails on this machine`);
      const folder = mkdtempSync(join(tmpdir(), "locked-app-"));
      try {
        cpSync(join(examples, lock, ".."), folder, { recursive: true });
        for (const command of commands) succeed(command, folder);
        const { stderr } = succeed([".venv/bin/python", "-m", "unittest", "discover", "tests"], folder);
        assert.match(stderr, /Ran [1-9]\d* tests/);
        const flask = succeed(
          [".venv/bin/python", "-c", "from importlib.metadata import version; print(version('flask'))"],
          folder,
        );
        assert.equal(flask.stdout.trim(), "2.1.2");
      } finally {
        rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      }
    });
});

/** In words, why nothing can be installed; undefined where PyPI answers. */
async function whyOffline(): Promise<string | undefined> {
  try {
    const { status } = await fetch("https://pypi.org/simple/flask/", {
      method: "HEAD",
      signal: AbortSignal.timeout(10_000),
    });
    return status === 200 ? undefined : `PyPI answers with status ${status}`;
  } catch {
    return "PyPI cannot be reached";
  }
}

function skip(context: TestContext, reason: string): void {
  context.skip(`skipped: ${reason}`);
}

function run([program = "", ...args]: string[], cwd: string) {
  return spawnSync(program, args, { cwd, encoding: "utf8", timeout: 300_000, killSignal: "SIGKILL" });
}

function succeed(command: string[], cwd: string) {
  const result = run(command, cwd);
  assert.equal(result.status, 0, `'${command.join(" ")}' failed:\n${result.stderr}`);
  return result;
}
