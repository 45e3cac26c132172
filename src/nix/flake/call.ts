import { Attrs, AttrsBuilder, mergeBy } from "../eval/attrs.ts";
import { planMerge } from "../eval/shape.ts";
import { call1, nowhere } from "../eval/call.ts";
import { describeType } from "../eval/describe.ts";
import { NixError } from "../eval/errors.ts";
import { asNixError } from "../eval/failures.ts";
import { printForError } from "../eval/print.ts";
import type { State } from "../eval/state.ts";
import { Callable, force, NixString, Thunk, type Lazy, type Value } from "../eval/values.ts";
import { opaqueElement } from "../store/context.ts";
import { canonicalPath } from "../syntax/parser.ts";
import type { Fetcher } from "./fetch.ts";
import {
  findInput,
  formatTime,
  isNode,
  isRelative,
  printAttributes,
  sortedInputs,
  type Edge,
  type LockNode,
} from "./lock-file.ts";
import type { LockedFlake } from "./lock.ts";
import type { InputAttributes } from "./schemes.ts";

/** A node while it is evaluated: its files, and what its flake gives. Both come when somebody asks. */
interface CalledNode {
  readonly place: () => NodePlace;
  readonly result: Thunk;
}

interface NodePlace {
  readonly sourceInfo: Attrs;
  /** As a text: relative inputs keep the `./` of their paths, as Nix does. */
  readonly outPath: string;
  readonly storePath: string;
}

/** Inputs by all that decides what they give, for flakes that are evaluated one after another in one evaluation. */
export class KnownInputs {
  private readonly ids = new Map<string, number>();
  private readonly nodes = new Map<number, CalledNode>();

  /** A number for a description. */
  id(description: string): number {
    let id = this.ids.get(description);
    if (id === undefined) this.ids.set(description, (id = this.ids.size));
    return id;
  }

  get(id: number, make: () => CalledNode): CalledNode {
    let known = this.nodes.get(id);
    if (known === undefined) this.nodes.set(id, (known = make()));
    return known;
  }
}

/**
 * The value of a locked flake: its outputs with what is known of its source. No input is fetched before it is used. Those
 * in `known` are not evaluated again.
 */
