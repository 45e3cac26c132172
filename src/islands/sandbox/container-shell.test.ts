import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, describe, test, type TestContext } from "node:test";
import { dist } from "../../../tests/support/built-site.ts";
import { exampleFlakes } from "../../../tests/support/evaluator.ts";
import { FakeContainer } from "../../../tests/support/fake-container.ts";
import { runNix } from "../../../tests/support/nix-run.ts";
import { overrideInputs } from "../../../tests/support/override-inputs.ts";
import { provideNix } from "../../../tests/support/provide-nix.ts";
import { contractFiles, ran, testShell } from "../../../tests/support/shell-contract.ts";
import { walk } from "../../../tests/support/walk-outputs.ts";
import { Project } from "../lab/project.ts";
import { ContainerShell } from "./container-shell.ts";
import { Exchange } from "./exchange.ts";
import { mountTree, prepare, served } from "./mount-tree.ts";

const texts = served.map((name) => readFileSync(join(dist, "cli", name), "utf8"));

async function open(context: TestContext, files: Readonly<Record<string, string>> = contractFiles) {
  const project = Project.of(files);
  const fake = new FakeContainer();
  context.after(() => fake.remove());
  const container = fake.asContainer();
  await prepare(container, mountTree("contacts", project.files, texts));
  const exchange = new Exchange(project, container, "contacts");
  const shell = new ContainerShell(container, { project: "contacts", exchange });
  return { fake, project, shell };
}

testShell("the sandbox's shell", open);

test("the project is mounted in a folder of its own, and the commands beside it, executable", async (context) => {
  const { fake } = await open(context);
  for (const [path, text] of Object.entries(contractFiles))
    assert.equal(readFileSync(join(fake.workdir, "contacts", path), "utf8"), text);
  for (const name of ["nix", "nix-instantiate"])
    assert.notEqual(statSync(join(fake.workdir, "tools", name)).mode & 0o100, 0, name);
  served.forEach((name, at) => assert.equal(readFileSync(join(fake.workdir, "tools", name), "utf8"), texts[at]));
  assert.equal(existsSync(join(fake.workdir, "contacts/tools")), false);
});

describe("the mounted command line gives what real Nix gives with stand-ins", () => {
  const nix = provideNix();
  const skip = nix.recorded ? false : `our evaluator has the outputs of Nix 2.34, not of ${nix.version}`;
  const state = mkdtempSync(join(tmpdir(), "sandbox-nix-"));
  after(() => rmSync(state, { recursive: true, force: true, maxRetries: 3 }));

  for (const example of ["05-devenv", "15-uv2nix"])
    test(example, { skip }, async (context) => {
      const { source } = exampleFlakes().find(({ name }) => name === example)!;
      const { fake, shell } = await open(context, source.files as Record<string, string>);
      const cwd = join(fake.workdir, "contacts");
      const inputs = ["--quiet", "--no-write-lock-file", ...overrideInputs(cwd)];
      for (const line of [
        "nix flake show --json --impure .",
        `nix eval --json --impure .#.devShells --apply '${walk}'`,
        "nix flake check --no-build --impure .",
      ]) {
        const [, ...args] = Array.from(line.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, word]) => quoted ?? word!);
        const real = runNix(nix, state, [...args, ...inputs], { cwd });
        assert.equal(real.status, 0, real.stderr);
        // Beside the project: a flake without Git has all files of its folder.
        const { text, status } = await ran(shell, `${line} 2>../errors`);
        const errors = (await ran(shell, "cat ../errors")).text;
        assert.deepEqual([text, status], [real.stdout, 0], errors);
        assert.match(errors, /^evaluated with stand-ins$/m);
      }
    });
});

test("edits go to the sandbox, and what a line did comes back", async (context) => {
  const { project, shell } = await open(context);
  project.write("new/a.txt", "1\n", "editor");
  project.remove("contacts", "editor");
  assert.equal((await ran(shell, "cat new/a.txt; ls contacts; ls")).text, "1\ncontacts\nflake.nix\nnew\n");
  await ran(shell, "echo 2 > b.txt; rm -r new; mkdir -p node_modules/x && echo 3 > node_modules/x/y");
  assert.deepEqual([...project.files.keys()], ["flake.nix", "b.txt"]);
  assert.deepEqual(project.toFlake().tracked, ["flake.nix"]);
});

test("what is edited while files come back is kept", async (context) => {
  const { fake, project, shell } = await open(context);
  const { readFile } = fake.fs;
  fake.fs.readFile = async (path) => {
    const read = await readFile(path);
    project.write("flake.nix", "edited", "editor");
    return read;
  };
  await ran(shell, "true");
  assert.equal(project.files.get("flake.nix"), "edited");
  assert.equal((await ran(shell, "cat flake.nix")).text, "edited");
});

test("an edit that the sandbox refused is sent once more, and a file that became no text stays in the project", async (context) => {
  const { fake, project, shell } = await open(context);
  const { writeFile } = fake.fs;
  fake.fs.writeFile = async () => {
    fake.fs.writeFile = writeFile;
    throw new Error("the disk is full");
  };
  project.write("flake.nix", "edited", "editor");
  assert.equal((await ran(shell, "cat flake.nix")).text, "edited");
  await ran(shell, "printf '\\377' > flake.nix");
  assert.equal(project.files.get("flake.nix"), "edited");
});

test("python has no flask, for real", async (context) => {
  const example = resolve(import.meta.dirname, "../../../examples/contacts/contacts");
  const files = Object.fromEntries(
    ["__init__.py", "__main__.py", "store.py"].map((name) => [
      `contacts/${name}`,
      readFileSync(join(example, name), "utf8"),
    ]),
  );
  const { shell } = await open(context, files);
  const { text, status } = await ran(shell, "python3 -S -m contacts");
  assert.match(text, /ModuleNotFoundError: No module named 'flask'/);
  assert.equal(status, 1);
});

test("outputs are completed by what evaluates in the sandbox", async (context) => {
  const { shell } = await open(context);
  assert.deepEqual((await shell.complete("nix eval .#")).words, [".#lib"]);
});

test("what is typed while a line runs goes to its program", async (context) => {
  const { shell } = await open(context);
  const running = ran(shell, "read word; echo got $word");
  setTimeout(() => shell.input("snake\n"), 200);
  assert.equal((await running).text, "got snake\n");
});
