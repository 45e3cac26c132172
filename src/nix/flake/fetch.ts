import { NixError } from "../eval/errors.ts";
import { asNixError } from "../eval/failures.ts";
import { Files } from "../eval/files.ts";
import type { State } from "../eval/state.ts";
import type { FetchedTree, GitTree } from "../host.ts";
import { makeFixedOutputPath } from "../store/content-address.ts";
import { parseSri, printHash } from "../store/hash.ts";
import { hashNar, type FileTree } from "../store/nar.ts";
import { splitStorePath } from "../store/path.ts";
import { canonicalPath } from "../syntax/parser.ts";
import { flakeRefToString } from "./reference.ts";
import type { InputAttributes } from "./schemes.ts";

/** An input's files, put into the store of the evaluation. */
export interface SourceTree {
  readonly storePath: string;
  /** The input's attributes with what fetching added: `narHash`, `lastModified`, `rev`, … */
  readonly locked: InputAttributes;
}

/** Fetches inputs through the host, each once. */
export class Fetcher {
  private readonly state: State;
  /** Inputs may be anywhere, also where pure evaluation lets no program look. */
  private readonly files: Files;
  /** By the URL of the reference. */
  readonly fetched = new Map<string, SourceTree>();
  /** Working trees by the store path of what is tracked in them. */
  readonly workTrees = new Map<string, GitTree>();

  constructor(state: State) {
    this.state = state;
    this.files = new Files(state.host, state.store);
    state.files.explainMissing = (path) => this.explainMissing(path);
  }

  /** Makes the next `fetch` ask the host again. */
  forget(attributes: InputAttributes): void {
    const key = flakeRefToString(withoutDir(attributes));
    const storePath = this.fetched.get(key)?.storePath;
    this.fetched.delete(key);
    if (storePath !== undefined) this.workTrees.delete(storePath);
  }

  /** The tree of an input that is no relative path. @throws NixError where the host has none */
  fetch(attributes: InputAttributes): SourceTree {
    const input = withoutDir(attributes);
    const key = flakeRefToString(input);
    const known = this.fetched.get(key);
    if (known !== undefined) return known;
    if (input.get("type") === "indirect") return this.indirect(input, key);
    let tree: SourceTree;
    try {
      tree = this.fetchNew(input, key);
    } catch (caught) {
      const error = asNixError(caught);
      if (error instanceof NixError) error.trace(`while fetching the input '${key}'`);
      throw error;
    }
    this.fetched.set(key, tree);
    return tree;
  }

  /** A registry's short name: the host may know it. */
  private indirect(input: InputAttributes, key: string): SourceTree {
    const found = this.fromHost(input);
    if (found === undefined) throw new NixError("eval", `cannot find flake '${key}' in the flake registries`);
    const tree = this.copyFolder(found.path, input, found);
    this.fetched.set(key, tree);
    return tree;
  }

