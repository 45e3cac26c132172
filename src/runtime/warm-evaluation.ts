import {
  Attrs,
  createEvaluation,
  decodeUtf8,
  encodeUtf8,
  flakeRefToString,
  flakesOf,
  parseFlakeReference,
  type Evaluation,
  type InputAttributes,
  type LockedFlake,
  type Lazy,
} from "#nix";
import { noTrees, valueOf, type Trees } from "./failures.ts";
import { contentsOf, MemoryHost } from "./memory-host.ts";
import type { FlakeFiles } from "./messages.ts";
import type { Packs } from "./packs.ts";
import { StandIns } from "./stand-ins.ts";

const defaultRoot = "/home/you/flake";

/** So many flakes share what inputs gave; then all starts anew, because derivations in the store only ever grow. */
const mostUses = 500;

/** A flake that was evaluated. Texts are byte strings. */
export interface OpenFlake {
  readonly warm: WarmEvaluation;
  readonly locked: LockedFlake;
  readonly outputs: Lazy;
  readonly trees: Trees;
  /** The inputs that no lock names and that are not to be had here. */
  readonly missing: readonly InputAttributes[];
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
  private log: (line: string) => void = () => {};
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

  get isUsable(): boolean {
    return this.uses < mostUses && !this.standIns.haveFailed;
  }

  /** From now on, `log` gets each line of `trace` and `warn`. */
  logTo(log: (line: string) => void): void {
    this.log = log;
  }

  /** Locks a flake and finds its outputs. `kept` are store paths of other flakes that are open here. @throws Refusal */
  open(source: FlakeFiles, kept: ReadonlySet<string>): OpenFlake {
    this.uses++;
    const { evaluation, standIns } = this;
    const flakes = flakesOf(evaluation.state);
    const missing: InputAttributes[] = [];
    standIns.learn(lockFileOf(source), source.recorded);
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
      // Outputs that do without such an input can be seen. What could not be loaded is another matter.
      const mayMiss = (input: InputAttributes) => {
        missing.push(input);
        return !standIns.haveFailed;
      };
      const locked = flakes.lock(ref, { mayMiss });
      const value = flakes.call(locked, locked.changed);
      return { warm: this, locked, outputs: value instanceof Attrs ? value.get("outputs")! : value, trees, missing };
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

/** Variables as byte strings. */
export const environmentOf = (variables: FlakeFiles["impure"]) =>
  new Map(Object.entries(variables ?? {}).map(([name, value]) => [encodeUtf8(name), encodeUtf8(value)]));

/** Puts a repository's files in the place of those that stood there; gives its folder. */
export function placeFiles(host: MemoryHost, source: FlakeFiles): string {
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

/** The text of a flake's lock file; empty where there is none. */
export function lockFileOf({ files, folder }: FlakeFiles): string {
  const file = files[folder ? `${folder}/flake.lock` : "flake.lock"];
  return typeof file === "string" ? file : "";
}
