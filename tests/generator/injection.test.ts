/**
 * Whatever text the reader gives, the files hold it as text: real Nix, bash and a TOML reader give it back unchanged. Many
 * samples share one process. INJECTIONS=100000 runs that many, in place of 2,000; INJECTION_SEED takes others.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { parse } from "smol-toml";
import { generate, type Choices, type Generated } from "#generator";
import { nixEnvironment } from "../support/nix-run.ts";
import { provideNix } from "../support/provide-nix.ts";

const nix = provideNix();
const count = Number(process.env["INJECTIONS"] ?? 2000);
const seed = Number(process.env["INJECTION_SEED"] ?? 20261127);
const scratch = mkdtempSync(join(tmpdir(), "injection-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

const pieces = [
  ..."' '' ''' '''' ''$ ''\\ ''\\n $ $$ $$$ ${ ${x} $${ '${ \\ \\\\ \" \\\" { } ; # /* */ ` $( ) ${{ }} a in let = @ : % & | < > ! * ? ~".split(
    " ",
  ),
  ..."\n|\r|\r\n|\t| |  |\n  |\n\t|\u2028|\u2029|\u0085|\u00a0|\u0001|\u001b|\u007f|\u200e|\u202e|\ufeff|é|日|😀|\u{10ffff}".split(
    "|",
  ),
];
const text = fc
  .oneof(
    { weight: 4, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join("")) },
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.string({ unit: "grapheme", maxLength: 60 }),
  )
  .map((each) => each.replaceAll("\0", ""));
/** Without signs that end an address or a line of a list. */
const address = text.map((each) => each.replace(/[\s\p{Cc}\ufffd#\\;[\]$]/gu, ""));

interface Sample {
  readonly choices: Partial<Choices>;
  readonly address: string;
  readonly asked: string;
  readonly file: string;
}

const sample: fc.Arbitrary<Sample> = fc.record({
  choices: fc.record({
    approach: fc.constantFrom("with-packages", "override", "venv", "devenv", "application"),
    layout: fc.constantFrom("plain", "flake-parts"),
    description: text,
    shellHook: text,
    env: fc.record({ A: text, in: text, _b1: text }, { requiredKeys: [] }),
    systems: fc.constant(["x86_64-linux"] as const),
    comments: fc.boolean(),
    formatter: fc.constant(false),
  }),
  address,
  asked: address,
  file: text.filter((each) => !/^\/|(^|\/)(\.\.)?(\/|$)/.test(each) && each !== "requirements.txt" && each !== ""),
});

function made({ choices, address, asked, file }: Sample): Generated {
  const list = `one @ https://example.org/${address}\nflask===${asked}\nclick\n`;
  return generate({ files: { "requirements.txt": list, [file]: "" }, entry: "requirements.txt" }, choices);
}

const samples = fc.sample(sample, { numRuns: count, seed });
const fileOf = ({ files }: Generated, path: string): string => files.find((each) => each.path === path)?.text ?? "";

/** Just enough of the inputs to see what a flake hands to them. */
const inputs = `
  let
    lib = {
      genAttrs = names: f: builtins.listToAttrs (map (name: { inherit name; value = f name; }) names);
      optionals = condition: list: if condition then list else [ ];
      getExe = x: x;
      fakeHash = "fake";
    };
    package = { overridePythonAttrs = f: f { }; optional-dependencies = { }; };
    ps = { flask = package; click = package; setuptools = package; fetchPypi = x: x; buildPythonPackage = x: x; buildPythonApplication = x: x; };
    python = {
      override = { self, packageOverrides }: python // {
        layer = packageOverrides ps ps;
        pkgs = ps // packageOverrides ps ps;
        withPackages = f: { layer = packageOverrides ps ps; list = f (ps // packageOverrides ps ps); };
      };
      pkgs = ps;
      withPackages = f: { layer = { }; list = f ps; };
      interpreter = "python";
    };
    pkgs = { mkShell = x: x; python313 = python; fetchurl = x: x; stdenv.hostPlatform.isLinux = true; };
    nixpkgs = { inherit lib; legacyPackages.x86_64-linux = pkgs; };
    parts = module: let m = module.perSystem { inherit lib pkgs; system = "x86_64-linux"; }; in
      builtins.mapAttrs (kind: each: { x86_64-linux = each; }) m;
  in {
    inherit nixpkgs;
    self = { };
    flake-parts.lib.mkFlake = _: parts;
    devenv.lib.mkShell = { modules, ... }: let m = builtins.head modules; in { env = m.env or { }; shellHook = m.enterShell or ""; };
  }`;