export function callFlake(
  state: State,
  fetcher: Fetcher,
  flake: LockedFlake,
  dirty: boolean,
  known: KnownInputs | undefined,
): Value {
  const nodes = new Map<LockNode, CalledNode>();

  const target = (edge: Edge, name: string): LockNode => {
    if (isNode(edge)) return edge;
    try {
      const found = findInput(flake.lock, edge);
      if (found !== undefined) return found;
    } catch (error) {
      throw asNixError(error);
    }
    throw new NixError("eval", `input '${name}' follows a non-existent input '${edge.join("/")}'`);
  };

  const ids = new Map<LockNode, number | undefined>();
  /** Of what an input is locked to, and its own inputs; none for what depends on a folder of the flake, or on itself. */
  const identify = (node: LockNode, known: KnownInputs): number | undefined => {
    if (ids.has(node)) return ids.get(node);
    ids.set(node, undefined);
    if (node.locked === undefined || isRelative(node.locked)) return undefined;
    const parts = [printAttributes(node.locked), String(node.isFlake)];
    for (const [name, edge] of sortedInputs(node)) {
      const id = identify(target(edge, name), known);
      if (id === undefined) return undefined;
      parts.push(`${name}=${id}`);
    }
    ids.set(node, known.id(parts.join(" ")));
    return ids.get(node);
  };

  const called = (node: LockNode): CalledNode => {
    let found = nodes.get(node);
    if (found === undefined) {
      const make = () => ({ place: once(() => placeOf(node)), result: new Thunk(() => resultOf(node), []) });
      const id = known && identify(node, known);
      found = id === undefined ? make() : known!.get(id, make);
      nodes.set(node, found);
    }
    return found;
  };

  const placeOf = (node: LockNode): NodePlace => {
    const fetched = flake.folders.get(node);
    if (fetched !== undefined) {
      const { storePath, folder } = fetched;
      // A relative input shares the tree of its parent, and is described as it.
      const locked = node.locked ?? fetched.locked;
      const sourceInfo = describeTree(
        storePath,
        isRelative(locked) ? locked : fetched.locked,
        node === flake.lock && dirty,
      );
      return { sourceInfo, storePath, outPath: folder };
    }
    const locked = node.locked!;
    if (isRelative(locked)) {
      const parent = findInput(flake.lock, node.parent ?? []) ?? flake.lock;
      const { sourceInfo, storePath, outPath } = called(parent).place();
      const path = String(locked.get("path"));
      return { sourceInfo, storePath, outPath: below(path === "" ? outPath : `${outPath}/${path}`, locked) };
    }
    const tree = fetcher.fetch(locked);
    const sourceInfo = describeTree(tree.storePath, tree.locked, false);
    return { sourceInfo, storePath: tree.storePath, outPath: below(tree.storePath, locked) };
  };

  const resultOf = (node: LockNode): Value => {
    const { sourceInfo, outPath, storePath } = called(node).place();
    const about = new AttrsBuilder();
    about.set("outPath", new NixString(outPath, [opaqueElement(storePath)]));
    if (!node.isFlake) {
      about.set("sourceInfo", sourceInfo);
      return update(sourceInfo, about.finish());
    }
    const inputs = Attrs.from(
      sortedInputs(node).map(([name, edge]): [string, Lazy] => [
        name,
        new Thunk(() => called(target(edge, name)).result.force(), []),
      ]),
    );
    const definition = state.importFile(canonicalPath(`${outPath}/flake.nix`));
    const fn = definition instanceof Attrs ? definition.get("outputs") : undefined;
    const fnValue = fn === undefined ? undefined : force(fn);
    if (!(fnValue instanceof Callable))
      throw new NixError("assertion", "assertion '((builtins).isFunction (flake).outputs)' failed");
    const self = called(node).result;
    const outputs = new Thunk(() => call1(fnValue, update(inputs, Attrs.from([["self", self]])), nowhere), []);
    about.set("inputs", inputs);
    about.set("outputs", outputs);
    about.set("sourceInfo", sourceInfo);
    about.set("_type", "flake");
    const value = outputs.force();
    if (!(value instanceof Attrs))
      throw new NixError("type", `expected a set but found ${describeType(value)}: ${printForError(value)}`);
    return update(update(value, sourceInfo), about.finish());
  };

  return called(flake.lock).result.force();
}

/** `left // right`. */
const update = (left: Attrs, right: Attrs): Attrs => mergeBy(planMerge(left.shape, right.shape), left, right);

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function below(folder: string, locked: InputAttributes): string {
  const dir = locked.get("dir");
  return typeof dir === "string" && dir !== "" ? `${folder}/${dir}` : folder;
}

/** What a program sees of a fetched tree: `sourceInfo`, and what `fetchTree` gives. */
function describeTree(storePath: string, attributes: InputAttributes, dirty: boolean): Attrs {
  const builder = new AttrsBuilder();
  const set = (name: string, value: Lazy) => builder.set(name, value);
  const text = (name: string) => {
    const value = attributes.get(name);
    return typeof value === "string" ? value : undefined;
  };
  set("outPath", new NixString(storePath, [opaqueElement(storePath)]));
  const narHash = text("narHash");
  if (narHash !== undefined) set("narHash", narHash);
  if (attributes.get("type") === "git") set("submodules", attributes.get("submodules") === true);
  const rev = text("rev");
  if (!dirty && rev !== undefined) {
    set("rev", rev);
    set("shortRev", rev.slice(0, 7));
  }
  const revCount = attributes.get("revCount");
  if (!dirty && typeof revCount === "number") set("revCount", revCount);
  const dirtyRev = text("dirtyRev");
  if (dirtyRev !== undefined) {
    set("dirtyRev", dirtyRev);
    set("dirtyShortRev", text("dirtyShortRev") ?? dirtyRev);
  }
  const modified = attributes.get("lastModified");
  if (typeof modified === "number") {
    set("lastModified", modified);
    set("lastModifiedDate", formatTime(modified).replace(/\D/g, ""));
  }
  return builder.finish();
}
