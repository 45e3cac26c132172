import {
  Attrs,
  createEvaluation,
  decodeUtf8,
  encodeUtf8,
  flakeRefToString,
  flakesOf,
  NixError,
  parseFlakeReference,
  type Evaluation,
  type InputAttributes,
  type LockedFlake,
  type Lazy,
} from "#nix";
import { noTrees, valueOf, type Trees } from "./failures.ts";
import { contentsOf, MemoryHost } from "./memory-host.ts";
import type { FlakeFiles } from "./messages.ts";
import { StandIns, wantedBy, type Packs } from "./stand-ins.ts";

const defaultRoot = "/home/you/flake";

const defaultSystem = "x86_64-linux";

/** So many flakes share what inputs gave; then all starts anew, because derivations in the store only ever grow. */
const mostUses = 500;

/** So many evaluations with different surroundings are kept. */
const mostEvaluations = 2;

/** A flake that was evaluated. Texts are byte strings. */
export interface OpenFlake {
  readonly warm: WarmEvaluation;
  readonly locked: LockedFlake;
  readonly outputs: Lazy;
  readonly trees: Trees;
}

/**
 * One evaluation that flakes come to one after another: what their inputs gave stays, because no input depends on the
 * flake that names it. A flake's own files are in it once only, those of the newest edit.
 */
export class WarmEvaluation {
  readonly host = new MemoryHost();
  readonly standIns: StandIns;
  readonly evaluation: Evaluation;
  readonly system: string;
  /** Gets each line of `trace` and `warn`. */
  log: (line: string) => void = () => {};
  /** The store paths of the flakes' own files that are in memory. */
  private readonly roots = new Set<string>();
  private uses = 0;

  constructor(impure: FlakeFiles["impure"], system: string, packs: Packs) {
    this.system = system;
    this.standIns = new StandIns(this.host, packs);
    this.host.environment = environmentOf(impure);
    this.evaluation = createEvaluation({
      host: this.host,
      features: new Set(["nix-command", "flakes"]),
      pure: impure === undefined,
      currentSystem: encodeUtf8(system),
      log: (line) => this.log(decodeUtf8(line)),
    });
    flakesOf(this.evaluation.state).keepInputs();
  }

  get isWornOut(): boolean {
    return this.uses >= mostUses;
  }

  /** Locks a flake and finds its outputs. `kept` are store paths of other flakes that are open here. @throws Refusal */
  open(source: FlakeFiles, lockFile: string, kept: ReadonlySet<string>): OpenFlake {
    this.uses++;
    this.standIns.learn(lockFile, source.recorded);
    const { evaluation } = this;
    const flakes = flakesOf(evaluation.state);
    let trees = noTrees;
    const opened = evaluation.run((): OpenFlake => {
      const ref = this.place(source, kept);
      const { storePath } = flakes.fetcher.fetch(ref);
      this.roots.add(storePath);
      trees = {
        own: { storePath, root: rootOf(source) },
        inputAt(path) {
          const tree = [...flakes.fetcher.fetched.values()].find((each) => each.storePath === path);
          return tree && referenceOf(tree.locked);
        },
      };
      const locked = flakes.lock(ref);
      const value = flakes.call(locked, locked.changed);
      return { warm: this, locked, outputs: value instanceof Attrs ? value.get("outputs")! : value, trees };
    });
    return valueOf(opened, trees);
  }

  /** Puts a flake's files in the place of those that stood there, and gives its reference. */
  private place(source: FlakeFiles, kept: ReadonlySet<string>): InputAttributes {
    const { host, evaluation } = this;
    const root = placeFiles(host, source);
    const { attributes } = parseFlakeReference(`git+file://${root}`);
    flakesOf(evaluation.state).fetcher.forget(attributes);
    for (const before of this.roots)
      if (!kept.has(before) && this.roots.delete(before)) evaluation.state.forget(before);
    return source.folder ? new Map(attributes).set("dir", encodeUtf8(source.folder)) : attributes;
  }
}

const rootOf = (source: FlakeFiles) => encodeUtf8(source.root ?? defaultRoot);

const environmentOf = (variables: FlakeFiles["impure"]) =>
  new Map(Object.entries(variables ?? {}).map(([name, value]) => [encodeUtf8(name), encodeUtf8(value)]));

/** Puts a repository's files in the place of those that stood there; gives its folder. */
function placeFiles(host: MemoryHost, source: FlakeFiles): string {
  const root = rootOf(source);
  host.remove(root);
  for (const [path, contents] of Object.entries(source.files))
    host.write(`${root}/${encodeUtf8(path)}`, contentsOf(contents));
  const tracked = (source.tracked ?? Object.keys(source.files)).map(encodeUtf8);
  host.repositories.set(root, {
    root,
    tracked: new Set(tracked.filter((path) => host.pathType(`${root}/${path}`) === "regular")),
    rev: undefined,
    dirty: true,
    lastModified: 0,
    revCount: 0,
    ref: "",
  });
  return root;
}

