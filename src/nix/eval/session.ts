import type { Host } from "../host.ts";
import { MemoryStore } from "../store/memory-store.ts";
import type { Feature } from "../text/failure.ts";
import { canonicalPath, parse } from "../syntax/parser.ts";
import { showExpr } from "../syntax/show.ts";
import { Source, type Origin } from "../syntax/source.ts";
import type { Attrs } from "./attrs.ts";
import { compile } from "./compile.ts";
import { NixError } from "./errors.ts";
import { asNixError } from "./failures.ts";
import { Files } from "./files.ts";
import { runWith, type Bounds } from "./machine.ts";
import { resolve, type Globals } from "./resolve.ts";
import type { Settings, State } from "./state.ts";
import { Thunk, type Code, type Value } from "./values.ts";

/** The outcome of an evaluation. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: NixError };

/** How an evaluation is set up; all but the host has a default. Texts are byte strings. */
export interface Options extends Partial<Settings>, Partial<Bounds> {
  readonly host: Host;
  readonly store?: MemoryStore;
  readonly storeDir?: string;
  readonly showTrace?: boolean;
}

/**
 * One evaluation with what lasts through it: files that were read, the store that it fills. Everything that may force a
 * value runs inside `run`.
 */
export class Evaluation {
  /** What builtins see of this evaluation. */
  readonly state: State;
  private readonly bounds: Bounds;
  private readonly showTrace: boolean;
  private readonly makeGlobals: (state: State) => Globals;
  private readonly imported = new Map<string, Thunk>();
  private names: Globals | undefined;

  constructor(options: Options, makeGlobals: (state: State) => Globals) {
    const { host, showTrace = false } = options;
    const settings: Settings = {
      features: options.features ?? new Set(),
      pure: options.pure ?? false,
      nixPath: options.nixPath ?? [],
      currentSystem: options.currentSystem ?? "x86_64-linux",
      log: options.log ?? (() => {}),
      traceVerbose: options.traceVerbose ?? false,
    };
    const store =
      options.store ??
      new MemoryStore({
        features: settings.features as ReadonlySet<Feature>,
        warn: (message) => settings.log(`warning: ${message}`),
        ...(options.storeDir === undefined ? {} : { storeDir: options.storeDir }),
      });
    this.bounds = {
      maxCallDepth: options.maxCallDepth ?? 10000,
      maxSteps: options.maxSteps ?? Infinity,
      stopped: options.stopped,
      memoryInUse: options.memoryInUse,
      maxMemory: options.maxMemory ?? Infinity,
    };
    this.showTrace = showTrace;
    this.makeGlobals = makeGlobals;
    this.state = {
      settings,
      host,
      store,
      files: new Files(host, store, settings.pure),
      copied: new Map(),
      globals: () => this.globals(),
      importFile: (path) => this.importFile(path),
      importScoped: (path, scope) => this.importScoped(path, scope),
      forget: (storePath) => this.forget(storePath),
    };
  }

  /** Runs code that may force values. Never throws: what a host or a bug throws becomes an error of kind `bug`. */
  run<T>(action: () => T): Result<T> {
    try {
      return { ok: true, value: runWith(this.state, this.bounds, this.showTrace, action) };
    } catch (error) {
      return { ok: false, error: this.asError(error) };
    }
  }

  /** The value of a program. Relative paths in it stand below `basePath`. */
  evaluate(text: string, basePath: string, origin: Origin = { type: "string" }): Result<Value> {
    return this.run(() => this.load(new Source(text, origin, basePath)));
  }

  /** The value of a file as the program itself, or of `default.nix` in a folder. */
  evaluateFile(path: string): Result<Value> {
    return this.run(() => this.load(this.readSource(this.resolveFile(path))));
  }

  /** A program's tree in the form of `nix-instantiate --parse`; undefined names are refused. */
  parse(text: string, basePath: string, origin: Origin = { type: "string" }): Result<string> {
    return this.run(() => this.show(new Source(text, origin, basePath)));
  }

