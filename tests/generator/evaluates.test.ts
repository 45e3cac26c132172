/** Every flake of the matrix, and every preset, evaluates in real Nix and in ours, and gives what it promises. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { approachIds, generate, presets, type ApproachId, type Choices, type Generated } from "#generator";
import { runBoth } from "../nix-flake/run-both.ts";
import { runNix } from "../support/nix-run.ts";
import { overrideInputs } from "../support/override-inputs.ts";
import { provideNix } from "../support/provide-nix.ts";
import { inputFor, lockedApproaches } from "./fixtures.ts";
import { allPairs, caseOf, pairsOf, rows } from "./matrix.ts";
import { writeFiles, writeMerged, type FlakeFolder } from "./merged.ts";

const nix = provideNix();
const skipOurs = nix.recorded ? false : `our evaluator has the outputs of Nix 2.34, not of ${nix.version}`;
const scratch = mkdtempSync(join(tmpdir(), "generator-"));
after(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 3 }));

/** A generated flake with what was chosen for it. */
interface Sample extends FlakeFolder {
  readonly choices: Choices;
}

const textOf = ({ files }: Pick<Generated, "files">, path: string): string | undefined =>
  files.find((file) => file.path === path)?.text;

function sample(name: string, input: Parameters<typeof generate>[0], choices: Partial<Choices>): Sample {
  const made = generate(input, choices);
  assert.deepEqual(
    made.notes.filter(({ kind }) => kind === "refused"),
    [],
    name,
  );
  const lock = textOf(generate(input, { ...choices, lock: true }), "flake.lock")!;
  return { name, files: made.files, lock, choices: made.choices, variables: Object.keys(made.choices.env) };
}

const matrix = rows();
const samples: Sample[] = [
  ...matrix
    .map(caseOf)
    .map(({ name, list, choices }) => sample(name, inputFor(choices.approach, list, choices.python), choices)),
  ...presets
    .filter(({ choices }) => choices.approach !== "uv2nix")
    .map(({ id, input, choices }) => sample(`preset-${id}`, input, choices)),
];

/** Flakes that share their inputs: one process of Nix evaluates them. */
const groups = new Map<string, Sample[]>();
for (const each of samples) {
  const { approach, release } = each.choices;
  const own = approach === "poetry2nix" || approach === "dream2nix";
  const key = own ? approach : approach === "devenv" ? `devenv on ${release}` : `nixpkgs ${release}`;
  groups.set(key, [...(groups.get(key) ?? []), each]);
}

const check = ["flake", "check", "--no-build", "--all-systems"];
const quiet = ["--offline", "--no-eval-cache", "--no-write-lock-file"];

/** The names of outputs by kind and system that an approach promises. */
function promised({ approach, systems, formatter }: Choices): Record<string, unknown> {
  const each = (...names: string[]) => Object.fromEntries(systems.map((system) => [system, names]));
  const kinds: Record<string, unknown> = { devShells: each("default") };
  if (approach !== "venv" && approach !== "devenv")
    kinds["packages"] = each("default", ...(approach === "dream2nix" ? ["lock"] : []));
  if (approach === "application") Object.assign(kinds, { apps: each("default"), checks: each("default") });
  if (formatter) kinds["formatter"] = [...systems].sort();
  return kinds;
}

interface Facts {
  outputs: Record<string, Record<string, string[]> | string[]>;
  description: string;
  variables: Record<string, string>;
  shellHook: string;
}

/** flake-parts gives every kind of output that it knows; those without a name in them say nothing. */
const withoutEmpty = (outputs: Facts["outputs"]) =>
  Object.fromEntries(
    Object.entries(outputs).filter(([, each]) => Object.values(each).some((names) => names.length > 0)),
  );

test("the matrix has at least 400 flakes, and every two values that may meet do", () => {
  const left = allPairs();
  for (const row of matrix) for (const pair of pairsOf(row)) left.delete(pair);
  assert.deepEqual([...left], []);
  assert.ok(samples.length >= 400);
});

for (const [key, flakes] of groups) {
  describe(`${flakes.length} flakes with ${key}`, () => {
    const folder = join(scratch, key.replaceAll(" ", "-"));
    mkdirSync(folder);
    const overrides = writeMerged(folder, flakes);
    const args = [...quiet, ...(key.startsWith("devenv") ? ["--impure"] : []), ...overrides];
    const state = join(scratch, "state");

    test("'nix flake check --no-build --all-systems' accepts them", () => {
      const { status, stderr } = runNix(nix, state, [...check, ...args, `path:${folder}`], { cwd: folder });
      assert.equal(status, 0, stderr.slice(-4000));
    });

    test("they give what they promise, in real Nix and in ours", { skip: skipOurs }, () => {
      const { ours, real } = runBoth(nix, state, ["eval", "--json", `path:${folder}#facts`, ...args], folder);
      assert.equal(real.status, 0, real.stderr.slice(-4000));
      assert.equal(ours.stdout, real.stdout, ours.stderr.slice(-4000));
      const facts = JSON.parse(real.stdout) as Record<string, Facts>;
      for (const { name, choices } of flakes) {
        const fact = facts[name]!;
        assert.deepEqual(withoutEmpty(fact.outputs), promised(choices), name);
        assert.deepEqual(fact.variables, choices.env, name);
        assert.ok(fact.shellHook.includes(choices.shellHook), name);
        if (choices.description !== "") assert.equal(fact.description, choices.description, name);
      }
    });
  });
}