/** A locked input as people write it: without hash and date. */
export function referenceOf(locked: InputAttributes): string {
  return flakeRefToString(new Map([...locked].filter(([name]) => name !== "narHash" && name !== "lastModified")));
}

function lockFileOf({ files, folder }: FlakeFiles): string {
  const file = files[folder ? `${folder}/flake.lock` : "flake.lock"];
  return typeof file === "string" ? file : "";
}

/** The flakes that are open in a worker, and the evaluations that they share. */
export class Workspace {
  private readonly packs: Packs;
  private readonly flakes = new Map<number, OpenFlake>();
  private readonly sources = new Map<number, FlakeFiles>();
  private readonly evaluations = new Map<string, WarmEvaluation>();

  constructor(packs: Packs) {
    this.packs = packs;
  }

  /** Takes a flake's files in the place of those that it had. */
  set(number: number, source: FlakeFiles): void {
    this.sources.set(number, source);
    this.flakes.delete(number);
  }

  close(number: number): void {
    this.sources.delete(number);
    this.flakes.delete(number);
  }

  /** As `use`, for a flake as it would be with another text in one of its files; nothing of that stays. */
  tryText<T>(number: number, file: string, text: string, action: (flake: OpenFlake) => T): Promise<T> {
    return this.use(number, ({ warm }) => {
      const source = this.sources.get(number)!;
      const changed = { ...source, files: { ...source.files, [file]: text } };
      return action(warm.open(changed, lockFileOf(source), this.storePaths()));
    });
  }

  /**
   * Gives what `action` finds out about a flake that was `set`. Where it asks for a pack that is not there yet, the pack
   * is fetched and all is done again. @throws Refusal, or NixError
   */
  async use<T>(number: number, action: (flake: OpenFlake) => T): Promise<T> {
    const source = this.sources.get(number);
    if (source === undefined) throw new NixError("eval", "the flake was not evaluated yet");
    const lockFile = lockFileOf(source);
    await this.load(wantedBy(lockFile));
    for (;;) {
      const warm = this.flakes.get(number)?.warm ?? this.warmFor(source);
      const { missing } = warm.standIns;
      missing.clear();
      try {
        const value = action(this.called(number, source, lockFile, warm));
        if (missing.size === 0) return value;
      } catch (error) {
        if (missing.size === 0) throw error;
      }
      this.drop(warm);
      await this.load(missing);
    }
  }

  /** Gives what `action` does with the files of a folder, without a warm evaluation. @throws NixError */
  async withHost<T>(source: FlakeFiles, env: FlakeFiles["impure"], action: (host: MemoryHost) => T): Promise<T> {
    for (;;) {
      const host = new MemoryHost();
      const standIns = new StandIns(host, this.packs);
      host.environment = environmentOf(env);
      placeFiles(host, source);
      for (const [path, contents] of Object.entries(source.files))
        if (/(^|\/)flake\.lock$/.test(path) && typeof contents === "string") standIns.learn(contents, source.recorded);
      const value = action(host);
      if (standIns.missing.size === 0) return value;
      await this.load(standIns.missing);
    }
  }

  private async load(folders: Iterable<string>): Promise<void> {
    try {
      await this.packs.load(folders);
    } catch (error) {
      throw new NixError("unsupported", `the stand-in for an input could not be loaded: ${(error as Error).message}`);
    }
  }

  private warmFor({ impure, system }: FlakeFiles): WarmEvaluation {
    const key = JSON.stringify([impure, system]);
    let warm = this.evaluations.get(key);
    if (warm !== undefined && !warm.isWornOut) return warm;
    warm = new WarmEvaluation(impure, system ?? defaultSystem, this.packs);
    this.evaluations.delete(key);
    this.evaluations.set(key, warm);
    for (const old of [...this.evaluations.keys()].slice(0, -mostEvaluations)) this.evaluations.delete(old);
    return warm;
  }

  /** What was evaluated without a pack is of no use with it: failures are remembered, too. */
  private drop(warm: WarmEvaluation): void {
    for (const [key, each] of this.evaluations) if (each === warm) this.evaluations.delete(key);
    for (const [number, flake] of this.flakes) if (flake.warm === warm) this.flakes.delete(number);
  }

  private called(number: number, source: FlakeFiles, lockFile: string, warm: WarmEvaluation): OpenFlake {
    let flake = this.flakes.get(number);
    if (flake === undefined) this.flakes.set(number, (flake = warm.open(source, lockFile, this.storePaths())));
    return flake;
  }

  private storePaths(): ReadonlySet<string> {
    return new Set(Array.from(this.flakes.values(), ({ locked }) => locked.storePath));
  }
}
