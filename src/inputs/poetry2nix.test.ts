import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { evaluate } from "./run-nix.ts";
import type { LockNode } from "./index.ts";

const scratch = mkdtempSync(join(tmpdir(), "poetry2nix-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

const reference = (owner: string, repo: string) => ({ type: "github", owner, repo });
const nodes: Record<string, LockNode> = {
  nixpkgs: { locked: { ...reference("NixOS", "nixpkgs"), lastModified: Date.parse("2024-10-28") / 1000 } },
  poetry2nix: { original: reference("nix-community", "poetry2nix") },
};

/** A Nix expression's value for a project, where `p2n` is poetry2nix and `made` what `mkPoetryPackages` gives. */
function inProject(pyproject: string, lock: string, expression: string, system = "x86_64-linux"): unknown {
  const folder = mkdtempSync(join(scratch, "project-"));
  writeFileSync(join(folder, "pyproject.toml"), pyproject);
  writeFileSync(join(folder, "poetry.lock"), lock);
  return evaluate(
    nodes,
    `let
      pkgs = import nixpkgs { system = "${system}"; };
      p2n = import poetry2nix { inherit pkgs; };
      project = { projectDir = ${folder}; python = pkgs.python312; };
      made = args: p2n.mkPoetryPackages (project // args);
      packages = args: map (drv: drv.pname or drv.name) (made args).poetryPackages;
      set = args: (made args).python.pkgs;
      needs = drv: map (each: each.pname) drv.propagatedBuildInputs;
    in ${expression}`,
  );
}

const project = (tables: string) =>
  `[tool.poetry]\nname = "app"\nversion = "1.0"\ndescription = ""\n${tables}\n[build-system]\nrequires = ["poetry-core"]\n`;

/** A package of a lock; `more` are further lines, such as its dependencies. */
const locked = (name: string, { python = "*", files = [`${name}-1.0.tar.gz`], more = "" } = {}) =>
  [
    `[[package]]\nname = "${name}"\nversion = "1.0"\noptional = false\npython-versions = "${python}"`,
    `files = [${files.map((file) => `{file = "${file}", hash = "sha256:${"0".repeat(64)}"}`).join(", ")}]`,
    `${more}\n`,
  ].join("\n");

const own = (names: unknown) => (names as string[]).filter((name) => !name.startsWith("python3")).sort();
const grouped = project(`
[tool.poetry.dependencies]
python = "^3.8"
base = "^1.0"
Extra_Thing = { version = "1.0", optional = true }
old = { version = "1.0", python = "<3.0" }
[tool.poetry.group.dev.dependencies]
checker = "*"
[tool.poetry.group.docs.dependencies]
writer = "*"
[tool.poetry.extras]
more = ["Extra_Thing"]
`);
const groupedLock =
  ["base", "extra-thing", "checker", "writer"].map((name) => locked(name)).join("") + locked("old", { python: "<3.0" });

test("groups decide which dependencies come, and a shell has the developers' too", () => {
  const [main, none, all, checked, env] = inProject(
    grouped,
    groupedLock,
    `map (args: packages ({ extras = [ ]; checkGroups = [ ]; } // args)) [
      { } { groups = [ ]; } { groups = [ "main" "dev" "docs" ]; } { checkGroups = [ "dev" ]; }
    ] ++ [ (map (drv: drv.pname) (p2n.mkPoetryEnv (project // { extras = [ ]; checkGroups = [ ]; })).paths) ]`,
  ) as string[][];
  assert.deepEqual(own(main), ["base"]);
  assert.deepEqual(own(none), []);
  assert.deepEqual(own(all), ["base", "checker", "writer"]);
  assert.deepEqual(own(checked), ["base", "checker"]);
  assert.deepEqual(own(env), ["base", "checker"]);
});

test("extras bring optional dependencies, and a star brings all of them", () => {
  const [none, star, named] = inProject(
    grouped.replaceAll("Extra_Thing", "extra-thing"),
    groupedLock,
    `map (extras: packages { inherit extras; checkGroups = [ ]; }) [ [ ] [ "*" ] [ "more" ] ]`,
  ) as string[][];
  assert.deepEqual(own(none), ["base"]);
  assert.deepEqual(own(star), ["base", "extra-thing"]);
  assert.deepEqual(own(named), ["base", "extra-thing"]);
});

test("of a package for other Pythons nothing is left, not even nixpkgs' own", () => {
  const ranges = {
    a: ">=3.8,<4.0",
    b: "^3.8",
    c: "~3.12",
    d: "2.7 || ^3.6",
    e: "<3.12",
    f: "!=3.12.*",
    click: ">=3.13",
    g: ">= 3.7, < 3.13",
    h: "~=3.10",
  };
  const lock = Object.entries(ranges).map(([name, python]) => locked(name, { python }));
  const names = Object.keys(ranges).map((name) => `"${name}"`);
  const found = inProject(
    project(""),
    lock.join(""),
    `map (name: (set { }).\${name} != null) [ ${names.join(" ")} ]`,
  ) as boolean[];
  assert.deepEqual(
    Object.keys(ranges).filter((_, i) => found[i]),
    ["a", "b", "c", "d", "g", "h"],
  );
});

test("markers are worked out for the Python and the system of the build", () => {
  const markers = {
    m01: "sys_platform == 'linux'",
    m02: "sys_platform == 'darwin'",
    m03: "python_version < '3.10'",
    m04: "python_version >= '3.10' and python_version < '3.13'",
    m05: "python_full_version >= '3.12.0'",
    m06: "platform_system == 'Windows' or os_name == 'posix'",
    m07: "(platform_system == 'Windows' or os_name == 'nt') and python_version > '3'",
    m08: "platform_machine == 'x86_64'",
    m09: "platform_machine in 'x86_64 AMD64'",
    m10: "sys_platform not in 'win32 cygwin'",
    m11: "implementation_name == 'cpython'",
    m12: "platform_python_implementation != 'PyPy'",
    m13: "extra == 'fast'",
    m14: "extra == 'slow'",
    m15: "python_version == '3.12' or python_version == '3.13' and sys_platform == 'win32'",
  };
  const dependencies = Object.entries(markers).map(
    ([name, marker]) => `${name} = {version = "*", markers = "${marker}"}`,
  );
  const more = `[package.dependencies]\n${dependencies.join("\n")}\n[package.extras]\nfast = ["m13"]\n`;
  const lock = [locked("top", { more }), ...Object.keys(markers).map((name) => locked(name))].join("");
  const on = (system: string) => own(inProject(project(""), lock, "needs (set { }).top", system));
  assert.deepEqual(on("x86_64-linux"), "m01 m04 m05 m06 m08 m09 m10 m11 m12 m13 m15".split(" "));
  assert.deepEqual(on("aarch64-darwin"), "m02 m04 m05 m06 m10 m11 m12 m13 m15".split(" "));
});

test("the file is the source, unless wheels are preferred and one of them fits", () => {
  const files = [
    "a-1.0-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    "a-1.0-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    "a-1.0-cp312-cp312-musllinux_1_1_riscv64.whl",
    "a-1.0-cp312-cp312-macosx_11_0_arm64.whl",
    "a-1.0-cp312-cp312-win_amd64.whl",
    "a-1.0-cp38-abi3-manylinux_2_17_aarch64.manylinux2014_aarch64.whl",
    "a-1.0.tar.gz",
  ];
  const lock =
    locked("a", { files }) +
    locked("b", { files: ["b-1.0-py2.py3-none-any.whl", "b-1.0-py3-none-any.whl", "b-1.0.tar.gz"] }) +
    locked("c", { files: ["c-1.0-cp310-cp310-manylinux1_x86_64.whl", "c-1.0.zip"] }) +
    locked("d", { files: ["d-1.0-py3-none-any.whl"] });
  const chosen = (system: string, args: string) =>
    inProject(project(""), lock, `map (n: (set { ${args} }).\${n}.src.name) [ "a" "b" "c" "d" ]`, system);
  const only = "d-1.0-py3-none-any.whl";
  assert.deepEqual(chosen("x86_64-linux", ""), ["a-1.0.tar.gz", "b-1.0.tar.gz", "c-1.0.zip", only]);
  const wheels = "preferWheels = true;";
  const pure = "b-1.0-py2.py3-none-any.whl";
  assert.deepEqual(chosen("x86_64-linux", wheels), [files[1], pure, "c-1.0.zip", only]);
  assert.deepEqual(chosen("aarch64-linux", wheels), [files[5], pure, "c-1.0.zip", only]);
  assert.deepEqual(chosen("aarch64-darwin", wheels), [files[3], pure, "c-1.0.zip", only]);
});

test("overrides come before the defaults or in their place", () => {
  const change = `(final: prev: { base = prev.base.overridePythonAttrs { version = "9"; }; })`;
  const versions = inProject(
    grouped,
    groupedLock,
    `map (overrides: (set { inherit overrides; }).base.version) [
      (p2n.overrides.withDefaults ${change})
      (p2n.overrides.withoutDefaults ${change})
      (p2n.defaultPoetryOverrides.extend ${change})
      (p2n.defaultPoetryOverrides.overrideOverlay ${change})
      p2n.defaultPoetryOverrides
    ]`,
  );
  assert.deepEqual(versions, ["9", "9", "9", "9", "1.0"]);
});

test("an editable package stands for its sources, and is not built", () => {
  const names = inProject(
    grouped,
    groupedLock,
    `packages { extras = [ ]; checkGroups = [ ]; editablePackageSources = { base = ./src; gone = null; }; }`,
  );
  assert.deepEqual(own(names), ["app-editable", "base"]);
  const env = `(p2n.mkPoetryEnv (project // { extras = [ ]; checkGroups = [ ]; editablePackageSources.base = ./src; })).paths`;
  const built = inProject(grouped, groupedLock, `map (drv: drv.pname or drv.name) ${env}`);
  assert.deepEqual(own(built), ["app-editable", "checker"]);
});

test("what cannot be is refused in poetry2nix' words", () => {
  const fails = (pyproject: string, lock: string, expression: string) =>
    String(inProject(pyproject, lock, expression)).split("\n")[0];
  const application = "(p2n.mkPoetryApplication project).drvPath";
  assert.equal(fails('[project]\nname = "app"\n', "package = []", application), "error: attribute 'tool' missing");
  assert.equal(
    fails(project("").replace(/\[build-system][^]*/, ""), "package = []", application),
    "error: No build-system.build-backend section in pyproject.toml. Add such a section as described in https://python-poetry.org/docs/pyproject/#poetry-and-pep-517",
  );
  assert.equal(
    fails(project("").replace("poetry-core", "no-such"), "package = []", application),
    "error: unsupported build system requirement no-such",
  );
  const riscv = ["a-1.0-cp312-cp312-manylinux_2_31_riscv64.whl", "a-1.0.tar.gz"];
  assert.equal(
    fails(project(""), locked("a", { files: riscv }), "(set { preferWheels = true; }).a.src.name"),
    "error: attribute 'riscv64' missing",
  );
  assert.equal(
    fails(project(""), locked("a", { files: ["a-1.0-cp39-cp39-win32.whl"] }), "(set { }).a.src.name"),
    "error: Missing suitable source/wheel file entry for a",
  );
});
