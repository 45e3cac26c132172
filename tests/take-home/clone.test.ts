/** Real git clones what the built site serves, and a reader unpacks its archives. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../support/project-copy.ts";
import { unzip } from "../support/unzip.ts";
import { allExamples, exampleOnDisk, filesBelow, serveSite } from "./served.ts";

const served = serveSite();

/** Git without the settings of the user. @throws Error with what it said, where it fails */
function git(cwd: string, ...args: string[]): string {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  const env = {
    ...Object.fromEntries(kept),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    LC_ALL: "C.UTF-8",
  };
  const { status, stdout, stderr, error } = spawnSync("git", args, { cwd, env, encoding: "utf8", timeout: 60_000 });
  if (error) throw error;
  if (status !== 0) throw new Error(`git ${args.join(" ")} ended with status ${status}:\n${stderr}`);
  return stdout;
}

/** By example: its lesson's number and title and where it comes from, as the lessons' own files say. */
function readLessons(): Map<string, { number: number; title: string; from: string | undefined }> {
  const folder = join(root, "content/lessons");
  const found = new Map<string, { number: number; title: string; from: string | undefined }>();
  let before: string | undefined;
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith(".mdx"))
    .sort()) {
    const head = readFileSync(join(folder, file), "utf8").split(/^---$/m)[1] ?? "";
    const field = (name: string) => new RegExp(`^${name}: *"?(.*?)"? *$`, "m").exec(head)?.[1];
    const [example, from = before] = [field("example"), field("from")];
    if (example === undefined) continue;
    found.set(example, {
      number: Number(field("number")),
      title: field("title") ?? "",
      from: from === "none" ? undefined : from,
    });
    before = example;
  }
  return found;
}

const tagOf = (number: number) => `lesson-${String(number).padStart(2, "0")}`;

test("each example is cloned with the way of the lessons as its history, sound and byte for byte", () => {
  const lessons = readLessons();
  for (const example of allExamples()) {
    git(served.scratch, "clone", "--quiet", `${served.url}/examples/${example}.git`);
    const clone = join(served.scratch, example);
    assert.equal(git(clone, "fsck", "--strict", "--full"), "", example);
    assert.equal(git(clone, "status", "--porcelain", "--ignored"), "", example);
    assert.equal(git(clone, "branch", "--show-current"), "main\n");
    assert.deepEqual(filesBelow(clone), exampleOnDisk(example), example);

    const way: string[] = [];
    for (let name: string | undefined = example; name !== undefined; name = lessons.get(name)?.from) way.unshift(name);
    const told = way.map((name) => lessons.get(name)!);
    const subjects = git(clone, "log", "--reverse", "--format=%s").trim().split("\n");
    assert.deepEqual(
      subjects,
      told.map(({ number, title }) => `Lesson ${number}: ${title}`),
    );
    const tags = git(clone, "for-each-ref", "--format=%(refname:short)", "refs/tags").trim().split("\n");
    assert.deepEqual(
      tags,
      told.map(({ number }) => tagOf(number)),
    );
  }
});

test("the tag of a lesson holds the lesson's example, and its message names what is other", () => {
  const clone = join(served.scratch, "every-tag");
  git(served.scratch, "clone", "--quiet", `${served.url}/examples/20-your-way.git`, clone);
  const lessons = readLessons();
  const way = [...lessons].filter(([, { number }]) => git(clone, "tag", "--list", tagOf(number)) !== "");
  assert.ok(way.length > 4);
  for (const [example, { number }] of way) {
    git(clone, "checkout", "--quiet", tagOf(number));
    assert.deepEqual(filesBelow(clone), exampleOnDisk(example), example);
  }
  const message = git(clone, "log", "-1", "--format=%b", "lesson-19");
  assert.match(message, /^A check that fails when `requirements\.txt` and the flake disagree/);
  assert.match(message, /^Adds in-step\.nix\.$/m);
  assert.match(message, /^Changes README\.md, flake\.nix\.$/m);
  assert.doesNotMatch(message, /Removes/);
});

test("the tarball and the zip of each example hold its files in a folder of their own", async () => {
  for (const example of allExamples()) {
    const folders = { "tar.gz": join(served.scratch, `tar-${example}`), zip: join(served.scratch, `zip-${example}`) };
    for (const [ending, folder] of Object.entries(folders)) {
      mkdirSync(folder);
      const answer = await fetch(`${served.url}/examples/${example}.${ending}`);
      assert.equal(answer.status, 200);
      const bytes = Buffer.from(await answer.arrayBuffer());
      if (ending === "zip") unzip(bytes, folder);
      else execFileSync("tar", ["-xz", "-C", folder], { input: bytes });
      assert.deepEqual(readdirSync(folder), [example]);
      assert.deepEqual(filesBelow(join(folder, example)), exampleOnDisk(example), `${example}.${ending}`);
    }
  }
});
