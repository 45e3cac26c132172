import type { FileContent, FsStat, IFileSystem } from "just-bash/browser";
import type { Project } from "../lab/project.ts";
import { PathError } from "../lab/project.ts";

/** Who changes a project here, as its events name it. */
export const me = "terminal";

type Encoding = Parameters<IFileSystem["readFile"]>[1];

/**
 * A project's files as the shell's file system, with the project's folder as `/`. It holds text files only, no
 * links. A folder without files is known to this terminal alone, as Git knows none either.
 */
export class ProjectFiles implements IFileSystem {
  readonly #project: Project;
  readonly #emptyFolders = new Set<string>();
  /** What `chmod` set, for this terminal: Git takes every file for an ordinary one. */
  readonly #modes = new Map<string, number>();
  /** One for all files: a project does not keep when they changed. */
  readonly #opened = new Date();

  constructor(project: Project) {
    this.#project = project;
  }

  async readFile(path: string, options?: Encoding): Promise<string> {
    const encoding = typeof options === "string" ? options : options?.encoding;
    const text = this.#text(path);
    if (encoding === "binary" || encoding === "latin1") return asBytes(text);
    return text;
  }

  async readFileBuffer(path: string): Promise<Uint8Array> {
    return new TextEncoder().encode(this.#text(path));
  }

  async writeFile(path: string, content: FileContent, options?: Encoding): Promise<void> {
    const at = relative(path);
    if (this.#isFolder(at)) throw refusal("EISDIR", "illegal operation on a directory", "open", path);
    if (!this.#isFolder(parent(at))) throw missing("open", path);
    const encoding = typeof options === "string" ? options : options?.encoding;
    try {
      this.#project.write(at, textOf(content, encoding), me);
    } catch (error) {
      if (error instanceof PathError) throw refusal("EACCES", "permission denied", "open", path);
      throw refusal("EINVAL", "the lab holds UTF-8 text only", "write", path);
    }
    this.#emptyFolders.delete(parent(at));
  }

  async appendFile(path: string, content: FileContent, options?: Encoding): Promise<void> {
    const encoding = typeof options === "string" ? options : options?.encoding;
    const before = (await this.exists(path)) ? this.#text(path) : "";
    await this.writeFile(path, before + textOf(content, encoding));
  }

  async exists(path: string): Promise<boolean> {
    return this.#kind(relative(path)) !== undefined;
  }

  async stat(path: string): Promise<FsStat> {
    const at = relative(path);
    const kind = this.#kind(at);
    if (kind === undefined) throw missing("stat", path);
    const isFile = kind === "file";
    const size = isFile ? new TextEncoder().encode(this.#project.files.get(at)).length : 0;
    const mode = this.#modes.get(at) ?? (isFile ? 0o644 : 0o755);
    return { isFile, isDirectory: !isFile, isSymbolicLink: false, mode, size, mtime: this.#opened };
  }

  lstat(path: string): Promise<FsStat> {
    return this.stat(path);
  }

  async mkdir(path: string, options: { recursive?: boolean } = {}): Promise<void> {
    const at = relative(path);
    const kind = this.#kind(at);
    if (kind === "folder" && options.recursive === true) return;
    if (kind !== undefined) throw refusal("EEXIST", "file already exists", "mkdir", path);
    if (this.#kind(parent(at)) !== "folder") {
      if (options.recursive !== true) throw missing("mkdir", path);
      await this.mkdir(parent(path), options);
    }
    this.#emptyFolders.add(at);
  }

  async readdir(path: string): Promise<string[]> {
    const at = relative(path);
    if (this.#kind(at) === "file") throw refusal("ENOTDIR", "not a directory", "scandir", path);
    if (!this.#isFolder(at)) throw missing("scandir", path);
    const start = at === "" ? 0 : at.length + 1;
    const all = [...this.#project.files.keys(), ...this.#emptyFolders];
    const inside = all.filter((each) => each !== at && (at === "" || each.startsWith(`${at}/`)));
    return [...new Set(inside.map((each) => each.slice(start).split("/")[0]!))].sort();
  }

  async rm(path: string, options: { recursive?: boolean; force?: boolean } = {}): Promise<void> {
    const at = relative(path);
    const kind = this.#kind(at);
    if (kind === undefined) {
      if (options.force === true) return;
      throw missing("rm", path);
    }
    if (kind === "folder" && options.recursive !== true && (await this.readdir(path)).length > 0)
      throw refusal("ENOTEMPTY", "directory not empty", "rm", path);
    for (const each of this.#emptyFolders) if (isIn(each, at)) this.#emptyFolders.delete(each);
    this.#project.remove(at, me);
    this.#keepFolder(parent(at));
  }

  async cp(from: string, to: string, options: { recursive?: boolean } = {}): Promise<void> {
    const at = relative(from);
    const kind = this.#kind(at);
    if (kind === undefined) throw missing("cp", from);
    if (kind === "file") return this.writeFile(to, this.#text(from));
    if (options.recursive !== true) throw refusal("EISDIR", "is a directory", "cp", from);
    const files = [...this.#project.files].filter(([each]) => isIn(each, at));
    await this.mkdir(to, { recursive: true });
    for (const [each, text] of files) this.#project.write(relative(to) + each.slice(at.length), text, me);
  }

  async mv(from: string, to: string): Promise<void> {
    const [source, target] = [relative(from), relative(to)];
    if (this.#kind(source) === undefined) throw missing("rename", from);
    if (!this.#isFolder(parent(target))) throw missing("rename", to);
    // As `mv` does: a file takes the place of another one.
    if (this.#kind(target) === "file") this.#project.remove(target, me);
    for (const each of this.#emptyFolders)
      if (isIn(each, source)) {
        this.#emptyFolders.delete(each);
        this.#emptyFolders.add(target + each.slice(source.length));
      }
    this.#project.rename(source, target, me);
    this.#keepFolder(parent(source));
  }

  resolvePath(base: string, path: string): string {
    const parts: string[] = [];
    for (const part of (path.startsWith("/") ? path : `${base}/${path}`).split("/"))
      if (part === "..") parts.pop();
      else if (part !== "" && part !== ".") parts.push(part);
    return `/${parts.join("/")}`;
  }

  getAllPaths(): string[] {
    const folders = [...this.#project.files.keys()].flatMap((path) => {
      const parts = path.split("/");
      return parts.map((_, length) => parts.slice(0, length).join("/"));
    });
    return [...new Set(["", ...folders, ...this.#project.files.keys(), ...this.#emptyFolders])].map(
      (each) => `/${each}`,
    );
  }

  async realpath(path: string): Promise<string> {
    if (!(await this.exists(path))) throw missing("realpath", path);
    return `/${relative(path)}`;
  }

  async chmod(path: string, mode: number): Promise<void> {
    if (!(await this.exists(path))) throw missing("chmod", path);
    this.#modes.set(relative(path), mode);
  }

  async symlink(_target: string, path: string): Promise<void> {
    throw notKept("symlink", path);
  }

  async link(_existing: string, path: string): Promise<void> {
    throw notKept("link", path);
  }

  async readlink(path: string): Promise<string> {
    throw refusal("EINVAL", "invalid argument", "readlink", path);
  }

  /** `touch` sets times, which a project does not keep. */
  async utimes(path: string): Promise<void> {
    if (!(await this.exists(path))) throw missing("utimes", path);
  }

  #text(path: string): string {
    const text = this.#project.files.get(relative(path));
    if (text !== undefined) return text;
    if (this.#isFolder(relative(path))) throw refusal("EISDIR", "illegal operation on a directory", "read", path);
    throw missing("open", path);
  }

  #kind(at: string): "file" | "folder" | undefined {
    if (this.#project.files.has(at)) return "file";
    return this.#isFolder(at) ? "folder" : undefined;
  }

  #isFolder(at: string): boolean {
    if (at === "" || this.#emptyFolders.has(at)) return true;
    const start = `${at}/`;
    return [...this.#project.files.keys(), ...this.#emptyFolders].some((each) => each.startsWith(start));
  }

  /** A folder stays when its last file goes. */
  #keepFolder(at: string): void {
    if (at !== "" && !this.#isFolder(at)) this.#emptyFolders.add(at);
  }
}

const relative = (path: string): string => path.replace(/^\/+|\/+$/g, "");
const parent = (at: string): string => at.slice(0, Math.max(at.lastIndexOf("/"), 0));
const isIn = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** A text as a byte string: one character for each byte of its UTF-8. */
const asBytes = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");

/** @throws TypeError where it is not UTF-8 */
function textOf(content: FileContent, encoding: string | null | undefined): string {
  if (typeof content === "string" && encoding !== "binary" && encoding !== "latin1") return content;
  const bytes = typeof content === "string" ? Uint8Array.from(content, (each) => each.charCodeAt(0)) : content;
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

const refusal = (code: string, reason: string, doing: string, path: string): Error =>
  Object.assign(new Error(`${code}: ${reason}, ${doing} '${path}'`), { code });
const missing = (doing: string, path: string): Error => refusal("ENOENT", "no such file or directory", doing, path);
const notKept = (doing: string, path: string): Error =>
  refusal("ENOTSUP", "the lab keeps text files only, without links", doing, path);
