/** Our `git` beside the real one: the same lines in the same files, and every byte that they print. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test, type TestContext } from "node:test";
import { Project } from "../../lab/project.ts";
import { git } from "./git.ts";
import { firstTime, Repository } from "./repository.ts";

const start = {
  ".gitignore": "/result\n.venv/\n*.pyc\n!keep.pyc\n",
  "README.md": "# Contacts\n\nA small app.\n",
  "contacts/__init__.py": "",
  "contacts/server.py": Array.from({ length: 30 }, (_, line) => `line ${line}\n`).join(""),
  "flake.nix": '{\n  inputs.nixpkgs.url = "nixpkgs";\n\n  outputs = { self }: {\n    lib = 1;\n  };\n}\n',
};

/** Both repositories with the same files. A step is a `git` line, or an edit: a path with its new text, `null` to remove it. */
class Both {
  readonly folder: string;
  readonly project: Project;
  readonly repository: Repository;
  readonly #env: NodeJS.ProcessEnv;

  constructor(context: TestContext) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), "git-")));
    context.after(() => rmSync(this.folder, { recursive: true }));
    this.#env = {
      PATH: process.env["PATH"],
      HOME: this.folder,
      LC_ALL: "C",
      TERM: "dumb",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_AUTHOR_NAME: "You",
      GIT_AUTHOR_EMAIL: "you@example.org",
      GIT_COMMITTER_NAME: "You",
      GIT_COMMITTER_EMAIL: "you@example.org",
    };
    for (const [path, text] of Object.entries(start)) this.#put(path, text);
    this.real("-c", "init.defaultBranch=main", "init", "-q");
    this.real("add", "-A");
    this.real("commit", "-q", "-m", "Start with the example");
    this.project = Project.of(start);
    this.repository = new Repository(this.project, this.folder, () => firstTime);
  }

  real(...args: string[]): { out: string; err: string; status: number } {
    return this.realIn("", args);
  }

  realIn(folder: string, args: readonly string[]): { out: string; err: string; status: number } {
    const date = `${firstTime} +0000`;
    const env = { ...this.#env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    const cwd = join(this.folder, folder);
    const { stdout, stderr, status } = spawnSync("git", args, { cwd, env, encoding: "utf8" });
    return { out: stdout, err: stderr, status: status ?? -1 };
  }

  edit(path: string, text: string | null): void {
    this.#put(path, text);
    if (text === null) this.project.remove(path, "test");
    else this.project.write(path, text, "test");
  }

  /** Runs a line in both, and compares what it prints and what it leaves. */
  same(line: string, folder = ""): void {
    const args = Array.from(line.matchAll(/"([^"]*)"|(\S+)/g), ([, inQuotes, plain]) => inQuotes ?? plain!);
    const expected = this.realIn(folder, args);
    const ours = git(args, this.repository, join(this.folder, folder));
    assert.deepEqual(ours, expected, `git ${line}`);
    for (const [path, text] of this.project.files)
      assert.equal(
        existsSync(join(this.folder, path)) ? readFileSync(join(this.folder, path), "utf8") : undefined,
        text,
        path,
      );
    if (!/^(add|rm|mv|reset|restore|commit)/.test(line)) return;
    const staged = this.real("ls-files", "-z")
      .out.split("\0")
      .filter((path) => path !== "");
    assert.deepEqual([...this.project.index.keys()].sort(), staged.sort(), `the index after git ${line}`);
  }

  #put(path: string, text: string | null): void {
    const at = join(this.folder, path);
    mkdirSync(dirname(at), { recursive: true });
    if (text === null) rmSync(at);
    else writeFileSync(at, text);
  }
}

test("a new file is untracked, added, committed: every word is Git's, also the hash", (context) => {
  const both = new Both(context);
  for (const line of ["init", "status", "status -s", "log", "commit -m nothing", "diff"]) both.same(line);
  both.edit("shell.nix", "{ }\n");
  both.edit("modules/a.nix", "1\n");
  both.edit("modules/b/c.nix", "2\n");
  for (const line of ["status", "status -s", "status --porcelain", "status -sb", "commit -m x", "add"]) both.same(line);
  for (const line of ["add shell.nix", "status", "status -s", "diff", "diff --cached", "commit"]) both.same(line);
  both.edit("shell.nix", "{ a = 1; }\n");
  for (const line of ["status", "status -s", "diff", "diff --staged", "diff HEAD"]) both.same(line);
  both.same('commit -m "Add a shell"');
  for (const line of ["add .", "add -A", "status", "commit -qam rest", "log", "log --oneline", "log -1"])
    both.same(line);
  for (const line of ["log -n 2 --oneline", "log --oneline -- shell.nix", "log nowhere", "ls-files"]) both.same(line);
});

