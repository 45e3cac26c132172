import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import {
  attributeOf,
  indexed,
  interpreters,
  nearNames,
  packageOf,
  packageOfAttribute,
  versionInWords,
} from "./index.ts";
import { printIndex, type Index } from "./index-file.ts";

const root = resolve(import.meta.dirname, "../..");
const file = join(import.meta.dirname, "nixpkgs/index.json");
const index = JSON.parse(readFileSync(file, "utf8")) as Index;

test("a package is found by its name on PyPI in any spelling, and by its attribute", () => {
  assert.equal(packageOf("MarkupSafe")?.attr, "markupsafe");
  assert.equal(packageOf("typing_extensions"), packageOfAttribute("typing-extensions"));
  assert.equal(packageOf("Flit.Core")?.pypi, "flit_core");
  assert.equal(packageOf("bs4")?.attr, "beautifulsoup4");
  assert.equal(attributeOf("PyGObject"), "pygobject3");
  assert.equal(packageOf("no-such-package"), undefined);
  assert.equal(attributeOf("No_Such.Package"), "no-such-package");
});

test("names that are nearly right are found, the right one is not near itself", () => {
  assert.deepEqual(nearNames("flaskk"), ["flask"]);
  assert.equal(nearNames("Reqeusts")[0], "requests");
  assert.ok(!nearNames("flask").includes("flask"));
  assert.deepEqual(nearNames("zzzzzzzz"), []);
});

test("a version is a fact, with its day, only where its witnesses suffice", () => {
  const words = (name: string) => versionInWords(packageOf(name) ?? assert.fail(name));
  assert.equal(packageOf("flask")?.seen?.confidence, "high");
  assert.equal(words("flask"), `${index.packages["flask"]?.version} (${index.packages["flask"]?.asOf})`);
  assert.equal(packageOf("click")?.seen?.confidence, "low");
  assert.equal(words("click"), `about ${index.packages["click"]?.version}`);
  assert.equal(packageOf("yarl")?.seen, undefined);
  assert.equal(words("yarl"), "version not known");
});

test("each version has a witness, and each dependency is a package of the index", () => {
  for (const [attr, line] of Object.entries(index.packages)) {
    if (line.asOf) assert.ok(line.evidence?.length && line.confidence, attr);
    for (const name of line.runtime ?? []) assert.ok(name in index.packages, `${attr} needs ${name}`);
  }
  for (const { attr } of interpreters()) assert.ok(index.interpreterEvidence[attr], attr);
  assert.deepEqual(
    interpreters().flatMap(({ attr, isDefault }) => (isDefault ? [attr] : [])),
    ["python313"],
  );
});

test("the index is of the revision that the examples have locked", () => {
  const lock = JSON.parse(readFileSync(join(root, "examples/04-every-system/flake.lock"), "utf8")) as {
    nodes: { nixpkgs: { locked: { rev: string; lastModified: number } } };
  };
  const { rev, lastModified } = lock.nodes.nixpkgs.locked;
  assert.deepEqual(indexed, { release: "26.05", rev, day: new Date(lastModified * 1000).toISOString().slice(0, 10) });
});

test("a refresh changes the lines of the packages that changed, and no others", () => {
  assert.equal(printIndex(index), readFileSync(file, "utf8"));
});

function refreshFrom(state: string, path: string, ...more: string[]): { index: Index; printed: string } {
  const out = join(state, "refreshed.json");
  const args = ["src/scripts/index-nixpkgs.ts", path, "--rev", "f".repeat(40), "--day", "2026-12-01", "--out", out];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args, ...more], { cwd: root, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return { index: JSON.parse(readFileSync(out, "utf8")) as Index, printed: stdout };
}

function inTemporary(use: (state: string) => void): void {
  const state = mkdtempSync(join(tmpdir(), "index-"));
  try {
    use(state);
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

test("a tree of nixpkgs is read by evaluation: versions, what is gone, and what is needed besides", () => {
  inTemporary((state) => {
    const tree = join(state, "nixpkgs");
    cpSync(join(import.meta.dirname, "nixpkgs"), tree, { recursive: true });
    const changed = structuredClone(index);
    changed.packages["flask"] = { version: "9.1", runtime: ["click", "quart"] };
    changed.packages["quart"] = { version: "0.1" };
    delete changed.packages["redis"];
    writeFileSync(join(tree, "index.json"), printIndex(changed));

    const { index: fresh, printed } = refreshFrom(state, tree);
    assert.deepEqual(fresh.packages["flask"], {
      pypi: "Flask",
      version: "9.1",
      asOf: "2026-12-01",
      confidence: "high",
      evidence: ["read"],
      runtime: ["click", "quart"],
    });
    assert.equal(fresh.packages["quart"]?.version, "0.1");
    assert.equal(fresh.packages["redis"], undefined);
    assert.match(printed, /^flask: .* -> 9\.1$/m);
    assert.match(printed, /^redis: not in this nixpkgs$/m);
    assert.equal(fresh.rev, "f".repeat(40));
    assert.deepEqual(fresh.witnesses, { read: `evaluation of nixpkgs ${"f".repeat(40)}` });
  });
});

test("a channel's packages.json is read, packed or not; what a package needs stays as it was", () => {
  inTemporary((state) => {
    const packages = {
      python3: { pname: "python3", version: "3.13.15" },
      python313: { pname: "python3", version: "3.13.15" },
      python314: { pname: "python3", version: "3.14.7" },
      "python313Packages.flask": { pname: "flask", version: "9.2" },
      "python313Packages.click": { pname: "click", version: "8.9" },
      "python313Packages.quart": { pname: "quart", version: "0.2" },
      "python314Packages.flask": { pname: "flask", version: "9.3" },
    };
    const text = JSON.stringify({ version: 2, packages });
    writeFileSync(join(state, "packages.json"), text);
    writeFileSync(join(state, "packages.json.br"), brotliCompressSync(text));
    const plain = refreshFrom(state, join(state, "packages.json"), "--release", "26.05", "quart").index;
    assert.deepEqual(Object.keys(plain.packages), ["click", "flask", "quart"]);
    assert.equal(plain.packages["flask"]?.version, "9.2");
    assert.deepEqual(plain.packages["flask"]?.runtime, ["click"]);
    assert.deepEqual(plain.interpreters["26.05"], {
      default: "python313",
      interpreters: { python313: "3.13.15", python314: "3.14.7" },
    });
    assert.deepEqual(refreshFrom(state, join(state, "packages.json.br"), "--release", "26.05", "quart").index, plain);
  });
});