  private fetchNew(input: InputAttributes, key: string): SourceTree {
    const given = this.fromHost(input);
    if (given !== undefined) return this.copyFolder(given.path, input, given);
    if (input.get("type") === "path") return this.fetchPath(String(input.get("path")), input, key);
    const url = String(input.get("url") ?? "");
    if (input.get("type") === "git" && /^(git\+)?file:\/\//.test(url) && !input.has("rev"))
      return this.fetchWorkTree(url.replace(/^(git\+)?file:\/\//, ""), input);
    throw new NixError(
      "unsupported",
      `fetching '${key}' is not supported here: nothing is fetched, and no stand-in is known`,
    );
  }

  private fromHost(input: InputAttributes): FetchedTree | undefined {
    const plain = new Map<string, string | number | boolean>();
    for (const [name, value] of input) plain.set(name, typeof value === "bigint" ? Number(value) : value);
    return this.state.host.fetchTree?.(plain);
  }

  private fetchPath(path: string, input: InputAttributes, key: string): SourceTree {
    const { files } = this;
    const { host, store } = this.state;
    if (files.typeAt(files.resolve(path, "ancestors")) === undefined)
      throw new NixError("eval", `path '/${path}' does not exist`);
    if (path.startsWith(`${store.storeDir}/`) && splitStorePath(path, store.storeDir).rest === "") {
      const tree = store.tree(path);
      if (tree !== undefined) return { storePath: path, locked: withHash(input, tree) };
    }
    const real = files.resolve(path, "full");
    const tree = files.tree(real);
    const locked = withHash(input, tree);
    if (!locked.has("lastModified") && host.modified !== undefined)
      locked.set(
        "lastModified",
        newest(real, tree, (each) => host.modified!(each)),
      );
    const expected = input.get("narHash");
    if (expected !== undefined && expected !== locked.get("narHash"))
      throw new NixError(
        "eval",
        `NAR hash mismatch in input '${key}', expected '${String(expected)}' but got '${String(locked.get("narHash"))}'`,
      );
    return { storePath: this.add(tree, locked), locked };
  }

  /** The files that Git tracks in a working tree, as they are now. */
  private fetchWorkTree(folder: string, input: InputAttributes): SourceTree {
    const { files } = this;
    const { host, settings } = this.state;
    const git = host.gitTree?.(folder);
    if (git === undefined) throw new NixError("eval", `'${folder}' does not appear to be a Git repository`);
    const folders = new Set<string>();
    for (const file of git.tracked)
      for (let at = file.indexOf("/"); at >= 0; at = file.indexOf("/", at + 1)) folders.add(file.slice(0, at));
    const tree = files.tree(git.root, (path, type) => {
      const name = path.slice(git.root === "/" ? 1 : git.root.length + 1);
      return type === "directory" ? folders.has(name) : git.tracked.has(name);
    });
    const locked = withHash(input, tree);
    locked.set("lastModified", git.lastModified);
    if (git.dirty || git.rev === undefined) {
      settings.log(`warning: Git tree '${git.root}' is dirty`);
      if (git.rev !== undefined) {
        locked.set("dirtyRev", `${git.rev}-dirty`);
        locked.set("dirtyShortRev", `${git.rev.slice(0, 7)}-dirty`);
      }
    } else locked.set("rev", git.rev).set("ref", git.ref).set("revCount", git.revCount);
    const storePath = this.add(tree, locked);
    this.workTrees.set(storePath, git);
    return { storePath, locked };
  }

  /** A tree that the host gave. Where the lock file says its hash, the store path is the one of the real tree. */
  private copyFolder(folder: string, input: InputAttributes, { attributes }: FetchedTree): SourceTree {
    const { files } = this;
    const tree = files.tree(files.resolve(folder, "full"));
    const locked: InputAttributes = new Map(attributes.has("type") ? attributes : [...input, ...attributes]);
    if (!locked.has("narHash")) locked.set("narHash", printHash(hashNar(tree), "sri"));
    return { storePath: this.add(tree, locked), locked };
  }

  private add(tree: FileTree, locked: InputAttributes): string {
    const { store } = this.state;
    const hash = parseSri(String(locked.get("narHash")), store.features);
    const path = makeFixedOutputPath("source", { method: "nar", hash }, store.storeDir);
    return store.tree(path) === undefined ? store.addTree("source", tree, "nar", hash) : path;
  }

  /** Nix says of a file that is there, but that Git does not track, what to do about it. */
  private explainMissing(path: string): NixError | undefined {
    const { store, host } = this.state;
    if (this.workTrees.size === 0 || !path.startsWith(`${store.storeDir}/`)) return undefined;
    const { storePath, rest } = splitStorePath(path, store.storeDir);
    const git = this.workTrees.get(storePath);
    const name = rest.replace(/^\//, "");
    if (git === undefined || host.pathType(canonicalPath(`${git.root}/${name}`)) === undefined) return undefined;
    return new NixError(
      "eval",
      `Path '${name}' in the repository "${git.root}" is not tracked by Git.\n\n` +
        `To make it visible to Nix, run:\n\ngit -C "${git.root}" add "${name}"`,
    );
  }
}

const withoutDir = (attributes: InputAttributes): InputAttributes =>
  new Map([...attributes].filter(([name]) => name !== "dir" && name !== "__final"));

function withHash(input: InputAttributes, tree: FileTree): InputAttributes {
  return new Map(input).set("narHash", printHash(hashNar(tree), "sri"));
}

function newest(path: string, tree: FileTree, modified: (path: string) => number): number {
  let latest = modified(path);
  if (tree.type === "directory")
    for (const [name, entry] of tree.entries) latest = Math.max(latest, newest(`${path}/${name}`, entry, modified));
  return latest;
}