test("edits, deletions and moves are shown and taken back", (context) => {
  const both = new Both(context);
  both.edit("contacts/server.py", start["contacts/server.py"].replace("line 20\n", "line twenty\nand more\n"));
  both.edit("README.md", null);
  for (const line of ["status", "status -s", "diff", "diff --name-only", "diff --name-status", "diff README.md"])
    both.same(line);
  for (const line of ["restore README.md", "restore nothing.txt", "restore", "status -s", "ls-files -m"])
    both.same(line);
  for (const line of ["checkout -- contacts/server.py", "status", "mv contacts/server.py contacts/app.py"])
    both.same(line);
  for (const line of ["status", "status -s", "diff --cached", 'commit -m "Move the server"', "mv nothing there"])
    both.same(line);
  for (const line of ["mv README.md flake.nix", "rm contacts", "rm nothing", "rm README.md", "status"]) both.same(line);
  for (const line of ["reset", "status -s", "reset --hard", "ls-files", "reset --hard HEAD~1", "log --oneline"])
    both.same(line);
  both.edit("flake.nix", "{ }\n");
  for (const line of ["rm flake.nix", "rm --cached flake.nix", "status", "reset flake.nix", "add flake.nix"])
    both.same(line);
  for (const line of ["rm flake.nix", "restore --staged flake.nix", "status -s", "commit -am edit"]) both.same(line);
  for (const line of ["rm -r contacts", "rm -q --cached README.md", "status", "commit -m Less"]) both.same(line);
});

test("an intended file is tracked for a flake, and belongs to no commit", (context) => {
  const both = new Both(context);
  both.edit("new.nix", "1\n");
  for (const line of ["add -N new.nix", "status", "status -s", "diff", "diff --cached", "ls-files"]) both.same(line);
  both.edit("README.md", "# Less\n");
  for (const line of ["add README.md", 'commit -m "Only the text"', "status", "add -A", "status"]) both.same(line);
  for (const line of ["commit -m Both", "log --oneline"]) both.same(line);
});

test("ignored files stay out until they are forced in", (context) => {
  const both = new Both(context);
  both.edit("result", "x");
  both.edit(".venv/bin/python", "x");
  both.edit("contacts/a.pyc", "x");
  both.edit("contacts/keep.pyc", "x");
  for (const line of ["status", "add result", "add .venv nothing", "add -A", "status -s", "ls-files -o"])
    both.same(line);
  for (const line of ["ls-files -o --exclude-standard", "add -f result", "status -s"]) both.same(line);
});

test("names with blanks and other letters are quoted, a missing line end is said, folders are seen from where one is", (context) => {
  const both = new Both(context);
  both.edit("two words.txt", "a");
  both.edit("grün.nix", "1\n");
  for (const line of ["status", "status -s", "add -A", "status", "status --porcelain", "diff --cached"])
    both.same(line);
  both.edit("two words.txt", "b");
  both.edit("contacts/new.py", "x\n");
  both.edit("README.md", "");
  for (const line of ["status", "status -s", "status --porcelain", "ls-files", "diff", "add new.py"])
    both.same(line, "contacts");
  for (const line of ["add ../README.md", "add ../../elsewhere", "status", "commit -m Names"])
    both.same(line, "contacts");
  const outside = git(["status"], both.repository, "/");
  assert.deepEqual(outside, both.realIn("..", ["status"]));
});

test("what this git does not do is said, and a wrong word is Git's own error", (context) => {
  const both = new Both(context);
  both.same("stats-that-is-none");
  assert.match(
    git(["push", "two words"], both.repository, both.folder).err,
    /is not in this terminal\. Run on your own machine: git push 'two words'/,
  );
  assert.match(git(["add", "--patch"], both.repository, both.folder).err, /unknown option `patch'/);
});

test("a commit that the lab made between is a commit of the log", () => {
  const project = Project.of(start);
  const repository = new Repository(project, "/x", () => firstTime);
  project.write("flake.nix", "{ }", "editor");
  project.add([""], "tree");
  project.commit("tree");
  assert.match(
    git(["log", "--oneline"], repository, "/x").out,
    /^\w{7} Change made in the lab\n\w{7} Start with the example\n$/,
  );
  project.reset("page");
  assert.match(git(["log", "--oneline"], repository, "/x").out, /^\w{7} Start with the example\n$/);
});
