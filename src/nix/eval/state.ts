import type { Host } from "../host.ts";
import type { MemoryStore } from "../store/memory-store.ts";
import type { Attrs } from "./attrs.ts";
import type { Files } from "./files.ts";
import type { Lazy, Value } from "./values.ts";

/** An entry of the search path of `<name>`; byte strings. */
export interface SearchPathEntry {
  readonly prefix: string;
  readonly path: string;
}

/** The switches of an evaluation that programs can see. */
export interface Settings {
  /** Experimental features that are on. */
  readonly features: ReadonlySet<string>;
  /** No access to what no hash names: no environment, no time, no search path. */
  readonly pure: boolean;
  readonly nixPath: readonly SearchPathEntry[];
  readonly currentSystem: string;
  /** What `trace` and `warn` print: a byte string without the line's end. */
  readonly log: (line: string) => void;
  readonly traceVerbose: boolean;
}

/** What lasts as long as an evaluation: builtins reach the outside world through it. */
export interface State {
  readonly settings: Settings;
  readonly host: Host;
  readonly store: MemoryStore;
  readonly files: Files;
  /** The store paths of files that were copied to the store, by their paths. */
  readonly copied: Map<string, string>;
  /** The names that every program finds in scope. */
  globals(): ReadonlyMap<string, Lazy>;
  /** The value of a file: each is evaluated once. */
  importFile(path: string): Value;
  /** The value of a file that sees the names of `scope` too. */
  importScoped(path: string, scope: Attrs): Value;
  /** Drops the files below a store path and what was evaluated of them. */
  forget(storePath: string): void;
}
