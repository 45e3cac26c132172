/** Real Nix takes examples from the built site, by each address that the pages name. */
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runNix } from "../support/nix-run.ts";
import { overrideInputs } from "../support/override-inputs.ts";
import { provideNix } from "../support/provide-nix.ts";
import { allExamples, exampleOnDisk, examplesFolder, filesBelow, serveSite } from "./served.ts";

const served = serveSite();
const nix = provideNix();

/** What Nix prints. @throws AssertionError with its messages, where it fails */
function run(args: string[], cwd = served.scratch): string {
  const { status, stdout, stderr } = runNix(nix, join(served.scratch, "state"), args, { cwd });
  assert.equal(status, 0, `nix ${args.join(" ")}:\n${stderr}`);
  return stdout;
}

interface Metadata {
  path: string;
  revision?: string;
  revCount?: number;
  locks: { nodes: Record<string, unknown> };
}

const metadata = (reference: string): Metadata =>
  JSON.parse(run(["flake", "metadata", "--json", "--no-update-lock-file", reference])) as Metadata;

test("each example is a flake at its repository and at its tarball, with its lock as it stands", async () => {
  for (const example of allExamples()) {
    const cloned = metadata(`git+${served.url}/examples/${example}.git`);
    const unpacked = metadata(`${served.url}/examples/${example}.tar.gz`);
    const refs = await (await fetch(`${served.url}/examples/${example}.git/info/refs`)).text();
    assert.equal(cloned.revision, /^(\S+)\trefs\/heads\/main$/m.exec(refs)?.[1]);
    assert.equal(cloned.path, unpacked.path, `${example}: the same files give the same store path`);
    const onDisk = JSON.parse(String(exampleOnDisk(example)["flake.lock"])) as Metadata["locks"];
    assert.deepEqual(Object.keys(cloned.locks.nodes).sort(), Object.keys(onDisk.nodes).sort());
  }
});

test("a lesson's tag and a flake in a folder are reached by the address", () => {
  const address = `git+${served.url}/examples/20-your-way.git`;
  assert.equal(metadata(`${address}?ref=refs/tags/lesson-04`).revCount, 4);
  assert.ok(metadata(`git+${served.url}/examples/01-first-flake.git?dir=2023`).locks.nodes["nixpkgs"]);
});

test("outputs are shown from the repository and from the tarball, with stand-ins for the inputs", () => {
  for (const example of ["09-venv-shell-hook", "20-your-way"]) {
    const inputs = overrideInputs(join(examplesFolder, example));
    const show = (reference: string): unknown =>
      JSON.parse(run(["flake", "show", "--json", "--all-systems", "--no-write-lock-file", ...inputs, reference]));
    const cloned = show(`git+${served.url}/examples/${example}.git`);
    assert.match(JSON.stringify(cloned), /"devShells":.*"aarch64-darwin"/);
    assert.deepEqual(show(`${served.url}/examples/${example}.tar.gz`), cloned);
  }
});

test("each template gives its example's files, and the default is the finished project", () => {
  const address = `${served.url}/templates.tar.gz`;
  for (const [example, fragment] of [...allExamples().map((name) => [name, `#${name}`]), ["20-your-way", ""]] as [
    string,
    string,
  ][]) {
    const folder = join(served.scratch, `init-${fragment.slice(1)}`);
    mkdirSync(folder);
    run(["flake", "init", "-t", `${address}${fragment}`], folder);
    assert.deepEqual(filesBelow(folder), exampleOnDisk(example), example);
  }
});
