/** The real inputs that a `flake.lock` names: fetched, and kept only where their hash is the one that the lock has. */
import { execFileSync } from "node:child_process";
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
import { join, resolve } from "node:path";
import { createEvaluation, hashNar, printHash } from "#nix";
import { fromNode, nodeSystem } from "../../src/runtime/node.ts";
import { keptTreeName } from "../support/override-inputs.ts";

/** Where they are kept, each under a name made of its hash. */
export const keptInputs = resolve(import.meta.dirname, "../../.cache/locked-inputs");

/** What a lock's node says of its tree. */
export type Locked = Readonly<Record<string, string | number | boolean>> & { readonly narHash: string };

/** Where things are fetched from and kept. */
export interface Places {
  /** The server of inputs of type `github`. */
  readonly github?: string;
  readonly kept?: string;
}

/** What became of an input: `kept` says that it was there already. */
export interface Fetched {
  readonly folder: string;
  readonly kept: boolean;
}

/** An input that is refused: it cannot be reached, it has another hash, or its type is not supported. */
export class InputError extends Error {
  readonly reason: "unreachable" | "mismatch" | "unsupported";

  constructor(reason: InputError["reason"], message: string) {
    super(message);
    this.name = "InputError";
    this.reason = reason;
  }
}

/** The nodes of a lock file that name a tree, by their names in the file. @throws Error where one lacks its hash */
export function lockedNodes(file: string): Map<string, Locked> {
  const { nodes } = JSON.parse(readFileSync(file, "utf8")) as { nodes: Record<string, { locked?: Partial<Locked> }> };
  const found = new Map<string, Locked>();
  for (const [name, { locked }] of Object.entries(nodes)) {
    if (locked === undefined || (locked["type"] === "path" && !String(locked["path"]).startsWith("/"))) continue;
    if (locked.narHash === undefined) throw new Error(`the node '${name}' of '${file}' has no 'narHash'`);
    found.set(name, locked as Locked);
  }
  return found;
}

/** The hash of a folder as our own evaluator computes it. */
export function narHashOf(folder: string): string {
  const { files } = createEvaluation({ host: nodeSystem() }).state;
  return printHash(hashNar(files.tree(fromNode(folder))), "sri");
}

/** A short name of an input, for people. */
export function describeInput({ type, owner, repo, rev, url, path }: Locked): string {
  if (owner !== undefined) return `${String(type)}:${String(owner)}/${String(repo)}/${String(rev)}`;
  return `${String(type)}:${String(url ?? path)}${rev === undefined ? "" : ` at ${String(rev)}`}`;
}

/** Fetches an input, unless it is kept already. @throws InputError */
export async function fetchInput(
  locked: Locked,
  { github = "https://github.com", kept = keptInputs }: Places = {},
): Promise<Fetched> {
  const folder = join(kept, keptTreeName(locked.narHash));
  if (existsSync(folder)) return { folder, kept: true };
  mkdirSync(kept, { recursive: true });
  const scratch = mkdtempSync(join(kept, "half-"));
  try {
    const tree = await fetchTree(locked, scratch, github);
    const hash = narHashOf(tree);
    if (hash !== locked.narHash)
      throw new InputError(
        "mismatch",
        `NAR hash mismatch in input '${describeInput(locked)}', expected '${locked.narHash}' but got '${hash}'`,
      );
    renameSync(tree, folder);
    return { folder, kept: false };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function fetchTree(locked: Locked, scratch: string, github: string): Promise<string> {
  switch (locked["type"]) {
    case "github": {
      const server = locked["host"] === undefined ? github : `https://${String(locked["host"])}`;
      return unpack(
        `${server}/${String(locked["owner"])}/${String(locked["repo"])}/archive/${String(locked["rev"])}.tar.gz`,
        scratch,
      );
    }
    case "tarball":
      return unpack(String(locked["url"]), scratch);
    case "git":
      return checkOut(String(locked["url"]), String(locked["rev"]), scratch);
    case "path": {
      const path = String(locked["path"]);
      if (!existsSync(path)) throw new InputError("unreachable", `the folder '${path}' does not exist`);
      cpSync(path, join(scratch, "tree"), { recursive: true, verbatimSymlinks: true });
      return join(scratch, "tree");
    }
    default:
      throw new InputError("unsupported", `inputs of type '${String(locked["type"])}' are not fetched here`);
  }
}

/** Downloads an archive. What is in its one top folder is the tree, as Nix has it. */
async function unpack(url: string, scratch: string): Promise<string> {
  const archive = join(scratch, "archive");
  const tree = join(scratch, "tree");
  writeFileSync(archive, await download(url));
  mkdirSync(tree);
  execFileSync("tar", ["-xf", archive, "-C", tree], { stdio: ["ignore", "ignore", "inherit"] });
  const [first, ...others] = readdirSync(tree, { withFileTypes: true });
  return first?.isDirectory() === true && others.length === 0 ? join(tree, first.name) : tree;
}

async function download(url: string): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(600_000) });
  } catch (error) {
    const { cause } = error as Error;
    const why = cause instanceof Error ? cause.message : (error as Error).message;
    throw new InputError("unreachable", `'${url}' cannot be reached (${why})`);
  }
  if (!response.ok) throw new InputError("unreachable", `'${url}' answers ${response.status} ${response.statusText}`);
  return response.bytes();
}

function checkOut(url: string, rev: string, scratch: string): string {
  const tree = join(scratch, "tree");
  mkdirSync(tree);
  const git = (...args: string[]) =>
    execFileSync("git", [`--git-dir=${join(scratch, "git")}`, `--work-tree=${tree}`, ...args], {
      stdio: "pipe",
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", GIT_TERMINAL_PROMPT: "0" },
    });
  git("init", "-q");
  try {
    git("fetch", "-q", "--depth", "1", url.replace(/^git\+/, ""), rev);
  } catch (error) {
    throw new InputError("unreachable", `'${url}' gives no commit ${rev} (${String((error as Error).message).trim()})`);
  }
  git("checkout", "-q", "FETCH_HEAD", "--", ".");
  return tree;
}
