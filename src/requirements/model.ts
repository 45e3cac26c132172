/** What a reader's files say, in one shape, whichever format they were written in. */
import type { Marker } from "./marker.ts";
import type { Specifier } from "./specifiers.ts";

/** Where something stands: the file as it was named, and the line, from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** Where a requirement is to be taken from, if not from an index of packages. */
export type Source =
  | { readonly type: "url"; readonly url: string }
  | {
      readonly type: "git" | "hg" | "svn" | "bzr";
      readonly url: string;
      readonly ref?: string;
      readonly subdirectory?: string;
    }
  | { readonly type: "path"; readonly path: string };

/** One package that is asked for. */
export interface Requirement extends Place {
  /** The reader's own text: the logical line, without its comment. */
  readonly text: string;
  /** Normalised as PEP 503 says. */
  readonly name: string;
  readonly spelled: string;
  /** Normalised, each once, in the order in which they were written. */
  readonly extras: readonly string[];
  readonly specifiers: readonly Specifier[];
  readonly marker?: Marker;
  readonly source?: Source;
  readonly editable?: boolean;
  /** Digests in the form `sha256:…`, in hexadecimal. */
  readonly hashes: readonly string[];
  /** The dependency group or extra that it belongs to; without one it is always needed. */
  readonly group?: string;
}

/** The reader's own package, as `-e .` or a folder names it. */
export interface LocalProject extends Place {
  readonly text: string;
  readonly path: string;
  readonly editable: boolean;
  readonly extras: readonly string[];
}

/** An option of pip that holds for the whole file, such as `--index-url`. */
export interface PipOption extends Place {
  readonly text: string;
  /** The long form, `--index-url` for `-i`. */
  readonly name: string;
  readonly value?: string;
}

/** A package at the version that a lock file fixes. */
export interface LockedPackage extends Place {
  readonly name: string;
  readonly version: string;
  /** The source archive with its digest, where the lock names one. */
  readonly sdist?: { readonly url?: string; readonly file: string; readonly hash: string };
  /** Where the lock takes it from. */
  readonly source: "index" | "git" | "url" | "path";
}

/** What `pyproject.toml` says of the reader's own package. */
export interface Project extends Place {
  readonly name?: string;
  readonly version?: string;
  readonly description?: string;
  readonly requiresPython?: string;
  /** Names of the commands that it installs. */
  readonly scripts: readonly string[];
  /** The requirements of `[build-system]`, normalised names; absent where there is no such table. */
  readonly buildSystem?: readonly string[];
}

/** `error`: the line could not be taken over. `note`: it was, but with a difference that the reader should know. */
export interface Problem extends Place {
  readonly level: "error" | "note";
  readonly text: string;
  /** What is the matter, in one sentence. */
  readonly message: string;
  /** What to do about it, in one sentence. */
  readonly help: string;
}

/** The formats that are read. */
export type Format = "requirements.txt" | "pyproject.toml" | "uv.lock" | "poetry.lock";

/** All that was read from the reader's files. Nothing that stood in them is lost: it is here or among the problems. */
export interface Reading {
  readonly format: Format;
  readonly requirements: readonly Requirement[];
  /** From `-c` files: they limit versions, but ask for nothing. */
  readonly constraints: readonly Requirement[];
  readonly local: readonly LocalProject[];
  readonly options: readonly PipOption[];
  readonly locked: readonly LockedPackage[];
  readonly project?: Project;
  readonly problems: readonly Problem[];
  /** Names of the files that were read, in order. */
  readonly files: readonly string[];
  /** Names of files that were asked for, and not given. */
  readonly missing: readonly string[];
}
