import assert from "node:assert/strict";
import { test } from "node:test";
import { makeCommandClient } from "../../../tests/support/command-client.ts";
import { contractFiles, ran, testShell } from "../../../tests/support/shell-contract.ts";
import { labRoot as root } from "../lab/context.ts";
import { Project, ProjectChange } from "../lab/project.ts";
import { PageShell } from "./page-shell.ts";

const client = makeCommandClient();

function open(files: Readonly<Record<string, string>> = contractFiles) {
  const project = Project.of(files);
  return {
    project,
    shell: new PageShell({ project, client, root, source: () => project.toFlake({ root }), now: () => 0 }),
  };
}

testShell("the page's shell", () => open());

test("what a command writes is the lab's, with the terminal as the one who did it", async () => {
  const { project, shell } = open();
  const heard: string[] = [];
  project.addEventListener("change", (event) =>
    heard.push(`${(event as ProjectChange).by}: ${(event as ProjectChange).paths.join(" ")}`),
  );
  await ran(
    shell,
    "echo 1 > a.nix; mkdir -p x/y; echo 2 > x/y/b.nix; mv a.nix x; rm -r contacts; sed -i s/7/8/ flake.nix",
  );
  assert.deepEqual([...project.files.keys()], ["flake.nix", "x/y/b.nix", "x/a.nix"]);
  assert.match(project.files.get("flake.nix")!, /6 \* 8/);
  assert.ok(heard.every((each) => each.startsWith("terminal: ")));
  project.write("x/y/b.nix", "3\n", "editor");
  assert.equal((await ran(shell, "cat x/y/b.nix")).text, "3\n");
});

test("an untracked file is Nix's error until git adds it", async () => {
  const { shell } = open({ "flake.nix": "{ outputs = _: { lib = import ./new.nix; }; }\n" });
  await ran(shell, "echo 5 > new.nix");
  assert.match((await ran(shell, "nix eval .#lib")).text, /Path 'new\.nix' in the repository .* is not tracked by Git/);
  const { text, status } = await ran(shell, "git add -N new.nix && nix eval .#lib");
  assert.equal(status, 0);
  assert.match(text, /^warning: Git tree '.*' is dirty\n5\n$/);
});

test("pipes and redirections part the streams, and a value in a pipe is plain", async () => {
  const { shell } = open();
  await ran(shell, "echo >> flake.nix");
  const { text } = await ran(shell, "nix eval .#lib --json | jq .answer");
  assert.match(text, /^warning: .*\n42\n$/);
  assert.match((await ran(shell, "nix eval .#lib --json")).text, /\n\{\n {2}"answer": 42\n\}\n$/);
});

test("what the page cannot run says what it would do and where to run it", async () => {
  const { shell } = open();
  for (const name of ["python", "python3", "pip", "uv", "poetry"]) {
    const { text, status } = await ran(shell, `${name} run 'a b'`);
    assert.match(text, new RegExp(`^${name}: would .*\\n.*: nix develop -c ${name} run 'a b'\\n$`));
    assert.equal(status, 127);
  }
  for (const line of ["direnv allow", "devenv up"])
    assert.match((await ran(shell, line)).text, new RegExp(`: ${line}\n$`));
  for (const line of ["nix build", "nix develop", "nix flake update", "nix shell nixpkgs#hello"])
    assert.match((await ran(shell, line)).text, new RegExp(`needs Nix itself: .* It would .*\\n.*: ${line}\n$`));
  assert.match((await ran(shell, "nix profile add .#x")).text, /needs Nix itself: .*\n.*: nix profile add \.#x\n$/);
});

test("variables last from line to line, and history has the lines", async () => {
  const { shell } = open();
  await ran(shell, "name=snake; export OTHER='two words'");
  assert.equal((await ran(shell, 'echo "$name, $OTHER, $HOME"')).text, "snake, two words, /home/you\n");
  assert.match((await ran(shell, "history")).text, /1 {2}name=snake[^]*2 {2}echo[^]*3 {2}history/);
});

test("a compound command and a here-document go on until they end", () => {
  const { shell } = open();
  for (const begun of ["if true; then", "for x in a; do", "cat <<EOF\na"])
    assert.equal(shell.needsMore(begun), true, begun);
  for (const whole of ["if true; then ls; fi", "cat <<EOF\na\nEOF"]) assert.equal(shell.needsMore(whole), false, whole);
});

test("outputs are completed by what evaluates", async () => {
  const shells = "{ outputs = _: { devShells.x86_64-linux = { default = d; docs = d; }; lib.one = 1; }; }".replaceAll(
    " d;",
    ' derivation { name = "d"; system = "x86_64-linux"; builder = "b"; };',
  );
  const { shell } = open({ "flake.nix": shells });
  assert.deepEqual(await shell.complete("nix develop .#d"), {
    from: 12,
    words: [".#default", ".#docs", ".#devShells"],
  });
  assert.deepEqual((await shell.complete("nix eval .#devShells.x86_64-linux.do")).words, [
    ".#devShells.x86_64-linux.docs",
  ]);
  assert.deepEqual((await shell.complete("nix eval nixpkgs#he")).words, []);
  await ran(shell, "echo broken > flake.nix");
  assert.deepEqual((await shell.complete("nix develop .#")).words, []);
});

test("a loop without end ends by itself, and the shell lives on", async () => {
  const { shell } = open();
  const { text } = await ran(shell, "while true; do :; done");
  assert.match(text, /too many (iterations|commands)/);
  assert.equal((await ran(shell, "echo alive")).text, "alive\n");
});

test("bytes that are no text are refused, and nothing stands outside the project", async () => {
  const { project, shell } = open();
  assert.notEqual((await ran(shell, "echo //4= | base64 -d > bad")).status, 0);
  // The redirection has made it by then, as in any shell.
  assert.equal(project.files.get("bad"), "");
  await ran(shell, "rm bad");
  await ran(shell, "echo 1 > /tmp/out; echo 2 > ~/own");
  assert.equal((await ran(shell, "cat /tmp/out ~/own")).text, "1\n2\n");
  assert.deepEqual(project.snapshot(), Project.of(contractFiles).snapshot());
  assert.match((await ran(shell, "ln -s flake.nix link")).text, /ln/);
});
