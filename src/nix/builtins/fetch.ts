import { Attrs, AttrsBuilder } from "../eval/attrs.ts";
import { NixError } from "../eval/errors.ts";
import { current } from "../eval/machine.ts";
import { printForError } from "../eval/print.ts";
import { force, NixString, type Builtin, type Lazy, type Value } from "../eval/values.ts";
import type { FetchedTree } from "../host.ts";
import { opaqueElement } from "../store/context.ts";
import { splitStorePath } from "../store/path.ts";
import { coerce } from "./support.ts";

type Attributes = Map<string, string | number | boolean>;

/** The argument of a fetcher: a URL, or a set of strings, ints and booleans. */
function attributesOf(lazy: Lazy, name: string, type: string): Attributes {
  const value = force(lazy);
  const attributes: Attributes = new Map([["type", type]]);
  const what = `while evaluating the argument passed to '${name}'`;
  if (!(value instanceof Attrs)) {
    attributes.set("url", coerce(value, new Set(), what, false, false));
    return attributes;
  }
  for (const [key, item] of value.entries()) {
    const forced = force(item);
    if (typeof forced === "boolean" || typeof forced === "number") attributes.set(key, forced);
    else if (forced !== null) attributes.set(key, coerce(forced, new Set(), what, false, false));
  }
  return attributes;
}

function describe(attributes: Attributes): string {
  const url = attributes.get("url") ?? attributes.get("path");
  if (typeof url === "string") return url;
  const named = ["owner", "repo", "id"].map((key) => attributes.get(key)).filter((one) => one !== undefined);
  return named.length > 0 ? `${attributes.get("type")}:${named.join("/")}` : printForError(Attrs.from(attributes));
}

function fetched(attributes: Attributes, name: string): FetchedTree {
  const tree = current().host.fetchTree?.(attributes);
  if (tree !== undefined) return tree;
  throw new NixError("unsupported", `${name} '${describe(attributes)}' is not supported here: nothing is fetched`);
}

function pathString(path: string): Value {
  const { storeDir } = current().store;
  if (!path.startsWith(`${storeDir}/`)) return path;
  return new NixString(path, [opaqueElement(splitStorePath(path, storeDir).storePath)]);
}

/** A fetcher that gives a set: `outPath`, and what is known of the tree. */
function treeFetcher(name: string, type: string): Builtin {
  return {
    name,
    args: ["args"],
    run(_, args) {
      const tree = fetched(attributesOf(args, name, type), name);
      const builder = new AttrsBuilder();
      builder.set("outPath", pathString(tree.path));
      for (const [key, value] of tree.attributes) builder.set(key, value);
      return builder.finish();
    },
  };
}

/** A fetcher that gives only a path. */
function pathFetcher(name: string, type: string): Builtin {
  return { name, args: ["args"], run: (_, args) => pathString(fetched(attributesOf(args, name, type), name).path) };
}

/** What comes from elsewhere: the host fetches it, or says that it cannot. */
export const fetchBuiltins: readonly Builtin[] = [
  pathFetcher("fetchurl", "file"),
  pathFetcher("fetchTarball", "tarball"),
  treeFetcher("fetchGit", "git"),
  treeFetcher("fetchMercurial", "hg"),
  treeFetcher("fetchTree", "tree"),
];
