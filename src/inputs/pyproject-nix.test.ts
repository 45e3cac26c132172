import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { evaluate, locked } from "./run-nix.ts";

const nodes = {
  nixpkgs: locked.stable("26.05", "2026-08-20"),
  "pyproject-nix": locked.pyproject("pyproject.nix", "2026-08-06"),
};
const pins = readFileSync(join(import.meta.dirname, "../../examples/contacts/requirements.txt"), "utf8");

/** A Nix expression with the library of pyproject.nix in scope, and the packages of one system. */
const on = (expression: string, system = "x86_64-linux") =>
  evaluate(
    nodes,
    `let
      pkgs = import nixpkgs { system = "${system}"; };
      inherit (pkgs) lib;
      python = pkgs.python313;
      inherit (import (pyproject-nix + "/default.nix") { inherit lib; }) build;
      inherit ((import (pyproject-nix + "/default.nix") { inherit lib; }).lib) pep440 pep508 pip project pypa util;
    in ${expression}`,
  );
const nix = (value: unknown) => `(builtins.fromJSON ${JSON.stringify(JSON.stringify(value)).replaceAll("$", "\\$")})`;

test("versions are read as PEP 440 has them", () => {
  const read = (versions: string[]) => on(`map (v: removeAttrs (pep440.parseVersion v) [ "str" ]) ${nix(versions)}`);
  const none = { epoch: 0, pre: null, post: null, dev: null, local: null };
  assert.deepEqual(read(["3.13.15", "1!2.0", "26.05.1.dev3", "1.0rc2", "1.0alpha1", "2.0.post1", "1.0+cu118", "2.*"]), [
    { ...none, release: [3, 13, 15] },
    { ...none, release: [2, 0], epoch: 1 },
    { ...none, release: [26, 5, 1], dev: { type: "dev", value: 3 } },
    { ...none, release: [1, 0], pre: { type: "rc", value: 2 } },
    { ...none, release: [1, 0], pre: { type: "a", value: 1 } },
    { ...none, release: [2, 0], post: { type: "post", value: 1 } },
    { ...none, release: [1, 0], local: "cu118" },
    { ...none, release: [2, "*"] },
  ]);
  assert.equal(on('pep440.parseVersion "latest"'), "error: Invalid PEP-440 version: latest");
});

test("conditions hold or not; a shorter version stands for all that begin with it", () => {
  const cases: [string, string, boolean][] = [
    ["3.13.15", ">=3.10", true],
    ["3.13.15", "<3.14", true],
    ["3.14.0", "<3.14", false],
    ["2.1.2", "==2.1.2", true],
    ["3.1.3", "==2.1.2", false],
    ["3.1.3", "!=2.1.2", true],
    ["2.1.5", "==2.1.*", true],
    ["2.2", "==2.1.*", false],
    ["2.1.5", "==2.1", true],
    ["2.1.5", "~=2.1.2", true],
    ["2.2.0", "~=2.1.2", false],
    ["1.0rc1", "<1.0", true],
    ["1.0.post1", ">1.0", true],
    ["1.0.dev1", "<1.0", true],
    ["1!1.0", ">2.0", true],
    ["2.0rc1", ">2.0b1", true],
  ];
  const holds = `each: let c = builtins.head (pep440.parseVersionConds (builtins.elemAt each 1));
    in pep440.comparators.\${c.op} (pep440.parseVersion (builtins.head each)) c.version`;
  assert.deepEqual(
    on(`map (${holds}) ${nix(cases)}`),
    cases.map(([, , expected]) => expected),
  );
  assert.deepEqual(on('map (c: c.op) (pep440.parseVersionConds "(>=1.0, !=1.3 ,<2)")'), [">=", "!=", "<"]);
});

