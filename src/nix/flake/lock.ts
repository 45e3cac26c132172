import { NixError } from "../eval/errors.ts";
import { asNixError } from "../eval/failures.ts";
import type { Globals } from "../eval/resolve.ts";
import type { State } from "../eval/state.ts";
import { canonicalPath } from "../syntax/parser.ts";
import { Source } from "../syntax/source.ts";
import { DefinitionReader, type FlakeDefinition, type FlakeInput } from "./definition.ts";
import type { Fetcher } from "./fetch.ts";
import {
  checkFollows,
  emptyLock,
  isLocked,
  isNode,
  isRelative,
  parseLock,
  printLock,
  sameAttributes,
  sortedInputs,
  type InputPath,
  type LockNode,
} from "./lock-file.ts";
import { flakeRefToString } from "./reference.ts";
import type { InputAttributes } from "./schemes.ts";

/** A flake whose `flake.nix` was read: where it stands in the store, and how it was asked for. */
export interface Flake {
  readonly original: InputAttributes;
  readonly locked: InputAttributes;
  readonly storePath: string;
  /** The folder of its `flake.nix`. */
  readonly folder: string;
  readonly definition: FlakeDefinition;
}

/** A flake with all its inputs fixed. */
export interface LockedFlake extends Flake {
  readonly oldLock: LockNode;
  readonly lock: LockNode;
  /** The store paths of nodes that were fetched on the way, with the folder of their `flake.nix`. */
  readonly folders: ReadonlyMap<LockNode, Place>;
  /** Whether the lock file would have to be written. */
  readonly changed: boolean;
}

/** Where a node's files stand in the store. */
export interface Place {
  readonly storePath: string;
  readonly folder: string;
  readonly locked: InputAttributes;
}

/** How a flake is locked. */
export interface LockOptions {
  /** `--override-input`: input paths as `a/b`, and what stands in their place. */
  readonly overrides?: ReadonlyMap<string, InputAttributes>;
  /** Inputs whose lock is not kept; `true` for all. */
  readonly update?: ReadonlySet<string> | true;
  /** Whether inputs may be used that no lock names; pure evaluation forbids it in `getFlake`. */
  readonly allowUnlocked?: boolean;
  /** Asked about each input that cannot be fetched here: whether it may be left open. It is then refused when it is used. */
  readonly mayMiss?: (ref: InputAttributes) => boolean;
}

interface Override {
  readonly input: FlakeInput;
  /** The folder that a relative path in it is relative to. */
  readonly folder: string;
  readonly parent: InputPath | undefined;
}

/** What is asked of an input's flake while locking. */
interface Task {
  readonly inputs: ReadonlyMap<string, FlakeInput>;
  readonly node: LockNode;
  readonly path: InputPath;
  readonly old: LockNode | undefined;
  readonly followsPrefix: InputPath;
  readonly folder: string;
  readonly storePath: string;
  readonly trustLock: boolean;
  /** The old nodes above, to notice a circle. */
  readonly above: readonly LockNode[];
}

const noOverrides: ReadonlyMap<string, FlakeInput> = new Map();

/** Reads flakes and locks them, as Nix does before it evaluates one. */
export class Locker {
  private readonly state: State;
  private readonly globals: Globals;
  private readonly fetcher: Fetcher;
  private readonly warn: (message: string) => void;
  private readonly overrides = new Map<string, Override>();
  private readonly fromCommandLine = new Set<string>();
  private readonly used = new Set<string>();
  private readonly folders = new Map<LockNode, Place>();
  private readonly parents: InputAttributes[] = [];
  private options: LockOptions = {};
  private hasMissing = false;

  constructor(state: State, globals: Globals, fetcher: Fetcher) {
    this.state = state;
    this.globals = globals;
    this.fetcher = fetcher;
    this.warn = (message) => state.settings.log(`warning: ${message}`);
  }

  /** Fetches a flake and reads its `flake.nix`. @throws NixError */
  getFlake(original: InputAttributes, rootPath: InputPath = []): Flake {
    const { storePath, locked } = this.fetcher.fetch(original);
    const dir = String(original.get("dir") ?? "");
    const folder = dir === "" ? storePath : canonicalPath(`${storePath}/${dir}`);
    const lockedRef = dir === "" ? locked : new Map(locked).set("dir", dir);
    return this.readFlake(original, lockedRef, storePath, folder, rootPath);
  }

  private readFlake(
    original: InputAttributes,
    locked: InputAttributes,
    storePath: string,
    folder: string,
    rootPath: InputPath,
  ): Flake {
    const path = `${folder}/flake.nix`;
    const { files } = this.state;
    files.requireType(files.resolve(path, "ancestors"));
    const source = new Source(files.readFile(path), { type: "file", path }, folder);
    const definition = new DefinitionReader(source, flakeRefToString(original), rootPath).read(this.globals);
    for (const name of definition.self.keys())
      if (name !== "submodules" && name !== "lfs")
        throw new NixError("eval", `flake 'self' attribute '${name}' is not supported`);
    return { original, locked, storePath, folder, definition };
  }