  /** As `parse`, for a file or `default.nix` in a folder. */
  parseFile(path: string): Result<string> {
    return this.run(() => this.show(this.readSource(this.resolveFile(path))));
  }

  private show(source: Source): string {
    const expr = parse(source, this.parseOptions());
    resolve(expr, source, this.globals());
    return showExpr(expr);
  }

  private asError(error: unknown): NixError {
    const known = asNixError(error);
    if (known instanceof NixError) return known;
    if (error instanceof RangeError && /\b(length|allocation)\b/.test(error.message)) {
      const large = new NixError("stopped", "the evaluation was stopped: a value does not fit into memory");
      large.cause = error;
      return large;
    }
    // What engines throw when their stack is full.
    if (error instanceof RangeError || (error instanceof Error && error.message.includes("recursion"))) {
      const overflow = new NixError("overflow", "stack overflow; max-call-depth exceeded");
      overflow.cause = error;
      return overflow;
    }
    const bug = new NixError("bug", `internal error: ${error instanceof Error ? error.message : String(error)}`);
    bug.cause = error;
    return bug;
  }

  private globals(): Globals {
    this.names ??= this.makeGlobals(this.state);
    return this.names;
  }

  private parseOptions() {
    const { settings, host } = this.state;
    return {
      pipeOperators: settings.features.has("pipe-operators"),
      home: settings.pure ? undefined : host.home(),
    };
  }

  private prepare(source: Source, globals = this.globals()): Code {
    const expr = parse(source, this.parseOptions());
    resolve(expr, source, globals);
    return compile(expr, source);
  }

  private load(source: Source, globals?: Globals): Value {
    return this.prepare(source, globals)([]);
  }

  /**
   * The file that a path to import leads to. A link at its end is followed, so that relative paths in the file stand
   * beside it; links before that are kept in the path, as Nix keeps them.
   */
  private resolveFile(path: string): string {
    const { files } = this.state;
    for (let links = 0; ; links++) {
      if (links > 1024)
        throw new NixError("eval", `too many symbolic links encountered while traversing the path '${path}'`);
      const real = files.resolve(path, "ancestors");
      if (files.requireType(real) !== "symlink") break;
      path = canonicalPath(files.readLink(real), path.slice(0, Math.max(1, path.lastIndexOf("/"))));
    }
    if (files.requireType(files.resolve(path, "full")) !== "directory") return path;
    return path === "/" ? "/default.nix" : `${path}/default.nix`;
  }

  private readSource(path: string): Source {
    const folder = path.slice(0, Math.max(1, path.lastIndexOf("/")));
    return new Source(this.state.files.readFile(path), { type: "file", path }, folder);
  }

  private importFile(path: string): Value {
    const file = this.resolveFile(path);
    let thunk = this.imported.get(file);
    if (thunk === undefined) {
      thunk = new Thunk(() => this.evaluateSource(this.readSource(file), file), []);
      this.imported.set(file, thunk);
    }
    return thunk.force();
  }

  /** Only what goes wrong when the file runs is said to be in it; a syntax error has its place. */
  private evaluateSource(source: Source, file: string): Value {
    const code = this.prepare(source);
    try {
      return code([]);
    } catch (error) {
      if (error instanceof NixError) error.trace(`while evaluating the file '${file}':`);
      throw error;
    }
  }

  private forget(storePath: string): void {
    const { store, copied } = this.state;
    store.dropTree(storePath);
    for (const cache of [this.imported, copied])
      for (const path of cache.keys()) if (path.startsWith(`${storePath}/`)) cache.delete(path);
  }

  private importScoped(path: string, scope: Attrs): Value {
    const globals = new Map(this.globals());
    for (const [name, value] of scope.entries()) globals.set(name, value);
    return this.load(this.readSource(this.resolveFile(path)), globals);
  }
}
