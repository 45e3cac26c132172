import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { choices, generate, type Generated } from "#generator";

const main = resolve(import.meta.dirname, "../../src/runtime/main.ts");
const scratch = mkdtempSync(join(tmpdir(), "command-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

function folder(files: Record<string, string>): string {
  const made = mkdtempSync(join(scratch, "folder-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(made, name, ".."), { recursive: true });
    writeFileSync(join(made, name), text);
  }
  return made;
}

function run(cwd: string, args: string[], input = "") {
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, "generate", ...args], {
    cwd,
    input,
    encoding: "utf8",
    timeout: 60_000,
  });
  return { stdout, stderr, status };
}

test("prints the flake that the function gives, and says on the other stream what was left out", () => {
  const list = "flask==2.1.2\nfoo=1\n";
  const cwd = folder({ "requirements.txt": list });
  const { stdout, stderr, status } = run(cwd, [
    "--approach",
    "override",
    "--python=3.12",
    "--env",
    "A=é=ü",
    "--no-comments",
  ]);
  const made = generate(
    { files: { "requirements.txt": list }, entry: "requirements.txt" },
    { approach: "override", python: "3.12", env: { A: "é=ü" }, comments: false },
  );
  assert.equal(stdout, made.files[0]?.text);
  assert.match(stderr, /^left out: requirements\.txt:2: '=1' has one '=' where Python asks for two\. Write '==1'\.$/m);
  assert.equal(status, 2);
});

test("reads the files that a list names, and the locks beside it", () => {
  const cwd = folder({
    "é/requirements.txt": "-r ../base.txt\n-r __proto__\nflask\n",
    "é/__proto__": "idna\n",
    "base.txt": "-c limits.txt\nclick\n",
    "limits.txt": "click<9\n",
    "é/python-packages.nix": "x",
  });
  const { stdout, status } = run(cwd, ["é/requirements.txt", "--json"]);
  const made = JSON.parse(stdout) as Generated;
  assert.equal(status, 0);
  assert.deepEqual(
    made.table.map(({ name }) => name),
    ["click", "idna", "flask"],
  );
  assert.ok(made.files.some(({ path }) => path === "python-packages.nix"));
});

test("reads the standard input where the file is '-', and looks for the usual files where none is named", () => {
  assert.match(run(folder({}), ["-"], "click\n").stdout, /ps\.click/);
  assert.match(
    run(folder({ "pyproject.toml": '[project]\nname="a"\nversion="1"\ndependencies=["idna"]\n' }), []).stdout,
    /ps\.idna/,
  );
  const none = run(folder({}), []);
  assert.equal(none.status, 1);
  assert.match(none.stderr, /there is no pyproject\.toml, .* here; name a file, or '-'/);
});

test("writes all files or none, never over another file, and adds lines to a .gitignore", () => {
  const cwd = folder({ "requirements.txt": "flask\n", ".gitignore": "secret\n.direnv/", "flake.nix": "mine" });
  const refused = run(cwd, ["--out", "."]);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /nothing was written: 'flake\.nix' would be replaced \(use '--force' to do so\)/);
  assert.deepEqual(readdirSync(cwd).sort(), [".gitignore", "flake.nix", "requirements.txt"]);
  assert.equal(run(cwd, ["--out", ".", "--force"]).status, 0);
  assert.deepEqual(readdirSync(cwd).sort(), [".envrc", ".gitignore", "flake.lock", "flake.nix", "requirements.txt"]);
  assert.equal(readFileSync(join(cwd, ".gitignore"), "utf8"), "secret\n.direnv/\nresult\n__pycache__\n");
  const again = run(cwd, ["--out", "."]);
  assert.equal(again.status, 0, "the same files are no conflict");
  assert.doesNotMatch(again.stderr, /wrote/);
});

test("hashes that are to be filled in are told once for all packages, and one by one as data", () => {
  const list = "flask==2.1.2\nclick==8.1.3\nidna==3.3\n";
  const args = ["-", "--approach", "override"];
  const words =
    /^hash: flask, click, idna evaluate; they do not build until their hashes are filled in\. .*--keep-going/m;
  assert.match(run(folder({}), args, list).stderr, words);
  const { stdout } = run(folder({}), [...args, "--explain"], list);
  assert.equal(stdout.match(/lib\.fakeHash/g)?.length, 1);
  const { notes } = JSON.parse(run(folder({}), [...args, "--json"], list).stdout) as Generated;
  assert.deepEqual(
    notes.map((note) => note.package),
    ["flask", "click", "idna"],
  );
});

test("values that are none of a choice's are refused with those that are", () => {
  const cwd = folder({ "requirements.txt": "flask\n" });
  for (const [args, words] of [
    [["--approach", "nix"], /'nix' is not a value of 'approach'\. Choose one of with-packages, override/],
    [["--python", "2.7"], /Python 2\.7 is not in nixpkgs 26\.05/],
    [["--env", "A-B=c"], /no shell accepts 'A-B'/],
    [["--preset", "x"], /'x' is not a preset; there are flask, django/],
    [["--colour"], /unrecognised flag '--colour'/],
    [["a", "b"], /unexpected argument 'b'/],
    [["gone.txt"], /'gone\.txt' is not a file/],
  ] as const) {
    const { status, stderr, stdout } = run(cwd, [...args]);
    assert.equal(status, 1);
    assert.equal(stdout, "");
    assert.match(stderr, words);
  }
});

test("the help names every choice, each value and each preset, and the explanation the way on", () => {
  const { stdout } = run(folder({}), ["--help"]);
  for (const { meaning, values = [] } of choices) {
    assert.ok(stdout.includes(meaning), meaning);
    for (const each of values) assert.ok(stdout.includes(`${each.id.padEnd(20)}${each.meaning}`), each.id);
  }
  const explained = run(folder({}), ["-", "--explain"], "flask==2.1.2\nnobody-has-this\n").stdout;
  assert.match(explained, /^flask +==2\.1\.2 +3\.\d+\.\d+ \(2026-\d\d-\d\d\) +other$/m);
  assert.match(explained, /nobody-has-this: nix eval --raw/);
  assert.match(explained, /^ {2}nix develop$/m);
});
