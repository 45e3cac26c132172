import {
  accessSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  writeSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import type { System } from "#cli";
import { HostError, useDigest, type GitTree, type HashAlgorithm, type PathType } from "#nix";

/** A module of Node that few evaluations need, loaded when the first does: each takes some milliseconds. */
const lazily = <T>(load: () => T | undefined) => {
  let loaded: T | undefined;
  return () => (loaded ??= load());
};
const childProcess = lazily(() => process.getBuiltinModule("node:child_process"));
const crypto = lazily(() => process.getBuiltinModule("node:crypto"));

/**
 * How often V8 lets a function run before it optimises it: by default 400 and 3,000 times. And by how much the space for
 * new objects grows when many live on: by default it doubles up to 16 MB, and memory that was never touched takes longer
 * than collecting the same megabyte again.
 */
const forShortPrograms = [
  "--invocation-count-for-maglev=8000",
  "--invocation-count-for-turbofan=100000",
  "--semi-space-growth-factor=1",
];

let isTuned = false;

/**
 * Most programs end before optimising pays: without it a short one takes less time and memory, and one that computes long
 * a little more. Not where no file is read, because loading `node:v8` takes as long as a small expression. Other versions of
 * V8 may not know the flags. Node then refuses its cache of its own modules, so what a flake, or a program whose first file
 * speaks of hashes or derivations, will need comes first.
 */
function tuneEngine(program: string): void {
  if (isTuned) return;
  isTuned = true;
  const { v8: version, ...others } = process.versions;
  if (!version.startsWith("13.6.") || "webcontainer" in others) return;
  if (process.argv[2] === "nix" || /derivation|hash/i.test(program)) crypto();
  const v8 = process.getBuiltinModule("node:v8");
  for (const flag of forShortPrograms) v8.setFlagsFromString(flag);
}

/** A byte string as Node's file functions take it, and back. */
const bytes = (text: string) => Buffer.from(text, "latin1");
const text = (buffer: Uint8Array) =>
  Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength).toString("latin1");

const isAscii = (value: string) => Buffer.byteLength(value) === value.length;

/** A text of Node (UTF-16) as a byte string. */
export function fromNode(value: string): string {
  return isAscii(value) ? value : Buffer.from(value, "utf8").toString("latin1");
}

