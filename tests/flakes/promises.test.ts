import assert from "node:assert/strict";
import { test } from "node:test";
import type { OutputPromise } from "./examples.ts";
import { promiseProblems, type OutputFacts } from "./promises.ts";

const systems = ["x86_64-linux", "aarch64-darwin"];

/** The problems of one shell that has the same facts on both systems. */
function problemsOf(promise: OutputPromise, facts: OutputFacts): string[] {
  const found = Object.fromEntries(systems.map((system) => [system, facts]));
  return promiseProblems({ systems, outputs: { "devShells.default": promise } }, { "devShells.default": found });
}

test("an output that nobody promised, and a promise without its output, are named", () => {
  const found = { "packages.b": { "x86_64-linux": { name: "b", version: "1" } } };
  assert.deepEqual(promiseProblems({ systems, outputs: { "packages.a": {} } }, found), [
    "'packages.b' exists, but is not promised",
    "'packages.a' is promised, but does not exist; found: packages.b",
  ]);
});

test("an output stands for exactly the promised systems", () => {
  const found = { "packages.a": { "x86_64-linux": {} } };
  assert.deepEqual(promiseProblems({ systems, outputs: { "packages.a": {} } }, found), [
    "'packages.a': expected for the systems x86_64-linux, aarch64-darwin, found x86_64-linux",
  ]);
  assert.deepEqual(promiseProblems({ systems, outputs: { "packages.a": { systems: ["x86_64-linux"] } } }, found), []);
});

test("an output that is not kept by system has none", () => {
  const found = { "templates.default": { "": { description: "A flake" } } };
  const promise = { systems: [], description: "A flake" };
  assert.deepEqual(promiseProblems({ systems, outputs: { "templates.default": promise } }, found), []);
});

test("packages are exact, in any order, and a version may be a prefix of whole parts", () => {
  const packages = [
    { name: "python3", version: "3.13.5" },
    { name: "hello", version: "2.12" },
  ];
  assert.deepEqual(problemsOf({ packages: ["hello", "python3@3.13"] }, { packages }), []);
  assert.equal(problemsOf({ packages: ["hello", "python3@3.1"] }, { packages }).length, 2);
  assert.equal(problemsOf({ packages: ["hello", "python3", "zlib"] }, { packages }).length, 2);
  assert.equal(
    problemsOf({ packages: ["hello"] }, { packages })[0],
    `'devShells.default' on x86_64-linux: packages: expected ["hello"], found ["python3@3.13.5","hello@2.12"]`,
  );
});

test("the Python packages of an environment are exact too", () => {
  const distributions = [{ name: "flask", version: "2.1.2" }];
  assert.deepEqual(problemsOf({ distributions: ["flask@2.1.2"] }, { distributions }), []);
  assert.equal(
    problemsOf({ distributions: ["flask@3"] }, { distributions })[0],
    `'devShells.default' on x86_64-linux: distributions: expected ["flask@3"], found ["flask@2.1.2"]`,
  );
});

test("variables and options are equal, a shell hook contains, and an ellipsis stands for any text", () => {
  const facts = { env: { A: "1" }, options: { "a.b": true, c: "/nix/store/xyz-source/r.txt" }, shellHook: "a\nb\n" };
  assert.deepEqual(
    problemsOf({ env: { A: "1" }, options: { "a.b": true, c: "/nix/store/…-source/r.txt" }, shellHook: ["b"] }, facts),
    [],
  );
  assert.match(problemsOf({ env: { A: "2" } }, facts)[0] ?? "", /env 'A': expected "2", found "1"$/);
  assert.match(
    problemsOf({ options: { "a.b": "true" } }, facts)[0] ?? "",
    /options 'a\.b': expected "true", found true$/,
  );
  assert.match(problemsOf({ shellHook: ["c"] }, facts)[0] ?? "", /shellHook: expected "… c …", found "a\\nb\\n"$/);
});

test("what is promised for one system goes before what is promised for all", () => {
  const promise = { env: { A: "2" }, on: { "x86_64-linux": { env: { A: "1" } } } };
  assert.deepEqual(problemsOf(promise, { env: { A: "1" } }), [
    `'devShells.default' on aarch64-darwin: env 'A': expected "2", found "1"`,
  ]);
});

test("a promise that nothing is known of is refused", () => {
  assert.match(
    problemsOf({ package: ["a"] } as OutputPromise, {})[0] ?? "",
    /nothing is known of the promise 'package'/,
  );
});
