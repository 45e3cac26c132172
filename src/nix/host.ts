/** What stands at a path. */
export type PathType = "regular" | "directory" | "symlink" | "unknown";

/**
 * The whole outside world. All texts are byte strings (see README); paths are absolute and canonical. A method may throw
 * a `HostError` whose message is a sentence in Nix's style; anything else that it throws counts as a bug.
 */
export interface Host {
  /** The bytes of a file. Symbolic links are followed. */
  readFile(path: string): string;
  /** The entries of a folder with their types, in any order. */
  readDir(path: string): ReadonlyMap<string, PathType>;
  /** What stands there, without following a link at the end; `undefined` where nothing does. */
  pathType(path: string): PathType | undefined;
  /** Whether the owner may run the file. */
  isExecutable(path: string): boolean;
  /** The target of a symbolic link. */
  readLink(path: string): string;
  /** A variable of the environment, or `undefined`. */
  env(name: string): string | undefined;
  /** Seconds since 1970. */
  currentTime(): number;
  /** The home folder, for `~/…`. */
  home(): string | undefined;
  /**
   * The tree that an input names: a flake input's attributes (`type`, `url`, …), as `fetchTree` and its friends make
   * them. `undefined` where the host cannot fetch it; the evaluator then says "not supported here".
   */
  fetchTree?(attributes: ReadonlyMap<string, string | number | boolean>): FetchedTree | undefined;
  /** When a file or folder was last changed, in seconds since 1970; links are not followed. Zero where that is unknown. */
  modified?(path: string): number;
  /** The Git working tree that a folder belongs to; `undefined` where it belongs to none. */
  gitTree?(folder: string): GitTree | undefined;
}

/** A Git working tree. What is not tracked does not exist for a flake in it. */
export interface GitTree {
  /** Its top folder. */
  readonly root: string;
  /** The tracked files and links, relative to the root. */
  readonly tracked: ReadonlySet<string>;
  /** The commit that is checked out; none before the first one. */
  readonly rev: string | undefined;
  /** Whether a tracked file differs from that commit. */
  readonly dirty: boolean;
  /** The time of that commit in seconds since 1970, or 0. */
  readonly lastModified: number;
  readonly revCount: number;
  /** The branch, as in `refs/heads/main`, or `HEAD`. */
  readonly ref: string;
}

/**
 * A fetched tree: where it stands, and the attributes that Nix adds (`rev`, `lastModified`, `narHash`, …); with a `type`
 * among them they are all that it is locked to, in place of what was asked for.
 */
export interface FetchedTree {
  readonly path: string;
  readonly attributes: ReadonlyMap<string, string | number | boolean>;
}

/** A refusal of the host. `restricted`: what `pathExists` answers with false. `unsupported`: not possible here. */
export class HostError extends Error {
  readonly kind: "eval" | "restricted" | "unsupported";

  constructor(message: string, kind: HostError["kind"] = "eval") {
    super(message);
    this.name = "HostError";
    this.kind = kind;
  }
}