test("Nix takes every flake.lock as it is, offline", () => {
  const seen = new Set<string>();
  for (const { name, files, lock } of samples) {
    const flake = textOf({ files }, "flake.nix")!;
    const key = `${/ {2}inputs = \{[^]*?\n {2}\};/.exec(flake.replace(/^ *#.*\n/gm, ""))?.[0]}${lock}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const folder = join(scratch, `lock-${name}`);
    writeFiles(folder, [...files, { path: "flake.lock", text: lock }]);
    const args = ["flake", "metadata", "--json", "--no-update-lock-file", "--offline", `path:${folder}`];
    const { status, stderr } = runNix(nix, join(scratch, "state"), args, { cwd: folder });
    assert.equal(status, 0, `${name}: ${stderr}`);
  }
  assert.ok(seen.size >= 30, `only ${seen.size} different locks`);
});

/** What `nix flake check` says of one flake in a folder of its own. */
function checkAlone({ name, files, lock, choices }: Sample): string | undefined {
  const folder = join(scratch, `alone-${name}`);
  writeFiles(folder, [...files, { path: "flake.lock", text: lock }]);
  const args = [...quiet, ...(choices.approach === "devenv" ? ["--impure"] : []), ...overrideInputs(folder)];
  const run = runNix(nix, join(scratch, "state"), [...check, ...args, `path:${folder}`], { cwd: folder });
  rmSync(folder, { recursive: true });
  return run.status === 0 ? undefined : `${name}: ${run.stderr.slice(-4000)}`;
}

// With EACH=1 all of them, which takes a quarter of an hour.
const alone =
  process.env["EACH"] === "1"
    ? samples
    : [
        ...samples.filter(({ name }) => name.startsWith("preset-")),
        ...approachIds.map((id) => samples.find(({ choices }) => choices.approach === id)!),
      ];

test(`${alone.length} flakes pass 'nix flake check' in a folder of their own`, () => {
  for (const each of alone) assert.equal(checkAlone(each), undefined);
});

test("without the file that only another tool makes, the flake says which, and how to make it", () => {
  const words: Partial<Record<ApproachId, RegExp>> = {
    uv2nix:
      /uv\.lock is missing: make it with 'nix shell nixpkgs\/nixos-26\.05#uv .* --command uv lock', then 'git add uv\.lock'/,
    poetry2nix:
      /poetry\.lock is missing: make it with 'nix shell nixpkgs\/nixos-24\.11#poetry .* --command poetry lock'/,
    dream2nix: /lock\.x86_64-linux\.json is missing: make it with 'nix run \.#lock'/,
    pip2nix: /python-packages\.nix is missing: make it with 'nix run github:nix-community\/pip2nix -- generate -r/,
  };
  for (const approach of lockedApproaches)
    for (const layout of ["plain", "flake-parts"] as const) {
      const made = generate(inputFor(approach, "short", "3.13", false), {
        approach,
        layout,
        systems: ["x86_64-linux"],
      });
      assert.notEqual(made.needs.length, 0);
      const folder = join(scratch, `missing-${approach}-${layout}`);
      writeFiles(folder, made.files);
      const installable = `path:${folder}#devShells.x86_64-linux.default.drvPath`;
      const args = ["eval", "--raw", ...quiet, ...overrideInputs(folder), installable];
      const { status, stderr } = runNix(nix, join(scratch, "state"), args, { cwd: folder });
      assert.equal(status, 1, approach);
      assert.match(stderr, words[approach]!);
    }
});

test("a package that nixpkgs does not have is named, by approaches that list packages and by those that read the list", () => {
  for (const approach of ["with-packages", "override", "pyproject-nix", "application"] as const) {
    const input = { files: { "requirements.txt": "flask\nnobody-has-this\n" }, entry: "requirements.txt" };
    const folder = join(scratch, `unknown-${approach}`);
    writeFiles(folder, generate(input, { approach, systems: ["x86_64-linux"] }).files);
    const installable = `path:${folder}#packages.x86_64-linux.default.drvPath`;
    const args = ["eval", "--raw", ...quiet, ...overrideInputs(folder), installable];
    const { stderr } = runNix(nix, join(scratch, "state"), args, { cwd: folder });
    assert.match(stderr, /nixpkgs has no Python package 'nobody-has-this'; look for it on/, approach);
  }
});
