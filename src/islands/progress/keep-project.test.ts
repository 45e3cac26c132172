import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { Project } from "../lab/project.ts";
import { exportText, ImportError, importText } from "./file.ts";
import { keepProject, type Choice } from "./keep-project.ts";
import { MemoryShelf, type Shelf } from "./shelf.ts";
import { ProgressStore } from "./store.ts";

const files = { "flake.nix": "{ }", "app.py": "1" };

/** A tab that has the project open: its store lies on a shelf that tabs share, as they share the browser's. */
async function openTab(context: TestContext, shelf: Shelf, project = Project.of(files)) {
  const store = new ProgressStore(shelf);
  const said: string[] = [];
  const choices: Choice[] = [];
  const say = (words: string, more: readonly Choice[] = []): void => {
    said.push(words);
    choices.push(...more);
  };
  const end = await keepProject("01-first", project, say, { opening: Promise.resolve(store) });
  context.after(async () => {
    await end();
    store.close();
  });
  return { store, project, said, choices, end };
}

async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !isSo(); turn++) await sleep(10);
  assert.ok(isSo());
}

test("edits are there again when the project is opened anew, and an unedited one leaves nothing behind", async (context) => {
  const shelf = new MemoryShelf();
  const { project, end, store } = await openTab(context, shelf);
  await end();
  assert.equal((await store.kept()).projects.size, 0);
  const second = await openTab(context, shelf, project);
  project.write("flake.nix", "{ a = 1; }", "editor");
  await second.end();
  const third = await openTab(context, shelf);
  assert.equal(third.project.files.get("flake.nix"), "{ a = 1; }");
});

test("two tabs see each other's edits, and a file that both edited stays in both forms in both", async (context) => {
  const shelf = new MemoryShelf();
  const [one, two] = [await openTab(context, shelf), await openTab(context, shelf)];
  one.project.write("flake.nix", "one", "editor");
  two.project.write("app.py", "two", "editor");
  await until(() => one.project.files.get("app.py") === "two" && two.project.files.get("flake.nix") === "one");
  assert.deepEqual(one.said, []);
  one.project.write("flake.nix", "one again", "editor");
  two.project.write("flake.nix", "two again", "editor");
  await until(() => one.project.files.size === 3 && two.project.files.size === 3);
  assert.deepEqual(one.project.snapshot(), two.project.snapshot());
  assert.deepEqual(new Set(one.project.files.values()), new Set(["one again", "two again", "two"]));
  const said = [...one.said, ...two.said].sort();
  assert.equal(said.length, 2);
  assert.equal(said[0], "Another tab put its text into flake.nix. What stood here is in flake.other-tab.nix.");
  assert.match(said[1]!, /^flake\.nix was changed in two places.*flake\.other-tab\.nix/);
});

test("of a file that two tabs edited, the reader takes the other side or keeps this one; both texts stay in both tabs", async (context) => {
  for (const [words, kept, copy] of [
    ["Keep mine", "two", "flake.other-tab.nix"],
    ["Take the other", "one", "flake.mine.nix"],
  ] as const) {
    const shelf = new MemoryShelf();
    const [one, two] = [await openTab(context, shelf), await openTab(context, shelf)];
    two.project.write("flake.nix", "two", "editor");
    one.project.write("flake.nix", "one", "editor");
    // The first tab saves, so that the second one is the one that finds two forms.
    await one.end();
    await until(() => two.choices.length > 0);
    const again = await openTab(context, shelf, one.project);
    assert.match(two.choices.find((each) => each.words === words)!.act(), new RegExp(copy.replaceAll(".", "\\.")));
    const other = kept === "one" ? "two" : "one";
    const wanted = { "flake.nix": kept, "app.py": "1", [copy]: other };
    assert.deepEqual(two.project.snapshot().files, wanted);
    await until(() => isDeepStrictEqual(again.project.snapshot().files, wanted));
    // What is gone meanwhile is not taken.
    two.project.remove(copy, "files");
    assert.match(two.choices[1]!.act(), /no longer there\. Nothing was changed\./);
    assert.equal(two.project.files.get("flake.nix"), kept);
  }
});

test("a full disk is said once, and work goes on in memory with all that was kept", async (context) => {
  const full = new MemoryShelf([["lesson/a", "2026-01-01"]]);
  const shelf: Shelf = {
    get: (key) => full.get(key),
    entries: () => full.entries(),
    update: () => Promise.reject(new DOMException("no space", "QuotaExceededError")),
    clear: () => full.clear(),
  };
  const { store, project, said, end } = await openTab(context, shelf);
  project.write("flake.nix", "kept", "editor");
  await end();
  await store.setLesson("b", true);
  assert.equal((await store.project("01-first"))?.snapshot.files["flake.nix"], "kept");
  assert.deepEqual([...(await store.kept()).lessons.keys()], ["a", "b"]);
  assert.equal(said.length, 1);
  assert.match(said[0]!, /space for this site is full.*Export/);
});

test("export, reset and import give everything back; a second import adds nothing", async (context) => {
  const { store, project, end } = await openTab(context, new MemoryShelf());
  project.write("__proto__", "x", "editor");
  await end();
  await store.setLesson("first-flake", true);
  await store.setExercise("first-flake/1");
  const text = exportText(await store.kept());
  await store.reset();
  assert.deepEqual((await store.kept()).lessons.size, 0);
  assert.deepEqual(await importText(store, text), { lessons: 1, exercises: 1, projects: 1, both: [] });
  assert.equal(exportText(await store.kept()), text);
  assert.deepEqual(await importText(store, text), { lessons: 0, exercises: 0, projects: 0, both: [] });
});

test("an import keeps both forms of a file, and a file that is none changes nothing and says why", async (context) => {
  const { store, project, end } = await openTab(context, new MemoryShelf());
  project.write("flake.nix", "theirs", "editor");
  await end();
  const text = exportText(await store.kept());
  project.write("flake.nix", "mine", "editor");
  const kept = await store.project("01-first");
  await store.saveProject("01-first", project.snapshot(), kept!.revision);
  assert.deepEqual((await importText(store, text)).both, [{ path: "flake.nix", copy: "flake.imported.nix" }]);
  const before = exportText(await store.kept());
  const whole = JSON.parse(text);
  const wrong: [text: string, words: RegExp][] = [
    ["{", /not JSON/],
    ["[]", /no file of progress/],
    [JSON.stringify({ ...whole, version: 2 }), /version 2; this page reads version 1/],
    [JSON.stringify({ ...whole, lessons: { a: "soon" } }), /'lessons\.a' is not a date/],
    [JSON.stringify({ ...whole, projects: { a: { files: {} } } }), /'projects\.a\.index' is missing/],
    [JSON.stringify({ ...whole, projects: { a: { files: { x: 1 } } } }), /'projects\.a\.files\.x' is not a text/],
    [JSON.stringify({ ...whole, projects: { a: { files: { "../x": "" } } } }), /'\.\.\/x' is not a path inside/],
  ];
  for (const [each, words] of wrong)
    await assert.rejects(importText(store, each), (error) => error instanceof ImportError && words.test(error.message));
  assert.equal(exportText(await store.kept()), before);
});