interface Kinds {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

function typeOf(entry: Kinds): PathType {
  if (entry.isFile()) return "regular";
  if (entry.isDirectory()) return "directory";
  return entry.isSymbolicLink() ? "symlink" : "unknown";
}

/** What stands at a path, links not followed. */
function kindAt(path: string): PathType | undefined {
  try {
    const found = lstatSync(bytes(path), { throwIfNoEntry: false });
    return found && typeOf(found);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOTDIR" || code === "ENOENT") return undefined;
    return attempt("getting status of", path, () => {
      throw error;
    });
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "Permission denied",
  EISDIR: "Is a directory",
  ELOOP: "Too many levels of symbolic links",
  ENAMETOOLONG: "File name too long",
  ENOENT: "No such file or directory",
  ENOTDIR: "Not a directory",
  EPERM: "Operation not permitted",
};

/** Gives what `action` gives; a refusal of the operating system becomes one of the host. */
function attempt<T>(doing: string, path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new HostError(`${doing} "${path}": ${reasons[code] ?? code}`);
  }
}

function write(descriptor: number, output: string): void {
  const buffer = bytes(output);
  for (let done = 0; done < buffer.length;) {
    try {
      done += writeSync(descriptor, buffer, done);
    } catch (error) {
      // A pipe that nobody empties for now.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}

/** What `git` says in a folder; `undefined` where it fails or is not installed. */
function git(folder: string, ...args: string[]): string | undefined {
  const { status, stdout } = childProcess()!.spawnSync("git", ["-C", bytes(folder).toString("utf8"), ...args], {
    encoding: "latin1",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "ignore"],
  });
  return status === 0 ? stdout : undefined;
}

function gitTree(folder: string): GitTree | undefined {
  if (!isInRepository(folder)) return undefined;
  const root = git(folder, "rev-parse", "--show-toplevel")?.trimEnd();
  const files = root === undefined ? undefined : git(root, "ls-files", "-z");
  if (root === undefined || files === undefined) return undefined;
  const rev = git(root, "rev-parse", "--verify", "-q", "HEAD")?.trim();
  const tracked = new Set(files.split("\0").filter((file) => file !== ""));
  const dirty = rev === undefined || (git(root, "status", "--porcelain", "-z", "--untracked-files=no") ?? "") !== "";
  const number = (text: string | undefined) => Number((text ?? "0").trim());
  return {
    root,
    tracked,
    rev,
    dirty,
    lastModified: rev === undefined ? 0 : number(git(root, "log", "-1", "--format=%ct")),
    revCount: rev === undefined ? 0 : number(git(root, "rev-list", "--count", "HEAD")),
    ref: git(root, "symbolic-ref", "-q", "HEAD")?.trim() ?? "HEAD",
  };
}

/** Whether a `.git` stands in the folder or above it; saves starting `git` where there is none. */
function isInRepository(folder: string): boolean {
  for (let at = folder; ; at = at.slice(0, Math.max(at.lastIndexOf("/"), 1))) {
    if (existsSync(bytes(at === "/" ? "/.git" : `${at}/.git`))) return true;
    if (at === "/") return false;
  }
}

/** The hash functions of OpenSSL; BLAKE3 is not among them. */
function digest(algorithm: HashAlgorithm, data: Uint8Array | string, encoding: "binary" | "hex"): string | undefined {
  if (algorithm === "blake3") return undefined;
  // Node hashes a text as UTF-8. Buffers, for input or digest, would take longer than the hashing of a short text.
  return crypto()?.hash(algorithm, typeof data === "string" && !isAscii(data) ? bytes(data) : data, encoding);
}

/**
 * Loading `node:tty` takes as long as a small evaluation, and some megabytes: so it is asked only about what may be a
 * terminal, which the null device, a character device too, is not.
 */
function isTerminal(descriptor: number): boolean {
  try {
    const found = fstatSync(descriptor);
    if (!found.isCharacterDevice() || found.rdev === lstatSync("/dev/null", { throwIfNoEntry: false })?.rdev)
      return false;
    return process.getBuiltinModule("node:tty").isatty(descriptor);
  } catch {
    return false;
  }
}

/** The files, the environment and the streams of this Node process; its hash functions are used from then on. */
export function nodeSystem(): System {
  useDigest(digest);
  // As Nix does: each path that is read asks about all folders above it.
  const kinds = new Map<string, PathType | undefined>();
  return {
    cwd: fromNode(process.cwd()),
    terminal: isTerminal(1),
    stdout: (output) => write(1, output),
    stderr: (output) => write(2, output),
    readStdin: () => text(readFileSync(0)),
    readFile(path) {
      const read = attempt("opening file", path, () => {
        // Node reads UTF-8 in one call, and the bytes of ASCII are its characters.
        const utf8 = readFileSync(bytes(path), "utf8");
        return isAscii(utf8) ? utf8 : text(readFileSync(bytes(path)));
      });
      tuneEngine(read);
      return read;
    },
    readDir: (path) =>
      attempt("reading directory", path, () => {
        const entries = readdirSync(bytes(path), { withFileTypes: true, encoding: "buffer" });
        return new Map(entries.map((entry) => [text(entry.name), typeOf(entry)]));
      }),
    pathType(path) {
      let kind = kinds.get(path);
      if (kind === undefined && !kinds.has(path)) kinds.set(path, (kind = kindAt(path)));
      return kind;
    },
    isExecutable(path) {
      try {
        accessSync(bytes(path), constants.X_OK);
        return (lstatSync(bytes(path)).mode & 0o100) !== 0;
      } catch {
        return false;
      }
    },
    readLink: (path) =>
      attempt("reading symbolic link", path, () => text(readlinkSync(bytes(path), { encoding: "buffer" }))),
    env(name) {
      const value = process.env[bytes(name).toString("utf8")];
      return value === undefined ? undefined : fromNode(value);
    },
    currentTime: () => Math.floor(Date.now() / 1000),
    home: () => (process.env["HOME"] === undefined ? undefined : fromNode(process.env["HOME"])),
    modified: (path) => Math.floor(lstatSync(bytes(path)).mtimeMs / 1000),
    gitTree,
    replaceFile(path, contents) {
      kinds.clear();
      attempt("creating file", path, () => writeFileSync(bytes(path), bytes(contents)));
    },
    writeFile(path, contents, executable) {
      kinds.clear();
      attempt("creating file", path, () => {
        mkdirSync(bytes(dirname(path)), { recursive: true });
        writeFileSync(bytes(path), bytes(contents), { mode: executable ? 0o777 : 0o666, flag: "wx" });
      });
    },
  };
}