  /** Fixes the inputs of a flake: what its lock file says stays; the others are fetched. @throws NixError */
  lock(flake: Flake, options: LockOptions = {}): LockedFlake {
    this.options = options;
    try {
      return this.lockAll(flake);
    } catch (caught) {
      const error = asNixError(caught);
      if (error instanceof NixError)
        error.trace(`while updating the lock file of flake '${flakeRefToString(flake.locked)}'`);
      throw error;
    }
  }

  private lockAll(flake: Flake): LockedFlake {
    const { folder, storePath, definition } = flake;
    const oldLock = this.readLockFile(folder);
    for (const [path, ref] of this.options.overrides ?? []) {
      this.overrides.set(path, { input: { ref, isFlake: true, overrides: noOverrides }, folder, parent: undefined });
      this.fromCommandLine.add(path);
    }
    const lock = emptyLock();
    this.folders.set(lock, { storePath, folder, locked: flake.locked });
    this.compute({
      inputs: definition.inputs,
      node: lock,
      path: [],
      old: this.options.update === true ? undefined : oldLock,
      followsPrefix: [],
      folder,
      storePath,
      trustLock: false,
      above: [],
    });
    for (const [path, ref] of this.options.overrides ?? [])
      if (!this.used.has(path))
        this.warn(`the flag '--override-input ${path} ${flakeRefToString(ref)}' does not match any input`);
    // Which inputs one has that is left open nobody knows.
    if (!this.hasMissing) checkFollows(lock);
    const changed = printLock(lock).json !== printLock(oldLock).json;
    return { ...flake, oldLock, lock, folders: this.folders, changed };
  }

  private readLockFile(folder: string): LockNode {
    const { files } = this.state;
    const path = `${folder}/flake.lock`;
    if (files.typeAt(files.resolve(path, "ancestors")) === undefined) return emptyLock();
    return parseLock(files.readFile(path), path, this.warn);
  }

  private compute(task: Task): void {
    const { inputs, path: prefix, folder } = task;
    const addOverrides = (input: FlakeInput, path: InputPath): void => {
      for (const [name, override] of input.overrides) {
        const at = [...path, name];
        const key = at.join("/");
        if ((override.ref || override.follows) && !this.overrides.has(key))
          this.overrides.set(key, { input: override, folder, parent: prefix });
        addOverrides(override, at);
      }
    };
    for (const [name, input] of sorted(inputs)) addOverrides(input, [...prefix, name]);
    for (const key of [...this.overrides.keys()].sort()) {
      const at = key.lastIndexOf("/");
      if (key.slice(0, Math.max(0, at)) === prefix.join("/") && !inputs.has(key.slice(at + 1)))
        this.warn(`input '${prefix.join("/")}' has an override for a non-existent input '${key.slice(at + 1)}'`);
    }
    for (const [name, input] of sorted(inputs)) {
      try {
        this.computeInput(task, name, input);
      } catch (caught) {
        const error = asNixError(caught);
        if (error instanceof NixError) error.trace(`while updating the flake input '${[...prefix, name].join("/")}'`);
        throw error;
      }
    }
  }

  private computeInput(task: Task, name: string, declared: FlakeInput): void {
    const path = [...task.path, name];
    const key = path.join("/");
    const override = this.overrides.get(key);
    if (override) this.used.add(key);
    const input = override ? { ...override.input, isFlake: declared.isFlake } : declared;
    if (input.follows) {
      task.node.inputs.set(name, input.follows);
      return;
    }
    const ref: InputAttributes =
      input.ref ??
      new Map<string, string>([
        ["type", "indirect"],
        ["id", name],
      ]);
    const parent = isRelative(ref) ? (override ? override.parent : task.path) : undefined;
    const update = this.options.update;
    const oldEdge = update instanceof Set && update.has(key) ? undefined : task.old?.inputs.get(name);
    const old = oldEdge !== undefined && isNode(oldEdge) ? oldEdge : undefined;
    const keeps =
      old?.original !== undefined &&
      sameAttributes(old.original, ref) &&
      old.parent?.join("/") === parent?.join("/") &&
      !this.fromCommandLine.has(key);
    if (keeps) this.keep(task, name, path, ref, old, override?.folder ?? task.folder);
    else this.add(task, name, path, { ...input, ref }, declared, parent, override?.folder ?? task.folder);
  }