test("markers are asked of the interpreter and its system", () => {
  const cases: [string, boolean, boolean][] = [
    ['python_version < "3.10"', false, false],
    ["python_full_version >= '3.13.2'", true, true],
    ['sys_platform == "win32"', false, false],
    ["sys_platform == 'darwin' and platform_machine == 'arm64'", false, true],
    ["(os_name == 'nt' or sys_platform == 'linux') and platform_machine != 'aarch64'", true, false],
    ["sys_platform == 'linux' or os_name == 'nt' and python_version < '3'", true, false],
    ["platform_machine in 'x86_64 AMD64'", true, false],
    ["'linux' not in sys_platform", false, true],
    ["platform_python_implementation == 'CPython' and implementation_name != 'pypy'", true, true],
    ["platform_release >= '5.0'", true, true],
  ];
  const holds = `map (m: pep508.evalMarkers (pep508.mkEnviron python) (pep508.parseMarkers (builtins.head m))) ${nix(cases)}`;
  assert.deepEqual(
    on(holds),
    cases.map(([, linux]) => linux),
  );
  assert.deepEqual(
    on(holds, "aarch64-darwin"),
    cases.map(([, , mac]) => mac),
  );
  const extra = (marker: string) =>
    on(
      `pep508.evalMarkers (pep508.setEnviron (pep508.mkEnviron python) { extra = [ "dev" ]; }) (pep508.parseMarkers "${marker}")`,
    );
  assert.deepEqual([extra("extra == 'dev'"), extra("extra == 'docs'")], [true, false]);
});

test("a requirement is read with extras, conditions, marker or address", () => {
  const read = (text: string) =>
    on(
      `let r = pep508.parseString ${nix(text)}; in [ r.name r.extras (map (c: c.op + c.version.str) r.conditions) r.url (r.markers != null) ]`,
    );
  assert.deepEqual(read("MarkupSafe==2.1.1"), ["markupsafe", [], ["==2.1.1"], null, false]);
  assert.deepEqual(read("zope.interface"), ["zope-interface", [], [], null, false]);
  assert.deepEqual(read("Flask[async, dotenv] >=2, <3; python_version < '3.14'"), [
    "flask",
    ["async", "dotenv"],
    [">=2", "<3"],
    null,
    true,
  ]);
  assert.deepEqual(read("flask @ https://example.org/flask.whl"), [
    "flask",
    [],
    [],
    "https://example.org/flask.whl",
    false,
  ]);
});

test("a requirements.txt is read as pip writes it, as far as pyproject.nix goes", () => {
  const text = [
    "# the app",
    "Flask==2.1.2  # pinned",
    "",
    "click==8.1.3 \\",
    "    --hash=sha256:aa \\",
    "    --hash=sha256:bb",
    "colorama; sys_platform == 'win32'",
  ].join("\n");
  assert.deepEqual(on(`map (r: [ r.requirement.name r.flags ]) (pip.parseRequirementsTxt ${nix(text)})`), [
    ["flask", []],
    ["click", ["--hash=sha256:aa", "--hash=sha256:bb"]],
    ["colorama", []],
  ]);
  const packages = (requirements: string) =>
    on(
      `map (p: p.pname) ((project.loadRequirementsTxt { requirements = ${nix(requirements)}; }).renderers.withPackages { inherit python; } python.pkgs)`,
    );
  assert.deepEqual(packages(text), ["flask", "click", "setuptools", "wheel"]);
  assert.equal(packages("-c limits.txt"), "error: Unsupported flag: -c");
  assert.match(String(packages("no-such-thing")), /^error: attribute 'no-such-thing' missing/);
  assert.match(String(packages("--index-url https://example.org/simple")), /^error: /);
});

test("the eight pins are compared with what nixpkgs has, and the differences named", () => {
  const found = on(
    `lib.mapAttrs (_: m: [ m.version (map (c: c.op + c.version.str) m.conditions) ])
      ((project.loadRequirementsTxt { requirements = ${nix(pins)}; }).validators.validateVersionConstraints { inherit python; })`,
  ) as Record<string, [string, string[]]>;
  assert.deepEqual(Object.keys(found).sort(), [
    "click",
    "flask",
    "importlib-metadata",
    "itsdangerous",
    "jinja2",
    "markupsafe",
    "werkzeug",
    "zipp",
  ]);
  assert.deepEqual(found["flask"]?.[1], ["==2.1.2"]);
  const loose = `(project.loadRequirementsTxt { requirements = "flask>=2"; }).validators.validateVersionConstraints { inherit python; }`;
  assert.deepEqual(on(loose), {});
  // The real one says "expected a list but found null: null" here.
  const blank = loose.replace("flask>=2", "flask>=2 ; python_version >= '3.8'");
  assert.equal(on(blank), "error: Invalid PEP-440 version: 2");
});

