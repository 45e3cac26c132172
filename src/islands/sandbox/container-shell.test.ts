import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { test, type TestContext } from "node:test";
import { dist } from "../../../tests/support/built-site.ts";
import { FakeContainer } from "../../../tests/support/fake-container.ts";
import { contractFiles, ran, testShell } from "../../../tests/support/shell-contract.ts";
import { Project } from "../lab/project.ts";
import { ContainerShell } from "./container-shell.ts";
import { Exchange } from "./exchange.ts";
import { mountTree, prepare } from "./mount-tree.ts";

const bundle = readFileSync(join(dist, "cli/flakes.mjs"), "utf8");

async function open(context: TestContext, files: Readonly<Record<string, string>> = contractFiles) {
  const project = Project.of(files);
  const fake = new FakeContainer();
  context.after(() => fake.remove());
  const container = fake.asContainer();
  await prepare(container, mountTree("contacts", project.files, bundle));
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
  assert.equal(readFileSync(join(fake.workdir, "tools/flakes.mjs"), "utf8"), bundle);
  assert.equal(existsSync(join(fake.workdir, "contacts/tools")), false);
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
