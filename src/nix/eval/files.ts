import type { Host, PathType } from "../host.ts";
import type { FileTree } from "../store/nar.ts";
import type { MemoryStore } from "../store/memory-store.ts";
import { splitStorePath } from "../store/path.ts";
import { canonicalPath } from "../syntax/parser.ts";
import { NixError } from "./errors.ts";

/** How far links are followed: not for the last part of a path, or all the way. */
export type Following = "ancestors" | "full";

const mostLinks = 1024;

/**
 * The files that a program sees: those of the host, and what the evaluation itself put into its store. Paths are
 * absolute and canonical byte strings.
 */
export class Files {
  private readonly host: Host;
  private readonly store: MemoryStore;
  private readonly pure: boolean;
  /** Says more of a path that does not exist, where more is known. */
  explainMissing: (path: string) => NixError | undefined = () => undefined;

  /** `pure`: only what is in the store may be read. */
  constructor(host: Host, store: MemoryStore, pure = false) {
    this.host = host;
    this.store = store;
    this.pure = pure;
  }

  /** @throws NixError where pure evaluation keeps a path from the program */
  private allow(path: string): void {
    const { storeDir } = this.store;
    if (!this.pure || path === "/" || path.startsWith(`${storeDir}/`) || `${storeDir}/`.startsWith(`${path}/`)) return;
    throw new NixError(
      "restricted",
      `access to absolute path '${path}' is forbidden in pure evaluation mode (use '--impure' to override)`,
    );
  }

  /** The tree in memory at a path; `undefined` where the host must be asked, null where the path leads nowhere. */
  private stored(path: string): FileTree | null | undefined {
    if (!path.startsWith(`${this.store.storeDir}/`)) return undefined;
    const { storePath, rest } = splitStorePath(path, this.store.storeDir);
    let tree = this.store.tree(storePath);
    if (tree === undefined) return undefined;
    for (const name of rest.split("/").filter((part) => part !== "")) {
      const next: FileTree | undefined = tree.type === "directory" ? tree.entries.get(name) : undefined;
      if (next === undefined) return null;
      tree = next;
    }
    return tree;
  }

  /** What stands there, links not followed; `undefined` where nothing does. */
  typeAt(path: string): PathType | undefined {
    let stored;
    try {
      stored = this.stored(path);
    } catch {
      stored = undefined;
    }
    if (stored !== undefined) return stored?.type;
    this.allow(path);
    return this.host.pathType(path);
  }

  /** @throws NixError where nothing stands at the path. */
  requireType(path: string): PathType {
    const type = this.typeAt(path);
    if (type === undefined) throw this.explainMissing(path) ?? new NixError("eval", `path '${path}' does not exist`);
    return type;
  }

  readFile(path: string): string {
    const resolved = this.resolve(path, "full");
    const type = this.requireType(resolved);
    if (type === "directory") throw new NixError("eval", "read of 4096 bytes: Is a directory");
    const stored = this.stored(resolved);
    if (stored?.type === "regular")
      return typeof stored.contents === "string" ? stored.contents : latin1(stored.contents);
    return this.host.readFile(resolved);
  }

  readDir(path: string): ReadonlyMap<string, PathType> {
    const resolved = this.resolve(path, "full");
    const type = this.requireType(resolved);
    if (type !== "directory") throw new NixError("eval", `cannot read directory "${resolved}": Not a directory`);
    const stored = this.stored(resolved);
    if (stored?.type === "directory")
      return new Map(Array.from(stored.entries, ([name, entry]) => [name, entry.type] as const));
    return this.host.readDir(resolved);
  }

  /** Whether the owner may run the file. */
  isExecutable(path: string): boolean {
    const stored = this.stored(path);
    return stored?.type === "regular" ? stored.executable === true : this.host.isExecutable(path);
  }

  /** The target of a symbolic link. */
  readLink(path: string): string {
    const stored = this.stored(path);
    return stored?.type === "symlink" ? stored.target : this.host.readLink(path);
  }

  /** The path without symbolic links. @throws NixError for a cycle of links. */
  resolve(path: string, following: Following): string {
    this.allow(path);
    let links = 0;
    const todo = path.split("/").filter((part) => part !== "");
    let done = "";
    while (todo.length > 0) {
      const part = todo.shift()!;
      if (part === "." || part === "") continue;
      if (part === "..") {
        done = done.slice(0, Math.max(0, done.lastIndexOf("/")));
        continue;
      }
      const next = `${done}/${part}`;
      if ((todo.length > 0 || following === "full") && this.typeAt(next) === "symlink") {
        if (++links > mostLinks) throw new NixError("eval", `infinite symlink recursion in path '${path}'`);
        const target = this.readLink(next);
        todo.unshift(...target.split("/"));
        if (target.startsWith("/")) done = "";
      } else done = next;
    }
    return done === "" ? "/" : canonicalPath(done);
  }

  /**
   * A file or folder with all that is in it, as it would be copied to the store. `keep` is asked for each entry below
   * the top, parents before their children, in the order of the names.
   */
  tree(path: string, keep?: (path: string, type: PathType) => boolean): FileTree {
    const type = this.requireType(path);
    const stored = this.stored(path);
    if (stored !== undefined && stored !== null && keep === undefined) return stored;
    switch (type) {
      case "regular": {
        return { type, executable: this.isExecutable(path), contents: this.readFile(path) };
      }
      case "symlink":
        return { type, target: this.readLink(path) };
      case "directory": {
        const entries = new Map<string, FileTree>();
        for (const [name, entry] of [...this.readDir(path)].sort(([a], [b]) => (a < b ? -1 : 1))) {
          const child = path === "/" ? `/${name}` : `${path}/${name}`;
          if (keep === undefined || keep(child, entry)) entries.set(name, this.tree(child, keep));
        }
        return { type, entries };
      }
    }
    throw new NixError("eval", `file '${path}' has an unsupported type`);
  }
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return text;
}
