/** The files of a lab, and what Git knows of them. A flake sees only what Git tracks. */
import type { FlakeFiles } from "#runtime";

/** Contents by path, relative to the project: `flake.nix`, `contacts/server.py`. */
export type Files = ReadonlyMap<string, string>;

/** A project as it is kept and restored: all contents by path. */
export interface Snapshot {
  /** What stands in the folder. */
  readonly files: Readonly<Record<string, string>>;
  /** What `git add` took last. */
  readonly index: Readonly<Record<string, string>>;
  /** What the last commit holds. */
  readonly head: Readonly<Record<string, string>>;
}

/** What changed, and who did it: the editor does not load anew what it wrote itself. */
export class ProjectChange extends Event {
  readonly paths: readonly string[];
  readonly by: string;

  constructor(paths: readonly string[], by: string) {
    super("change");
    this.paths = paths;
    this.by = by;
  }
}

/** A path that is refused, in words. */
export class PathError extends Error {
  override name = "PathError";
}

/**
 * A folder with a Git repository around it. It fires `change` (`ProjectChange`) after each change of files or index.
 * Paths are checked when they are new: no `..`, no empty part, no file where a folder is.
 */
export class Project extends EventTarget {
  #files: Map<string, string>;
  #index: Map<string, string>;
  #head: Map<string, string>;
  /** What `reset` goes back to. */
  readonly start: Snapshot;

  /** A project whose files are all committed. */
  static of(files: Readonly<Record<string, string>>): Project {
    return new Project({ files, index: files, head: files });
  }

  constructor(start: Snapshot) {
    super();
    this.start = start;
    this.#files = toMap(start.files);
    this.#index = toMap(start.index);
    this.#head = toMap(start.head);
  }

  get files(): Files {
    return this.#files;
  }

  get index(): Files {
    return this.#index;
  }

  get head(): Files {
    return this.#head;
  }

  /** @throws PathError where the path is none, or goes through a file */
  write(path: string, text: string, by: string): void {
    if (this.#files.get(path) === text) return;
    if (!this.#files.has(path)) this.#checkNew(path);
    this.#files.set(path, text);
    this.#changed([path], by);
  }

  /** Makes an empty file. @throws PathError where the path is none or is taken */
  create(path: string, by: string): void {
    this.#checkNew(path);
    this.write(path, "", by);
  }

  /** Removes a file, or a folder with all that is in it, as `rm -r` does: the index stays as it is. */
  remove(path: string, by: string): void {
    const gone = this.#below(path);
    for (const each of gone) this.#files.delete(each);
    if (gone.length > 0) this.#changed(gone, by);
  }

  /** Moves a file or a folder, as `mv` does. @throws PathError where the new path is none or is taken */
  rename(from: string, to: string, by: string): void {
    const moved = this.#below(from).map((path) => [path, to + path.slice(from.length)] as const);
    if (moved.length === 0 || from === to) return;
    const before = new Map(this.#files);
    try {
      for (const [path, target] of moved) {
        const text = before.get(path)!;
        this.#files.delete(path);
        this.#checkNew(target);
        this.#files.set(target, text);
      }
    } catch (error) {
      this.#files = before;
      throw error;
    }
    this.#changed(moved.flat(), by);
  }

  /** `git add`: takes over files as they are now, and that they are gone. Folders stand for all below them, `""` for all. */
  add(paths: readonly string[], by: string): void {
    const touched = paths.flatMap((path) => [...this.#below(path), ...below(this.#index, path)]);
    for (const path of touched) {
      const text = this.#files.get(path);
      if (text === undefined) this.#index.delete(path);
      else this.#index.set(path, text);
    }
    if (touched.length > 0) this.#changed(touched, by);
  }

  /** Sets what the index holds of some paths, whatever stands in the folder; `undefined` takes a path out of it. */
  stage(entries: Readonly<Record<string, string | undefined>>, by: string): void {
    const paths = Object.keys(entries);
    for (const path of paths) {
      const text = entries[path];
      if (text === undefined) this.#index.delete(path);
      else this.#index.set(path, text);
    }
    if (paths.length > 0) this.#changed(paths, by);
  }

  /** Takes paths out of the index, as `git rm --cached` does. */
  forget(paths: readonly string[], by: string): void {
    const touched = paths.flatMap((path) => below(this.#index, path));
    for (const path of touched) this.#index.delete(path);
    if (touched.length > 0) this.#changed(touched, by);
  }

  /** `git commit`: the index becomes the last commit. */
  commit(by: string): void {
    this.#head = new Map(this.#index);
    this.#changed([...this.#head.keys()], by);
  }

  /** Back to how the project began. */
  reset(by: string): void {
    this.restore(this.start, by);
  }

  restore(snapshot: Snapshot, by: string): void {
    const before = new Set([...this.#files.keys(), ...this.#index.keys()]);
    this.#files = toMap(snapshot.files);
    this.#index = toMap(snapshot.index);
    this.#head = toMap(snapshot.head);
    this.#changed([...new Set([...before, ...this.#files.keys(), ...this.#index.keys()])], by);
  }

  snapshot(): Snapshot {
    const { fromEntries } = Object;
    return { files: fromEntries(this.#files), index: fromEntries(this.#index), head: fromEntries(this.#head) };
  }

  /** Whether anything differs from how the project began: then `reset` would change something. */
  get isEdited(): boolean {
    return !isSame(this.start, this.snapshot());
  }

  /** The files as the evaluator takes them. */
  toFlake(rest: Omit<FlakeFiles, "files" | "tracked"> = {}): FlakeFiles {
    const tracked = [...this.#index.keys()].filter((path) => this.#files.has(path));
    return { ...rest, files: Object.fromEntries(this.#files), tracked };
  }

  #below(path: string): string[] {
    return below(this.#files, path);
  }

  #changed(paths: readonly string[], by: string): void {
    this.dispatchEvent(new ProjectChange([...new Set(paths)], by));
  }

  #checkNew(path: string): void {
    const parts = path.split("/");
    if (parts.some((part) => part === "" || part === "." || part === ".."))
      throw new PathError(`'${path}' is not a path inside the project`);
    if (parts[0] === ".git") throw new PathError(`'${path}' belongs to Git`);
    if (this.#below(path).length > 0) throw new PathError(`'${path}' is there already`);
    for (let length = 1; length < parts.length; length++) {
      const folder = parts.slice(0, length).join("/");
      if (this.#files.has(folder)) throw new PathError(`'${folder}' is a file, not a folder`);
    }
  }
}

/** Whether two snapshots hold the same, in whatever order. */
export function isSame(a: Snapshot, b: Snapshot): boolean {
  return (["files", "index", "head"] as const).every((side) => {
    const [left, right] = [Object.entries(a[side]), new Map(Object.entries(b[side]))];
    return left.length === right.size && left.every(([path, text]) => right.get(path) === text);
  });
}

/** A file that is new or gone, or that differs, between two sides. */
export function difference(from: Files, to: Files): { path: string; state: "new" | "modified" | "deleted" }[] {
  return [...new Set([...from.keys(), ...to.keys()])].sort().flatMap((path) => {
    const [old, now] = [from.get(path), to.get(path)];
    if (old === now) return [];
    return [{ path, state: old === undefined ? "new" : now === undefined ? "deleted" : "modified" } as const];
  });
}

/** The paths of a file, or of all files in a folder. */
function below(files: Files, path: string): string[] {
  return [...files.keys()].filter((each) => path === "" || each === path || each.startsWith(`${path}/`));
}

const toMap = (files: Readonly<Record<string, string>>): Map<string, string> => new Map(Object.entries(files));
