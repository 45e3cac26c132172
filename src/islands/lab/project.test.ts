import assert from "node:assert/strict";
import { test } from "node:test";
import { difference, PathError, Project, ProjectChange } from "./project.ts";

const start = { "flake.nix": "{ }", "contacts/server.py": "import flask\n" };

function heard(project: Project): string[] {
  const all: string[] = [];
  project.addEventListener("change", (event) => {
    if (event instanceof ProjectChange) all.push(`${event.by}: ${event.paths.join(" ")}`);
  });
  return all;
}

test("a new file is untracked until it is added, and a flake sees tracked files alone", () => {
  const project = Project.of(start);
  const events = heard(project);
  project.write("new.nix", "1", "editor");
  assert.deepEqual(project.toFlake().tracked, ["flake.nix", "contacts/server.py"]);
  project.add(["new.nix"], "terminal");
  assert.deepEqual(project.toFlake().tracked, ["flake.nix", "contacts/server.py", "new.nix"]);
  assert.deepEqual(events, ["editor: new.nix", "terminal: new.nix"]);
});

test("a tracked file that is removed is no file of the flake, and adding it takes that over", () => {
  const project = Project.of(start);
  project.remove("contacts", "tree");
  assert.deepEqual(project.toFlake().tracked, ["flake.nix"]);
  assert.deepEqual(difference(project.index, project.files), [{ path: "contacts/server.py", state: "deleted" }]);
  project.add([""], "tree");
  assert.deepEqual(difference(project.index, project.files), []);
  assert.deepEqual(difference(project.head, project.index), [{ path: "contacts/server.py", state: "deleted" }]);
  project.commit("tree");
  assert.deepEqual(difference(project.head, project.index), []);
});

test("a file keeps its text when its folder is renamed", () => {
  const project = Project.of(start);
  project.rename("contacts", "app", "tree");
  assert.deepEqual(Object.fromEntries(project.files), { "flake.nix": "{ }", "app/server.py": "import flask\n" });
  assert.throws(() => project.rename("app", "flake.nix/app", "tree"), /'flake.nix' is a file, not a folder/);
  assert.deepEqual([...project.files.keys()], ["flake.nix", "app/server.py"]);
});

test("paths that lead outside or through a file are refused in words", () => {
  const project = Project.of(start);
  for (const path of ["", "../x", "a//b", "/x", ".git/config", "flake.nix/x", "contacts"])
    assert.throws(() => project.write(path, "", "editor"), PathError, path);
});

test("a new file never takes the place of one that is there", () => {
  const project = Project.of(start);
  for (const path of ["flake.nix", "contacts", "../x"])
    assert.throws(() => project.create(path, "tree"), PathError, path);
  assert.deepEqual(Object.fromEntries(project.files), start);
  project.create("empty.nix", "tree");
  assert.equal(project.files.get("empty.nix"), "");
});

test("a project is edited as soon as its index differs from the beginning", () => {
  const project = Project.of(start);
  project.forget(["flake.nix"], "terminal");
  assert.equal(project.isEdited, true);
  project.reset("page");
  assert.equal(project.isEdited, false);
});

test("reset goes back to the beginning, and a snapshot brings back what was", () => {
  const project = Project.of(start);
  project.write("flake.nix", "{ outputs = _: { }; }", "editor");
  project.write("__proto__", "x", "editor");
  const kept = project.snapshot();
  assert.equal(project.isEdited, true);
  project.reset("page");
  assert.deepEqual(project.snapshot(), Project.of(start).snapshot());
  assert.equal(project.isEdited, false);
  project.restore(kept, "page");
  assert.deepEqual(project.snapshot(), kept);
  assert.equal(project.files.get("__proto__"), "x");
});
