/** `flake.lock`, put together from the revisions that were recorded and checked. */
import file from "./locks/recorded.json" with { type: "json" };

/** An input as it was locked: what it is, and its own inputs. A list of names is an input that follows another. */
interface Recorded {
  readonly flake?: false;
  readonly inputs?: Readonly<Record<string, Recorded | readonly string[]>>;
  readonly locked: { readonly lastModified?: number; readonly rev?: string };
  readonly original: { readonly owner?: string; readonly repo?: string; readonly ref?: string };
}

export type RecordedName = keyof typeof file;

/** An input of a flake: a recorded one, or the path of one that it follows. */
export type LockedInput = RecordedName | readonly string[];

const recorded: Readonly<Record<string, Recorded>> = file as unknown as Record<string, Recorded>;

function find(name: RecordedName): Recorded {
  const found = recorded[name];
  if (found === undefined) throw new Error(`locks/recorded.json has no '${name}'`);
  return found;
}

/** The day of the revision that stands for a release, or that a tool brings; in seconds since 1970. */
export function lastChange(name: string): number {
  if (name === "poetry2nix" || name === "dream2nix") return nixpkgsOf(name).locked.lastModified ?? 0;
  return find(`nixpkgs-${name}` as RecordedName).locked.lastModified ?? 0;
}

/** The nixpkgs that a tool brings with it. */
function nixpkgsOf(tool: RecordedName): Recorded {
  const nixpkgs = find(tool).inputs?.["nixpkgs"];
  if (nixpkgs === undefined || !("locked" in nixpkgs)) throw new Error(`'${tool}' brings no nixpkgs`);
  return nixpkgs;
}

/** The address of a recorded input, as a `flake.nix` writes it. */
export function addressOf(name: RecordedName): string {
  const { owner, repo, ref } = find(name).original;
  return `github:${owner}/${repo}${ref === undefined ? "" : `/${ref}`}`;
}

/** The text of a `flake.lock` for these inputs; names and order of its nodes are those that Nix gives them. */
export function composeLock(inputs: Readonly<Record<string, LockedInput>>): string {
  const nodes: Record<string, unknown> = {};
  const keys = new Map<Recorded, string>();

  const add = (wanted: string, node: Recorded): string => {
    const known = keys.get(node);
    if (known !== undefined) return known;
    let key = wanted;
    for (let n = 2; key in nodes || key === "root"; n++) key = `${wanted}_${n}`;
    keys.set(node, key);
    nodes[key] = undefined;
    nodes[key] = {
      ...(node.flake === undefined ? {} : { flake: node.flake }),
      ...(node.inputs === undefined ? {} : { inputs: addAll(node.inputs) }),
      locked: node.locked,
      original: node.original,
    };
    return key;
  };
  const addAll = (each: Readonly<Record<string, Recorded | readonly string[]>>) =>
    Object.fromEntries(
      sorted(each).map(([name, input]) => [name, "locked" in input ? add(name, input) : input] as const),
    );

  const top = Object.entries(inputs).map(
    ([name, input]) => [name, typeof input === "string" ? find(input) : input] as const,
  );
  const root = { inputs: addAll(Object.fromEntries(top)) };
  const all = Object.fromEntries(sorted({ ...nodes, root }));
  return `${JSON.stringify({ nodes: all, root: "root", version: 7 }, null, 2)}\n`;
}

const sorted = <Value>(table: Readonly<Record<string, Value>>): [string, Value][] =>
  Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1));
