import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { evaluate, locked, warningsOf } from "./run-nix.ts";

const nodes = {
  nixpkgs: locked.stable("26.05", "2026-08-20"),
  "pyproject-nix": locked.pyproject("pyproject.nix", "2026-08-06"),
  uv2nix: locked.pyproject("uv2nix", "2026-08-13"),
};
const example = resolve(import.meta.dirname, "../../examples/15-uv2nix");

interface Choice {
  system?: string;
  python?: string;
  /** A Nix function from the example's uv.lock to the one that is read. */
  change?: string;
  overlay?: string;
  /** What [tool.uv] says, as a Nix set. */
  config?: string;
}

/** An expression over `set`, the packages of the example's uv.lock, and `workspace`. */
function scope(expression: string, choice: Choice = {}): string {
  const { system = "x86_64-linux", python = "python313", change = "lock: lock", config = "{ }" } = choice;
  const { overlay = 'workspace.mkPyprojectOverlay { sourcePreference = "wheel"; }' } = choice;
  return `let
    pkgs = import nixpkgs { system = "${system}"; };
    inherit (pkgs) lib;
    pyproject = import (pyproject-nix + "/default.nix") { inherit lib; };
    workspace = (import (uv2nix + "/lib") { inherit lib; pyproject-nix = pyproject; }).workspace.loadWorkspace {
      workspaceRoot = ${example};
      uvLock = (${change}) (lib.importTOML ${example}/uv.lock);
      config = ${config};
    };
    tools = final: prev: lib.mapAttrs (pname: v: pkgs.stdenv.mkDerivation { inherit pname; version = "1"; passthru = { }; }) { setuptools = 1; wheel = 1; };
    set = ((pkgs.callPackage pyproject.build.packages { python = pkgs.${python}; }).overrideScope tools).overrideScope (${overlay});
  in ${expression}`;
}
const on = (expression: string, choice?: Choice) => evaluate(nodes, scope(expression, choice));

/** A change of uv.lock: one package, by its name, gets other attributes. */
const withPackage = (name: string, attributes: string) =>
  `lock: lock // { package = map (p: if p.name == "${name}" then p // ${attributes} else p) lock.package; }`;
const wheels = (...files: string[]) =>
  `[ ${files.map((file) => `{ url = "https://example.org/${file}"; hash = "sha256:${"a".repeat(64)}"; }`).join(" ")} ]`;

test("an environment has exactly the versions of the lock; markers leave out what is for other systems", () => {
  assert.deepEqual(on('map (p: p.pname + " " + p.version) (set.resolveVirtualEnv workspace.deps.default)'), [
    "contacts 0.1.0",
    "click 8.1.3",
    "flask 2.1.2",
    "importlib-metadata 4.11.4",
    "itsdangerous 2.1.2",
    "jinja2 3.1.2",
    "markupsafe 2.1.1",
    "werkzeug 2.1.2",
    "zipp 3.8.0",
  ]);
  assert.equal(on("set ? colorama"), false);
});

test("a package is the wheel or the source archive of the lock, with the lock's hash", () => {
  assert.deepEqual(on("[ set.flask.format set.flask.src.name set.flask.src.outputHash ]"), [
    "wheel",
    "Flask-2.1.2-py3-none-any.whl",
    "sha256:fad5b446feb0d6db6aec0c3184d16a8c1f6c3e464b511649c8918a9be100b4fe",
  ]);
  assert.deepEqual(on("[ set.markupsafe.format set.markupsafe.src.name ]"), ["pyproject", "MarkupSafe-2.1.1.tar.gz"]);
});

test("the wheel suits interpreter and system, and the preference for sources is kept", () => {
  const files = wheels(
    "MarkupSafe-2.1.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    "MarkupSafe-2.1.1-cp313-cp313-macosx_11_0_arm64.whl",
  );
  const change = withPackage("markupsafe", `{ wheels = ${files}; }`);
  const file = (choice: Choice) => on("set.markupsafe.src.name", { change, ...choice });
  assert.match(String(file({ python: "python311" })), /cp311-manylinux/);
  assert.match(String(file({ system: "aarch64-darwin" })), /macosx_11_0_arm64/);
  assert.match(String(file({})), /\.tar\.gz$/);
  const sources = 'workspace.mkPyprojectOverlay { sourcePreference = "sdist"; }';
  assert.match(String(file({ python: "python311", overlay: sources })), /\.tar\.gz$/);
  assert.match(
    String(file({ python: "python311", config: '{ no-binary-package = [ "markupsafe" ]; }' })),
    /\.tar\.gz$/,
  );
});

