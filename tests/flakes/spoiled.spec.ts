/** The checks prove of themselves that they catch a spoiled flake: each copy must fail, for its own reason. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import { provideNix } from "../support/provide-nix.ts";
import { checkEvaluates, checkLock, checkPromises } from "./checks.ts";
import { exampleNames, flakesOf, type ExampleFlake } from "./examples.ts";

test.describe.configure({ mode: "parallel" });

const nix = provideNix();
const inputs = { from: "stand-ins" } as const;
const roots = exampleNames()
  .flatMap((example) => flakesOf(example))
  .filter(({ flake, onDisk, promises }) => flake === "." && onDisk && promises !== undefined);

interface Spoiled {
  reason: string;
  /** Default: `flake.nix`. */
  file?: string;
  /** What the example's `flake.nix` holds, where `find` alone would find another example. */
  where?: string;
  find: RegExp;
  /** Without it the file is removed. */
  replace?: string;
  check: (flake: ExampleFlake) => void;
  message: RegExp;
}

const spoiled: Spoiled[] = [
  {
    reason: "a syntax error",
    find: /;\n/,
    replace: "\n",
    check: (flake) => checkEvaluates(nix, flake, inputs),
    message: /: evaluates: [^]*syntax error, unexpected/,
  },
  {
    reason: "an unknown package",
    find: /packages = \[/,
    replace: "packages = [ pkgs.no-such-package",
    check: (flake) => checkEvaluates(nix, flake, inputs),
    message: /: evaluates: [^]*(attribute|undefined variable) 'no-such-package'/,
  },
  {
    reason: "a missing system",
    find: /\n *"aarch64-darwin"(?=\n)/,
    replace: "",
    check: (flake) => checkPromises(nix, flake, inputs),
    message: /: promises: '[\w.]+': expected for the systems .*aarch64-darwin.*, found (?!.*aarch64-darwin)/,
  },
  {
    reason: "a wrong devenv option",
    find: /languages\.python\.enable = true/,
    replace: "languages.python.virtualenv.enable = true",
    check: (flake) => checkEvaluates(nix, flake, inputs),
    message: /: evaluates: [^]*The option `languages\.python\.virtualenv' does not exist/,
  },
  {
    reason: "a Python package that does not say how it is built",
    find: /\n *pyproject = true;/,
    replace: "",
    check: (flake) => checkEvaluates(nix, flake, inputs),
    message: /: evaluates: [^]*contacts-0\.1\.0 does not configure a `format`/,
  },
  {
    reason: "a package that does not say which program it is for",
    find: /\n *mainProgram = "contacts";/,
    replace: "",
    check: (flake) => checkPromises(nix, flake, inputs),
    message: /: promises: 'packages\.default' on x86_64-linux: mainProgram: expected "contacts", found null/,
  },
  {
    reason: "another package of nixpkgs than the promised one",
    find: /ps\.flask \]/,
    replace: "ps.django ]",
    check: (flake) => checkPromises(nix, flake, inputs),
    message: /: promises: 'packages\.default' on [\w-]+: distributions: expected \["flask"[^\n]*, found \["[Dd]jango@/,
  },
  {
    reason: "a plain tree taken for a flake",
    find: /\n *flake = false;/,
    replace: "",
    check: (flake) => checkEvaluates(nix, flake, inputs),
    message: /: evaluates: [^]*while updating the flake input 'contact-app'[^]*path '[^']*\/flake\.nix' does not exist/,
  },
  {
    reason: "a lock out of step",
    find: /(nixpkgs\.url = "github:[^"]*nixos-)[\w.]+"/i,
    replace: '$119.09"',
    check: (flake) => checkLock(nix, flake),
    message: /: lock: flake\.lock is out of step with flake\.nix/,
  },
  {
    reason: "another version in a generated file",
    file: "python-packages.nix",
    find: /(pname = "Flask";\n *version = )"2\.1\.2"/,
    replace: '$1"2.1.3"',
    check: (flake) => checkPromises(nix, flake, inputs),
    message: /: promises: 'packages\.Flask' on [\w-]+: name: expected "Flask@2\.1\.2", found "Flask@2\.1\.3"/,
  },
  {
    reason: "a changed package that nixpkgs does not have",
    file: "pins.nix",
    find: /pin prev\.zipp /,
    replace: "pin prev.zip ",
    check: (flake) => checkEvaluates(nix, flake, inputs),
    message: /: evaluates: [^]*attribute 'zip' missing/,
  },
  {
    reason: "a package that is changed by way of itself",
    file: "pins.nix",
    find: /pin prev\.zipp /,
    replace: "pin final.zipp ",
    check: (flake) => checkEvaluates(nix, flake, inputs),
    message: /: evaluates: [^]*infinite recursion encountered/,
  },
  {
    reason: "another version in a hand-written pin",
    file: "pins.nix",
    find: /(name = "Flask";\n *version = )"2\.1\.2"/,
    replace: '$1"2.1.3"',
    check: (flake) => checkPromises(nix, flake, inputs),
    message: /: promises: 'packages\.flask' on [\w-]+: name: expected "flask@2\.1\.2", found "flask@2\.1\.3"/,
  },
  {
    reason: "a requirement that nixpkgs does not have",
    where: "loadRequirementsTxt",
    file: "requirements.txt",
    find: /^zipp==/m,
    replace: "no-such-package==",
    check: (flake) => checkEvaluates(nix, flake, inputs),
    message: /: evaluates: [^]*attribute 'no-such-package' missing/,
  },
  {
    reason: "a pin that nixpkgs does not keep, where the flake refuses it",
    find: /lib\.warnIf \(others/,
    replace: "lib.throwIf (others",
    check: (flake) => checkEvaluates(nix, flake, inputs),
    message: /: evaluates: [^]*error: not as pinned:[^]*flask 3/,
  },
  {
    reason: "a uv.lock that is not there",
    file: "uv.lock",
    find: /./,
    check: (flake) => checkEvaluates(nix, flake, inputs),
    message: /: evaluates: [^]*Path 'uv\.lock' does not exist in Git repository/,
  },
  {
    reason: "a file of uv.lock without its hash",
    file: "uv.lock",
    find: /(Flask-2\.1\.2-py3-none-any\.whl"), hash = "[^"]*"/,
    replace: "$1",
    check: (flake) => checkEvaluates(nix, flake, inputs),
    message: /: evaluates: [^]*in pure evaluation mode, 'fetchurl' requires a 'sha256' argument/,
  },
  {
    reason: "another version in uv.lock",
    file: "uv.lock",
    find: /(name = "flask"\nversion = )"2\.1\.2"/,
    replace: '$1"2.1.3"',
    check: (flake) => checkPromises(nix, flake, inputs),
    message: /: promises: '[\w.]+' on [\w-]+: distributions: expected .*"flask@2\.1\.2".*, found .*"flask@2\.1\.3"/,
  },
  {
    reason: "a wrong workspace root",
    find: /workspaceRoot = \.\/\./,
    replace: "workspaceRoot = ./contacts",
    check: (flake) => checkEvaluates(nix, flake, inputs),
    message: /: evaluates: [^]*Path 'contacts\/uv\.lock' does not exist in Git repository/,
  },
  {
    reason: "a Python that requires-python excludes",
    where: "loadWorkspace",
    find: /pkgs\.python313/,
    replace: "pkgs.python314",
    check: (flake) => checkEvaluates(nix, flake, inputs),
    message: /: evaluates: [^]*assertion '\(all \(spec: [^\n]*requires-python\)' failed/,
  },
  {
    reason: "a version in poetry.lock that has no file",
    file: "poetry.lock",
    find: /(name = "flask"\nversion = )"2\.1\.2"/,
    replace: '$1"2.1.3"',
    check: (flake) => checkEvaluates(nix, flake, inputs),
    message: /: evaluates: [^]*Missing suitable source\/wheel file entry for flask/,
  },
  {
    reason: "a dependency that poetry.lock does not know",
    file: "pyproject.toml",
    find: /\nitsdangerous = "2\.1\.2"/,
    replace: '\nblinker = "*"',
    check: (flake) => checkPromises(nix, flake, inputs),
    message: /: promises: 'packages\.default' on [\w-]+: distributions: expected [^\n]*, found [^\n]*"blinker@/,
  },
  {
    reason: "a lock of dream2nix for another question",
    file: "lock.x86_64-linux.json",
    find: /"invalidationHash": "\w{8}/,
    replace: '"invalidationHash": "00000000',
    check: (flake) => checkEvaluates(nix, flake, inputs),
    message: /: evaluates: [^]*for drv-parts module 'contacts' is outdated/,
  },
  {
    reason: "a wrong option of dream2nix",
    file: "default.nix",
    find: /flattenDependencies = true/,
    replace: "flatten = true",
    check: (flake) => checkEvaluates(nix, flake, inputs),
    message: /: evaluates: [^]*The option `pip\.flatten' does not exist/,
  },
];

for (const { reason, where = "", file: name = "flake.nix", find, replace, check, message } of spoiled) {
  test(`${reason} is caught`, () => {
    const holds = (file: string) => existsSync(file) && find.test(readFileSync(file, "utf8"));
    const flake = roots.find(
      ({ folder }) => holds(join(folder, name)) && readFileSync(join(folder, "flake.nix"), "utf8").includes(where),
    );
    if (flake === undefined) throw new Error(`no example has ${find} in its ${name}: nothing to spoil`);
    const scratch = mkdtempSync(join(tmpdir(), "spoiled-"));
    try {
      const copy = { ...flake, folder: join(scratch, flake.example) };
      cpSync(flake.folder, copy.folder, { recursive: true });
      expect(() => check(copy), "the copy is sound before it is spoiled").not.toThrow();
      const file = join(copy.folder, name);
      if (replace === undefined) rmSync(file);
      else writeFileSync(file, readFileSync(file, "utf8").replace(find, replace));
      const failure = messageOf(() => check(copy));
      expect(failure).toMatch(message);
      expect(failure.startsWith(`${flake.example}: `), `the message names the example:\n${failure}`).toBe(true);
    } finally {
      rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
    }
  });
}

test("a flake without an entry in the promises file, and an entry without its flake, are caught", () => {
  const [flake] = roots;
  if (flake === undefined) throw new Error("there is no example");
  expect(existsSync(flake.folder)).toBe(true);
  expect(messageOf(() => checkPromises(nix, { ...flake, promises: undefined }, inputs))).toMatch(
    /: promises: '[\w.-]+\.promises\.json' has no entry for the flake '\.'/,
  );
  expect(messageOf(() => checkPromises(nix, { ...flake, onDisk: false }, inputs))).toMatch(
    /: promises: '[\w.-]+\.promises\.json' speaks of a flake that is not on disk/,
  );
});

function messageOf(run: () => void): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing failed";
}
