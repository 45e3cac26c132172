/** Which inputs of an example are replaced, and by what: stand-ins of `src/inputs`, or source trees given by a folder. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { standInFor } from "#inputs";
import { nixEnvironment } from "./nix-run.ts";
import { provideNix } from "./provide-nix.ts";

const cache = resolve(import.meta.dirname, "../../.cache/inputs");
const standIns = resolve(import.meta.dirname, "../../src/inputs");

type LockNode = Parameters<typeof standInFor>[0];

/** The parts of a `flake.lock` that say where an input leads. */
interface Lock {
  nodes: Record<string, LockNode & { inputs?: Record<string, string | string[]> }>;
  root: string;
}

/** One input of a flake. `path` is as `--override-input` takes it: `devenv` or `devenv/nixpkgs`. */
export interface ReplacedInput {
  path: string;
  /** `stand-in`: a folder of `src/inputs`; `tree`: a real source tree. */
  kind: "stand-in" | "tree";
  folder: string;
  /** The lock's node. */
  node: LockNode;
}

/**
 * What replaces the inputs of the flake in `folder`, by its `flake.lock`. An input that follows another is left to Nix.
 * Of a replaced input's own inputs, those are replaced that its flake declares and that something is there for.
 * @param trees a folder with real source trees, named as the inputs are, or `NAME@REV` for a lock that names that
 * revision, or as `npm run inputs` keeps them: they go before stand-ins.
 * @throws Error where a lock's input has neither, or no lock file is there.
 */
export function replacedInputs(folder: string, trees?: string): ReplacedInput[] {
  const file = join(folder, "flake.lock");
  const lock = JSON.parse(readFileSync(file, "utf8")) as Lock;
  const replaced: ReplacedInput[] = [];
  const visit = (id: string, prefix: string, declared: (name: string) => boolean) => {
    for (const [name, target] of Object.entries(lock.nodes[id]?.inputs ?? {})) {
      const node = typeof target === "string" ? lock.nodes[target] : undefined;
      if (typeof target !== "string" || !declared(name)) continue;
      if (node === undefined) throw new Error(`'${file}' has no node '${target}' for the input '${prefix}${name}'`);
      const path = `${prefix}${name}`;
      const names = [keptTreeName(String(node.locked?.["narHash"])), `${name}@${String(node.locked?.["rev"])}`, name];
      const tree = trees === undefined ? undefined : names.map((each) => join(trees, each)).find(existsSync);
      const copy = tree ?? standIn(node);
      if (copy === undefined) {
        if (prefix === "") throw new Error(`nothing in 'src/inputs' stands in for the input '${path}' of '${file}'`);
        continue;
      }
      replaced.push({ path, kind: copy === tree ? "tree" : "stand-in", folder: copy, node });
      const own = declaredInputs(copy);
      visit(target, `${path}/`, (each) => own.includes(each));
    }
  };
  visit(lock.root, "", () => true);
  return replaced;
}

/** The name of the folder in which a tree with this hash is kept: what base64 has and file names have not is replaced. */
export const keptTreeName = (narHash: string): string => narHash.replaceAll("/", "_").replace(/=$/, "");

/** The arguments for Nix that replace the inputs of the flake in `folder` by stand-ins. */
export function overrideInputs(folder: string, trees?: string): string[] {
  return overrideArguments(replacedInputs(folder, trees));
}

/** As arguments for Nix. */
export function overrideArguments(inputs: ReplacedInput[]): string[] {
  return inputs.flatMap(({ path, folder }) => ["--override-input", path, `path:${folder}`]);
}

/** A copy of the node's stand-in that knows the node's facts; made once for each content, shared by all runs. */
function standIn(node: LockNode): string | undefined {
  const found = standInFor(node);
  if (found === undefined) return undefined;
  const folder = join(standIns, found.folder);
  const hash = createHash("sha256").update(JSON.stringify(found));
  for (const file of filesOf(folder)) hash.update(`\0${file}\0`).update(readFileSync(join(folder, file)));
  return atomically(join(cache, hash.digest("hex").slice(0, 32)), (copy) => {
    cpSync(folder, copy, { recursive: true });
    if (found.facts) writeFileSync(join(copy, "node.json"), `${JSON.stringify(found.facts)}\n`);
  });
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/**
 * The names of the inputs that the `flake.nix` in `folder` declares, by `inputs` or as arguments of `outputs`. Nix reads
 * it. None where it is no flake.
 */
function declaredInputs(folder: string): string[] {
  const flake = join(folder, "flake.nix");
  if (!existsSync(flake)) return [];
  const text = readFileSync(flake, "utf8");
  const known = join(cache, `declared-${createHash("sha256").update(text).digest("hex").slice(0, 32)}`);
  if (existsSync(known)) return JSON.parse(readFileSync(known, "utf8")) as string[];
  const state = mkdtempSync(join(tmpdir(), "declared-"));
  try {
    const nix = provideNix();
    const expression =
      "{ file }: let f = import file; i = (f.inputs or { }) // builtins.functionArgs f.outputs; " +
      'in builtins.attrNames (removeAttrs i [ "self" ])';
    const args = ["--eval", "--json", "--strict", "--expr", expression, "--argstr", "file", flake];
    const names = execFileSync(join(nix.bin, "nix-instantiate"), args, {
      env: nixEnvironment(nix, state),
      encoding: "utf8",
    });
    const file = join(state, "names");
    writeFileSync(file, names);
    mkdirSync(cache, { recursive: true });
    cpSync(file, `${known}.${process.pid}`);
    renameSync(`${known}.${process.pid}`, known);
    return JSON.parse(names) as string[];
  } finally {
    rmSync(state, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Makes `folder` by way of a neighbour and a rename, so that parallel workers never see a half of it. */
function atomically(folder: string, make: (folder: string) => void): string {
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const half = `${folder}.${process.pid}`;
  rmSync(half, { recursive: true, force: true });
  make(half);
  try {
    renameSync(half, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(half, { recursive: true });
  }
  return folder;
}