test("a package with neither a wheel that suits nor a source is refused by name", () => {
  const change = withPackage(
    "markupsafe",
    `{ sdist = { }; wheels = ${wheels("MarkupSafe-2.1.1-cp310-cp310-win_amd64.whl")}; }`,
  );
  assert.equal(
    on("set.markupsafe.drvPath", { change }),
    "error: No compatible wheel, nor sdist found for package 'markupsafe' 2.1.1",
  );
});

test("a wheel without its hash is warned of", () => {
  const change = withPackage("flask", '{ wheels = [ { url = "file:///no/flask-2.1.2-py3-none-any.whl"; } ]; }');
  assert.deepEqual(warningsOf(nodes, scope("set.flask.drvPath", { change })), [
    "evaluation warning: wheel url 'file:///no/flask-2.1.2-py3-none-any.whl' missing hash, falling back to builtins.fetchurl",
  ]);
});

test("a Python that requires-python excludes is refused with the assertion that people know", () => {
  assert.match(
    String(on("set.flask.name", { python: "python314" })),
    /^error: assertion '\(all \(spec: .*requires-python\)' failed/,
  );
});

test("extras and dependency groups come when they are asked for", () => {
  const change = withPackage(
    "contacts",
    '{ optional-dependencies.web = [ { name = "zipp"; } ]; dependencies = [ ]; dev-dependencies.dev = [ { name = "jinja2"; } ]; }',
  );
  const names = (deps: string) => on(`map (p: p.pname) (set.resolveVirtualEnv workspace.deps.${deps})`, { change });
  assert.deepEqual(names("default"), ["contacts"]);
  assert.deepEqual(names("optionals"), ["contacts", "zipp"]);
  assert.deepEqual(names("groups"), ["contacts", "jinja2", "markupsafe"]);
  assert.deepEqual(names("all"), ["contacts", "zipp", "jinja2", "markupsafe"]);
  assert.deepEqual(on("workspace.deps.all", { change }), { contacts: ["web", "dev"] });
});

test("an editable project stays where it is, with its build system beside it", () => {
  const overlay = `lib.composeExtensions (workspace.mkPyprojectOverlay { sourcePreference = "wheel"; })
    (workspace.mkEditablePyprojectOverlay { root = "$REPO_ROOT"; })`;
  assert.deepEqual(
    on("[ set.contacts.EDITABLE_ROOT (set.contacts.passthru.dependencies ? setuptools) (set.flask ? EDITABLE_ROOT) ]", {
      overlay,
    }),
    ["$REPO_ROOT", true, false],
  );
  assert.match(
    String(
      on("set.contacts", { overlay: 'workspace.mkEditablePyprojectOverlay { root = "${builtins.storeDir}/x"; }' }),
    ),
    /^error: Editable root was passed as a Nix store path\./,
  );
});

test("a project without a build system installs nothing of itself", () => {
  const change = withPackage("contacts", '{ source.virtual = "."; }');
  assert.deepEqual(
    on("[ set.contacts.pname (set.contacts.passthru.dependencies ? flask) (set.contacts ? src) ]", { change }),
    ["contacts", true, false],
  );
});

test("each version of a forked resolution belongs to its marker", () => {
  const change = `lock: lock // {
    resolution-markers = [ "python_full_version >= '3.12'" "python_full_version < '3.12'" ];
    package = lib.concatMap (p: if p.name != "zipp" then [ p ] else [
      (p // { version = "4.1.0"; resolution-markers = [ "python_full_version >= '3.12'" ]; })
      (p // { resolution-markers = [ "python_full_version < '3.12'" ]; })
    ]) lock.package;
  }`;
  assert.equal(on("set.zipp.version", { change }), "4.1.0");
  assert.equal(on("set.zipp.version", { change, python: "python311" }), "3.8.0");
});