/** What real Nix makes of flakes: the description, and what their shells and packages are handed. */
function evaluated(
  flakes: readonly Generated[],
): { description: string; env: Record<string, string>; hook: string; url: string }[] {
  const all = flakes.map((each) => `(${fileOf(each, "flake.nix")})`).join("\n");
  const file = join(scratch, "flakes.nix");
  writeFileSync(
    file,
    `map (flake: let
      outputs = flake.outputs (${inputs});
      shell = outputs.devShells.x86_64-linux.default;
      package = outputs.packages.x86_64-linux.default or { };
    in {
      inherit (flake) description;
      env = builtins.removeAttrs (shell.env or { }) [ "PYTHONNOUSERSITE" "PIP_DISABLE_PIP_VERSION_CHECK" ];
      hook = shell.shellHook or "";
      url = package.layer.one.src.url or "";
    }) [\n${all}\n]`,
  );
  const output = execFileSync(
    join(nix.bin, "nix-instantiate"),
    ["--eval", "--strict", "--json", "--readonly-mode", file],
    {
      env: nixEnvironment(nix, join(scratch, "state")),
      encoding: "utf8",
      maxBuffer: 1 << 30,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  return JSON.parse(output) as ReturnType<typeof evaluated>;
}

test(`real Nix gives back the texts of ${count} flakes unchanged`, () => {
  const size = 500;
  for (let at = 0; at < samples.length; at += size) {
    const part = samples.slice(at, at + size);
    const flakes = part.map(made);
    for (const [index, found] of evaluated(flakes).entries()) {
      const { choices, address } = part[index]!;
      const { description = "", env = {}, shellHook = "", approach } = choices;
      const shown = JSON.stringify(part[index]);
      if (description !== "") assert.equal(found.description, description, shown);
      assert.deepEqual(found.env, { ...env }, shown);
      const ended = shellHook === "" || shellHook.endsWith("\n") ? shellHook : `${shellHook}\n`;
      if (approach === "venv") assert.ok(found.hook.endsWith(ended), shown);
      else assert.equal(found.hook, ended, shown);
      if (approach === "with-packages" || approach === "override")
        assert.equal(found.url, `https://example.org/${address}`, shown);
    }
  }
});

test("a text of a megabyte comes back as well", () => {
  const long = "\n\n\n" + "it's ${x} ''${y} \\ \"\n\n\n".repeat(50_000);
  const choices = { description: long, shellHook: long, env: { A: long }, systems: ["x86_64-linux"] as const };
  const [found] = evaluated([made({ choices, address: "a", asked: "1", file: "x" })]);
  assert.equal(found?.description, long);
  assert.equal(found.hook, long);
  assert.equal(found.env["A"], long);
});

test(`bash reads ${count} files .envrc as calls of direnv's functions with the names of the files, and nothing else`, () => {
  const folder = join(scratch, "envrc");
  mkdirSync(folder);
  const expected: string[] = [];
  for (const [index, each] of samples.entries()) {
    const flake = made(each);
    writeFileSync(join(folder, `${index}.sh`), fileOf(flake, ".envrc"));
    const paths = (wanted: string) => flake.files.filter(({ origin }) => origin === wanted).map(({ path }) => path);
    expected.push(...paths("yours"), ...paths("generated").filter((path) => /^(requirements|pyproject)/.test(path)));
  }
  const script = `
    watch_file() { printf '%s\\0' "$@"; }
    use() { :; }
    before=$(declare -p | grep -v '^declare -[^ ]* \\(_\\|BASH_[A-Z]*\\|FUNCNAME\\|LINENO\\|RANDOM\\|SECONDS\\|SRANDOM\\|EPOCH[A-Z]*\\|PIPESTATUS\\|before\\|i\\)=')
    for ((i = 0; i < ${samples.length}; i++)); do . ./$i.sh || exit 3; done
    after=$(declare -p | grep -v '^declare -[^ ]* \\(_\\|BASH_[A-Z]*\\|FUNCNAME\\|LINENO\\|RANDOM\\|SECONDS\\|SRANDOM\\|EPOCH[A-Z]*\\|PIPESTATUS\\|before\\|i\\)=')
    [ "$before" = "$after" ] || exit 4`;
  const output = execFileSync("bash", ["-c", script], { cwd: folder, encoding: "utf8", maxBuffer: 1 << 30 });
  assert.deepEqual(output.split("\0").slice(0, -1), expected);
  const all = samples.map((each) => fileOf(made(each), ".envrc")).join("");
  writeFileSync(join(folder, "all.sh"), all);
  execFileSync("bash", ["-n", "all.sh"], { cwd: folder });
});

test(`a reader of TOML gives back the texts of ${count} files pyproject.toml unchanged`, () => {
  for (const each of samples) {
    const flake = generate(
      { files: { "requirements.txt": `one @ https://example.org/${each.address}\n` }, entry: "requirements.txt" },
      { ...each.choices, approach: "uv2nix" },
    );
    const { project } = parse(fileOf(flake, "pyproject.toml")) as { project: Record<string, unknown> };
    if (each.choices.description !== "") assert.equal(project["description"], each.choices.description);
    assert.deepEqual(project["dependencies"], [`one @ https://example.org/${each.address}`]);
  }
});

test("the workflow is the same whatever the reader's texts are", () => {
  const plain = (choices: Partial<Choices>) =>
    fileOf(generate({ files: {}, entry: "x" }, { ...choices, ci: true }), ".github/workflows/check.yml");
  for (const { choices } of samples.slice(0, 200)) {
    const { approach = "venv", comments = true } = choices;
    assert.equal(plain(choices), plain({ approach, comments }));
  }
});
