import { encodeUtf8, fromBytes, HostError, type FetchedTree, type GitTree, type Host, type PathType } from "#nix";

type Folder = Map<string, string | Folder>;
type InputAttributes = ReadonlyMap<string, string | number | boolean>;

/** A file system in memory. Paths and contents are byte strings. */
export class MemoryHost implements Host {
  private readonly top: Folder = new Map();
  /** The variables that programs see. */
  environment: ReadonlyMap<string, string> = new Map();
  /** The repositories that are there, by their folders. */
  readonly repositories = new Map<string, GitTree>();
  fetchTree: (attributes: InputAttributes) => FetchedTree | undefined = () => undefined;

  private entry(path: string): string | Folder | undefined {
    let at: string | Folder | undefined = this.top;
    for (const part of path.split("/")) {
      if (part === "") continue;
      if (at === undefined || typeof at === "string") return undefined;
      at = at.get(part);
    }
    return at;
  }

  /** Puts a file there, with the folders above it. @throws HostError where a file stands in the way */
  write(path: string, contents: string): void {
    const parts = path.split("/").filter((part) => part !== "");
    const name = parts.pop();
    let folder = this.top;
    for (const part of parts) {
      let next = folder.get(part);
      if (typeof next === "string") throw new HostError(`creating directory "${path}": Not a directory`);
      if (next === undefined) folder.set(part, (next = new Map<string, string | Folder>()));
      folder = next;
    }
    if (name === undefined || folder.get(name) instanceof Map)
      throw new HostError(`creating file "${path}": Is a directory`);
    folder.set(name, contents);
  }

  /** Takes a file or a folder away. */
  remove(path: string): void {
    const at = path.lastIndexOf("/");
    const folder = this.entry(path.slice(0, at));
    if (folder instanceof Map) folder.delete(path.slice(at + 1));
  }

  readFile(path: string): string {
    const found = this.entry(path);
    if (typeof found === "string") return found;
    throw new HostError(
      `opening file "${path}": ${found === undefined ? "No such file or directory" : "Is a directory"}`,
    );
  }

  readDir(path: string): ReadonlyMap<string, PathType> {
    const found = this.entry(path);
    if (!(found instanceof Map))
      throw new HostError(
        `reading directory "${path}": ${found === undefined ? "No such file or directory" : "Not a directory"}`,
      );
    return new Map(Array.from(found, ([name, each]) => [name, typeOf(each)]));
  }

  pathType(path: string): PathType | undefined {
    const found = this.entry(path);
    return found === undefined ? undefined : typeOf(found);
  }

  isExecutable(): boolean {
    return false;
  }

  readLink(path: string): string {
    throw new HostError(`reading symbolic link "${path}": Invalid argument`);
  }

  env(name: string): string | undefined {
    return this.environment.get(name);
  }

  currentTime(): number {
    return Math.floor(Date.now() / 1000);
  }

  home(): string | undefined {
    return this.environment.get("HOME");
  }

  gitTree(folder: string): GitTree | undefined {
    for (const [root, tree] of this.repositories) if (folder === root || folder.startsWith(`${root}/`)) return tree;
    return undefined;
  }
}

const typeOf = (entry: string | Folder): PathType => (typeof entry === "string" ? "regular" : "directory");

/** A file's contents as the evaluator takes them. */
export function contentsOf(file: string | Uint8Array): string {
  return typeof file === "string" ? encodeUtf8(file) : fromBytes(file);
}
