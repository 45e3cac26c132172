import { standInFor } from "#inputs";
import { encodeUtf8, type FetchedTree } from "#nix";
import type { MemoryHost } from "./memory-host.ts";
import type { RecordedInput } from "./messages.ts";
import type { Pack, Packs } from "./packs.ts";

type LockNode = Parameters<typeof standInFor>[0];
type InputAttributes = ReadonlyMap<string, string | number | bigint | boolean>;

/** Gives a host the stand-ins for the inputs that lock files name. */
export class StandIns {
  private readonly host: MemoryHost;
  readonly packs: Packs;
  private readonly placed = new Map<string, string>();
  /** By what they say. */
  private readonly nodes = new Map<string, LockNode>();
  private recorded: readonly RecordedInput[] = [];
  /** Whether a pack could not be fetched: an evaluation remembers the failure, so that it is of no more use. */
  haveFailed = false;

  constructor(host: MemoryHost, packs: Packs) {
    this.host = host;
    this.packs = packs;
    host.fetchTree = (attributes) => this.fetchTree(attributes);
  }

  /** Learns from a `flake.lock` what its nodes were asked for: a locked input alone does not say its branch. */
  learn(lockFile: string, recorded: readonly RecordedInput[] = []): void {
    this.recorded = recorded;
    for (const node of [...recorded, ...nodesOf(lockFile)]) this.learnNode(node);
  }

  private learnNode(node: LockNode): void {
    this.nodes.set(JSON.stringify([node.locked, node.original, node.flake]), node);
  }

  /** What lock files say of a locked input. */
  nodeOf(attributes: InputAttributes): LockNode {
    const same = [...this.nodes.values()].findLast((node) =>
      [...attributes].every(([name, value]) => name === "dir" || node.locked?.[name] === value),
    );
    const plain = Object.fromEntries(attributes);
    return same ?? { locked: plain, original: plain };
  }

  private fetchTree(attributes: InputAttributes): FetchedTree | undefined {
    const recorded = attributes.has("narHash")
      ? new Map<string, string | number | boolean>()
      : this.recordedFor(attributes);
    if (recorded === undefined) return undefined;
    const found = standInFor(this.nodeOf(recorded.size === 0 ? attributes : recorded));
    if (found === undefined || !this.packs.has(found.folder)) return undefined;
    this.haveFailed = true;
    const pack = this.packs.get(found.folder);
    this.haveFailed = false;
    return { path: this.place(found.folder, pack, found.facts), attributes: recorded };
  }

  private recordedFor(attributes: InputAttributes): Map<string, string | number | boolean> | undefined {
    const found = this.recorded.find(({ original }) => {
      const asked = Object.entries(original).filter(([name]) => name !== "dir");
      return asked.length === attributes.size && asked.every(([name, value]) => attributes.get(name) === value);
    });
    return found && new Map(Object.entries(found.locked));
  }

  /** A copy of the stand-in that knows the node's facts, where they decide what it is. */
  private place(folder: string, pack: Pack, facts: object | undefined): string {
    const about = JSON.stringify(facts);
    const key = folder + about;
    let path = this.placed.get(key);
    if (path !== undefined) return path;
    path = `/stand-ins/${this.placed.size}`;
    for (const [name, contents] of Object.entries({ ...pack, ...(facts && { "node.json": about }) }))
      this.host.write(`${path}/${name}`, encodeUtf8(contents));
    for (const node of nodesOf(pack["flake.lock"] ?? "")) this.learnNode(node);
    this.placed.set(key, path);
    return path;
  }
}

/** The folders of the stand-ins for the inputs that a flake itself has, by its lock file. */
export function wantedBy(lockFile: string): string[] {
  const { root = "", nodes = {} } = parseLock(lockFile);
  return Object.values(nodes[root]?.inputs ?? {}).flatMap((target) => {
    const node = typeof target === "string" ? nodes[target] : undefined;
    return (node && standInFor(node)?.folder) ?? [];
  });
}

interface Lock {
  root?: string;
  nodes?: Record<string, LockNode | undefined>;
}

/** A lock file as far as it can be read; the evaluator is the one to complain. */
function parseLock(text: string): Lock {
  try {
    const lock = JSON.parse(text) as Lock | null;
    return typeof lock?.nodes === "object" && lock.nodes !== null ? lock : {};
  } catch {
    return {};
  }
}

const nodesOf = (lockFile: string): LockNode[] =>
  Object.values(parseLock(lockFile).nodes ?? {}).filter((node) => typeof node === "object" && node !== null);
