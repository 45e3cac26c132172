/** What every shell of a terminal has to do, as tests: the page's and the sandbox's both take them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test, type TestContext } from "node:test";
import type { Project } from "../../src/islands/lab/project.ts";
import type { Shell } from "../../src/islands/terminal/shell.ts";

/** The project that each shell starts with. */
export const contractFiles = {
  "flake.nix": "{\n  outputs = { self }: {\n    lib.answer = 6 * 7;\n    packages.x86_64-linux = { };\n  };\n}\n",
  "contacts/app.py": "print('contacts')\n",
};

export interface Ran {
  readonly text: string;
  readonly status: number;
}

/** Runs a line, with what it prints as one text. */
export async function ran(shell: Shell, line: string, signal = new AbortController().signal): Promise<Ran> {
  let text = "";
  const status = await shell.run(line, { write: (piece) => (text += piece), signal });
  return { text: text.replaceAll("\r\n", "\n"), status };
}

interface Opened {
  readonly shell: Shell;
  /** The lab's, which the shell works on. */
  readonly project: Project;
}

export function testShell(name: string, open: (context: TestContext) => Opened | Promise<Opened>): void {
  const behaves = (sentence: string, check: (shell: Shell, project: Project) => Promise<void>): void =>
    void test(`${name}: ${sentence}`, async (context) => {
      const { shell, project } = await open(context);
      await check(shell, project);
    });

  behaves("prints what a line prints, and gives its status", async (shell) => {
    assert.deepEqual(await ran(shell, "echo one; echo two"), { text: "one\ntwo\n", status: 0 });
    assert.deepEqual(await ran(shell, "exit 3"), { text: "", status: 3 });
    assert.deepEqual(await ran(shell, ""), { text: "", status: 0 });
    const { text, status } = await ran(shell, "no-such-program");
    assert.match(text, /no-such-program/);
    assert.equal(status, 127);
  });

  behaves("says which folder it is in, and 'cd' holds for the lines after", async (shell) => {
    const start = shell.folder;
    assert.match(start, /^\//);
    await ran(shell, "cd contacts");
    assert.equal(shell.folder, `${start}/contacts`);
    assert.equal((await ran(shell, "cat app.py")).text, contractFiles["contacts/app.py"]);
    assert.notEqual((await ran(shell, "cd nowhere")).status, 0);
    assert.equal(shell.folder, `${start}/contacts`);
    await ran(shell, "cd ..");
    assert.equal(shell.folder, start);
  });

  behaves("files written at either side are there at the other", async (shell, project) => {
    project.write("new/deep.txt", "grün\n", "editor");
    assert.equal((await ran(shell, "cat new/deep.txt")).text, "grün\n");
    await ran(shell, "echo from the shell > new/other.txt");
    assert.equal(project.files.get("new/other.txt"), "from the shell\n");
    assert.equal(project.files.get("contacts/app.py"), contractFiles["contacts/app.py"]);
  });

  behaves("has our nix on its path, and it sees edits", async (shell, project) => {
    assert.deepEqual(await ran(shell, "nix eval .#lib.answer 2>/dev/null"), { text: "42\n", status: 0 });
    project.write("flake.nix", contractFiles["flake.nix"].replace("6 * 7", "40"), "editor");
    assert.equal((await ran(shell, "nix eval .#lib.answer 2>/dev/null")).text, "40\n");
    assert.deepEqual(await ran(shell, "nix-instantiate --eval -E '1 + 1'"), { text: "2\n", status: 0 });
    const { text, status } = await ran(shell, "nix build .#x");
    assert.match(text, /'nix build' needs Nix itself/);
    assert.equal(status, 1);
  });

  behaves("evaluates a flake with inputs with stand-ins, and says so", async (shell, project) => {
    assert.match(shell.greeting, /evaluated with stand-ins/);
    const example = resolve(import.meta.dirname, "../../examples/09-venv-shell-hook");
    for (const file of ["flake.nix", "flake.lock"])
      project.write(file, readFileSync(join(example, file), "utf8"), "editor");
    project.add([""], "editor");
    const name = await ran(shell, "nix eval --raw .#devShells.x86_64-linux.default.name 2>/dev/null");
    assert.deepEqual(name, { text: "nix-shell", status: 0 });
    const checked = await ran(shell, "nix flake check --no-build 2>&1");
    assert.match(checked.text, /^all checks passed!$/m);
    assert.equal(checked.status, 0);
  });

  behaves("completes commands and paths, from where the word starts", async (shell) => {
    const commands = await shell.complete("echo; nix-in");
    assert.deepEqual(commands, { from: 6, words: ["nix-instantiate"] });
    assert.deepEqual(await shell.complete("cat contacts/a"), { from: 4, words: ["contacts/app.py"] });
    assert.deepEqual((await shell.complete("ls co")).words, ["contacts/"]);
    assert.deepEqual((await shell.complete("nix flake sh")).words, ["show"]);
  });

  behaves("knows when a line goes on", async (shell) => {
    for (const begun of ["echo 'a", 'echo "a', "echo $(", "echo \\"]) assert.equal(shell.needsMore(begun), true, begun);
    for (const whole of ["", "ls", "echo 'a'", 'echo "$(ls)"', "echo )"])
      assert.equal(shell.needsMore(whole), false, whole);
  });

  behaves("a line that is stopped gives 130, and the next one runs", async (shell) => {
    const stopping = new AbortController();
    setTimeout(() => stopping.abort(), 100);
    const start = performance.now();
    const { status } = await ran(shell, "sleep 20", stopping.signal);
    assert.equal(status, 130);
    assert.ok(performance.now() - start < 2000);
    assert.equal((await ran(shell, "echo alive")).text, "alive\n");
  });
}