  /** An input that the lock file knows: nothing is fetched, but for what it says of its own inputs that is new. */
  private keep(task: Task, name: string, path: InputPath, ref: InputAttributes, old: LockNode, from: string): void {
    if (task.above.includes(old))
      throw new NixError("eval", `lock file contains a cycle: input '${path.join("/")}' leads to itself`);
    const node: LockNode = { ...old, inputs: new Map() };
    task.node.inputs.set(name, node);
    const above = [...task.above, old];
    const inputs = new Map<string, FlakeInput>();
    for (const [each, edge] of sortedInputs(old)) {
      if (isNode(edge)) {
        inputs.set(each, {
          isFlake: edge.isFlake,
          overrides: noOverrides,
          ...(edge.original ? { ref: edge.original } : {}),
        });
        continue;
      }
      if (!task.trustLock && !this.overrides.has([...path, each].join("/"))) {
        // The lock says that it follows another input, but nothing else says so any more: the flake itself must be read.
        const flake = this.inputFlake(old.locked ?? ref, path, from, task.storePath);
        this.folders.set(node, { storePath: flake.storePath, folder: flake.folder, locked: flake.locked });
        const { folder, storePath } = flake;
        const followsPrefix = task.followsPrefix;
        this.compute({
          inputs: flake.definition.inputs,
          node,
          path,
          old,
          followsPrefix,
          folder,
          storePath,
          trustLock: false,
          above,
        });
        return;
      }
      inputs.set(each, { isFlake: true, overrides: noOverrides, follows: [...task.followsPrefix, ...edge] });
    }
    this.compute({ ...task, inputs, node, path, old, trustLock: true, above });
  }

  private add(
    task: Task,
    name: string,
    path: InputPath,
    input: FlakeInput & { ref: InputAttributes },
    declared: FlakeInput,
    parent: InputPath | undefined,
    from: string,
  ): void {
    const { ref } = input;
    const key = path.join("/");
    if (this.options.allowUnlocked === false && !isLocked(ref) && !isRelative(ref))
      throw new NixError("eval", `cannot update unlocked flake input '${key}' in pure mode`);
    // What a command line puts in an input's place does not change what the lock file says it was asked for.
    const original = this.fromCommandLine.has(key) && declared.ref ? declared.ref : ref;
    const extra = parent === undefined ? {} : { parent };
    if (this.options.mayMiss !== undefined && !isRelative(ref) && this.isMissing(ref, this.options.mayMiss)) {
      task.node.inputs.set(name, { inputs: new Map(), locked: ref, original, isFlake: input.isFlake });
      this.hasMissing = true;
      return;
    }
    if (!input.isFlake) {
      const tree = isRelative(ref) ? undefined : this.fetcher.fetch(ref);
      const locked = tree?.locked ?? ref;
      const node: LockNode = { inputs: new Map(), locked, original, isFlake: false, ...extra };
      if (tree) this.folders.set(node, { storePath: tree.storePath, folder: tree.storePath, locked });
      else this.folders.set(node, { storePath: task.storePath, folder: below(from, ref), locked });
      task.node.inputs.set(name, node);
      return;
    }
    const flake = this.inputFlake(ref, path, from, task.storePath);
    const node: LockNode = { inputs: new Map(), locked: flake.locked, original, isFlake: true, ...extra };
    task.node.inputs.set(name, node);
    this.folders.set(node, { storePath: flake.storePath, folder: flake.folder, locked: flake.locked });
    const circular = this.parents.find((each) => sameAttributes(each, ref));
    if (circular) throw new NixError("eval", `found circular import of flake '${flakeRefToString(circular)}'`);
    this.parents.push(ref);
    const { folder, storePath, definition } = flake;
    const old = this.readLockFile(folder);
    this.compute({
      inputs: definition.inputs,
      node,
      path,
      old,
      followsPrefix: path,
      folder,
      storePath,
      trustLock: false,
      above: [],
    });
    this.parents.pop();
  }

  private isMissing(ref: InputAttributes, mayMiss: (ref: InputAttributes) => boolean): boolean {
    try {
      this.fetcher.fetch(ref);
      return false;
    } catch (error) {
      if (error instanceof NixError && error.kind === "unsupported" && mayMiss(ref)) return true;
      throw error;
    }
  }

  /** The flake of an input; a relative path stands below the folder of the flake that names it. */
  private inputFlake(ref: InputAttributes, path: InputPath, from: string, storePath: string): Flake {
    if (!isRelative(ref)) return this.getFlake(ref, path);
    const dir = String(ref.get("dir") ?? "");
    return this.readFlake(ref, ref, storePath, dir === "" ? below(from, ref) : `${below(from, ref)}/${dir}`, path);
  }
}

function below(folder: string, ref: InputAttributes): string {
  return canonicalPath(`${folder}/${String(ref.get("path"))}`);
}

function sorted(inputs: ReadonlyMap<string, FlakeInput>): [string, FlakeInput][] {
  return [...inputs].sort(([a], [b]) => (a < b ? -1 : 1));
}