test("a pyproject.toml becomes the arguments of buildPythonPackage", () => {
  const facts = {
    project: {
      name: "contacts",
      version: "0.1.0",
      description: "A small contacts app",
      "requires-python": ">=3.10,<3.14",
      dependencies: ["flask>=2", "colorama; sys_platform == 'win32'"],
      "optional-dependencies": { test: ["pytest"] },
      scripts: { contacts: "contacts:main" },
    },
    "build-system": { requires: ["hatchling"] },
    "dependency-groups": { dev: ["pytest"] },
  };
  const names = "ps: map (p: p.pname) ps";
  assert.deepEqual(
    on(
      `let a = (project.loadPyproject { pyproject = ${nix(facts)}; }).renderers.buildPythonPackage {
        inherit python; groups = [ "dev" ]; extrasAttrMappings.test = "nativeCheckInputs"; }; in
      { inherit (a) pname version pyproject disabled meta; dependencies = (${names}) a.dependencies;
        build-system = (${names}) a.build-system; nativeCheckInputs = (${names}) a.nativeCheckInputs; }`,
    ),
    {
      pname: "contacts",
      version: "0.1.0",
      pyproject: true,
      disabled: false,
      meta: { description: "A small contacts app", mainProgram: "contacts" },
      dependencies: ["flask", "pytest"],
      "build-system": ["hatchling"],
      nativeCheckInputs: ["pytest"],
    },
  );
  assert.equal(on("project.loadPyprojectDynamic { pyproject = { }; }"), "error: Project is neither Poetry nor PEP-621");
});

test("the best wheel for interpreter and system is chosen", () => {
  const files = [
    "demo-1.0-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    "demo-1.0-cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    "demo-1.0-cp313-cp313-manylinux_2_99_x86_64.whl",
    "demo-1.0-cp313-cp313-musllinux_1_2_x86_64.whl",
    "demo-1.0-cp313-cp313-macosx_10_13_universal2.whl",
    "demo-1.0-cp313-cp313-macosx_11_0_arm64.whl",
    "demo-1.0-cp313-cp313-win_amd64.whl",
    "demo-1.0-cp37-abi3-manylinux2014_x86_64.whl",
    "demo-1.0-py3-none-any.whl",
  ];
  const chosen = `map (w: w.filename) (pypa.selectWheels pkgs.stdenv.targetPlatform python (map pypa.parseWheelFileName ${nix(files)}))`;
  assert.deepEqual(on(chosen), [files[1], files[7], files[8]]);
  assert.deepEqual(on(chosen, "aarch64-darwin"), [files[5], files[4], files[8]]);
  assert.deepEqual(on(chosen, "aarch64-linux"), [files[8]]);
});

test("an interpreter is picked by requires-python", () => {
  assert.deepEqual(
    on(
      `map (p: p.pythonVersion) (util.filterPythonInterpreters {
        requires-python = pep440.parseVersionConds ">=3.12,<3.15"; inherit (pkgs) pythonInterpreters; })`,
    ),
    ["3.12", "3.13", "3.14"],
  );
});

test("a set of packages resolves extras and groups, and makes environments", () => {
  const set = `((pkgs.callPackage build.packages { inherit python; }).overrideScope (final: prev: lib.mapAttrs
    (pname: passthru: pkgs.stdenv.mkDerivation { inherit pname passthru; version = "1"; }) {
      app.dependencies.web = [ "async" ];
      app.dependency-groups.dev.test = [ ];
      web.dependencies.base = [ ];
      web.optional-dependencies.async.loop = [ ];
      base.dependencies.web = [ ];
      loop = { };
      test = { };
    }))`;
  const names = (spec: string) => on(`lib.sort lib.lessThan (map (p: p.pname) (${set}.resolveVirtualEnv ${spec}))`);
  assert.deepEqual(names("{ app = [ ]; }"), ["app", "base", "loop", "web"]);
  assert.deepEqual(names('{ app = [ "dev" ]; }'), ["app", "base", "loop", "test", "web"]);
  assert.match(String(names('{ app = [ "doc" ]; }')), /Extra\/group name 'doc' does not match either extra or/);
  assert.deepEqual(
    on(
      `let env = ${set}.mkVirtualEnv "app-env" { app = [ ]; }; in [ env.name (lib.length (lib.splitString ":" env.NIX_PYPROJECT_DEPS)) ]`,
    ),
    ["app-env", 4],
  );
});
