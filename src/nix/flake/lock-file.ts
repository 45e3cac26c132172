import { compareBytes } from "../text/bytes.ts";
import { Failure } from "../text/failure.ts";
import { parseJson, printJsonObject, printJsonString, type JsonBuilder } from "../text/json.ts";
import { checkInputAttributes, flakeRefToString } from "./reference.ts";
import type { InputAttributes } from "./schemes.ts";

/** The names that lead from the root of a lock file to one of its nodes: `["devenv", "nixpkgs"]`. */
export type InputPath = readonly string[];

/** What an input of a node leads to: a node, or the path of another input that it follows. */
export type Edge = LockNode | InputPath;

/** A node of a `flake.lock`. The root has neither `locked` nor `original`. */
export interface LockNode {
  readonly inputs: Map<string, Edge>;
  readonly locked?: InputAttributes;
  readonly original?: InputAttributes;
  readonly isFlake: boolean;
  /** Of a relative path: the input whose folder it is relative to. */
  readonly parent?: InputPath;
}

export const isNode = (edge: Edge): edge is LockNode => !Array.isArray(edge);

/** A lock file without inputs. */
export function emptyLock(): LockNode {
  return { inputs: new Map(), isFlake: true };
}

type Json = string | number | bigint | boolean | null | Json[] | Map<string, Json>;

const builder: JsonBuilder<Json> = {
  literal: (value) => value,
  integer: (value) => value,
  float: (value) => value,
  string: (value) => value,
  list: (items) => items,
  object: (members) => new Map(members),
};

const isText = (value: Json | undefined): value is string => typeof value === "string";
const isTexts = (value: Json | undefined): value is string[] => Array.isArray(value) && value.every(isText);

/** The root of a lock file of version 5 to 7. `path` is its name for messages. @throws Failure */
export function parseLock(text: string, path: string, warn: (message: string) => void): LockNode {
  let json: Json;
  try {
    json = parseJson(text, builder);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(`Could not parse '${path}': ${error.message}`);
  }
  const bad = (what: string) => new Failure(`lock file '${path}' ${what}`);
  if (!(json instanceof Map)) throw bad("is not a JSON object");
  const version = json.get("version") ?? 0;
  if (typeof version !== "number" || !Number.isInteger(version) || version < 5 || version > 7)
    throw bad(`has unsupported version ${typeof version === "number" ? version : 0}`);
  const rootKey = json.get("root");
  const nodes = json.get("nodes");
  if (!isText(rootKey)) throw bad("has no 'root'");
  if (!(nodes instanceof Map)) throw bad("has no 'nodes'");
  const known = new Map<string, LockNode>();

  const load = (key: string): LockNode => {
    const json = nodes.get(key);
    if (!(json instanceof Map)) throw new Failure(`lock file references missing node '${key}'`);
    const isRoot = key === rootKey;
    const node: LockNode = isRoot ? emptyLock() : { inputs: new Map(), ...readNode(json, warn) };
    known.set(key, node);
    const inputs = json.get("inputs") ?? new Map<string, Json>();
    if (!(inputs instanceof Map)) throw bad(`has a node '${key}' whose 'inputs' is not an object`);
    for (const [name, target] of [...inputs].sort(([a], [b]) => compareBytes(a, b))) {
      if (isTexts(target)) node.inputs.set(name, target);
      else if (!isText(target)) throw bad(`has an input '${name}' that is neither a name nor a list of names`);
      else if (target === rootKey) throw new Failure("lock file contains cycle to root node");
      else node.inputs.set(name, known.get(target) ?? load(target));
    }
    return node;
  };
  return load(rootKey);
}

function attributesOf(json: Json | undefined, name: string): InputAttributes {
  if (json === undefined) throw new Failure(`attribute '${name}' missing in lock file`);
  if (!(json instanceof Map)) throw new Failure(`attribute '${name}' of a lock file node is not an object`);
  const attributes: InputAttributes = new Map();
  for (const [key, value] of json) {
    if (typeof value === "object") throw new Failure(`unsupported input attribute type in lock file`);
    attributes.set(key, value);
  }
  return attributes;
}

function readNode(json: Map<string, Json>, warn: (message: string) => void): Omit<LockNode, "inputs"> {
  const locked = attributesOf(json.get("locked"), "locked");
  // Version 5 kept the hash and the date apart.
  const info = json.get("info");
  if (info !== undefined) for (const [name, value] of attributesOf(info, "info")) locked.set(name, value);
  const parent = json.get("parent");
  const node = {
    locked: checkInputAttributes(locked),
    original: checkInputAttributes(attributesOf(json.get("original"), "original")),
    isFlake: json.get("flake") !== false,
    ...(isTexts(parent) ? { parent } : {}),
  };
  if (!isLocked(node.locked) && !isRelative(node.locked)) {
    if (node.locked.has("narHash"))
      warn(
        `Lock file entry '${flakeRefToString(node.locked)}' is unlocked (e.g. lacks a Git revision) but is checked by ` +
          "NAR hash. This is not reproducible and will break after garbage collection or when shared.",
      );
    else
      throw new Failure(
        `Lock file contains unlocked input '${printAttributes(node.locked)}'. ` +
          "Use '--allow-dirty-locks' to accept this lock file.",
      );
  }
  return node;
}

/** Whether an input is a path below the folder of another. */
export function isRelative(attributes: InputAttributes): boolean {
  const path = attributes.get("path");
  return attributes.get("type") === "path" && typeof path === "string" && !path.startsWith("/");
}

/** Whether the attributes name one tree for ever. */
export function isLocked(attributes: InputAttributes): boolean {
  switch (attributes.get("type")) {
    case "github":
    case "gitlab":
    case "sourcehut":
    case "git":
    case "hg":
      return attributes.has("rev");
    case "indirect":
      return false;
    default:
      return attributes.has("narHash");
  }
}

/** Two references to the same tree, as Nix compares them. */
export function sameAttributes(a: InputAttributes, b: InputAttributes): boolean {
  return printAttributes(a) === printAttributes(b);
}

/** Attributes as JSON in the order of their names, without those that only Nix itself uses. */
export function printAttributes(attributes: InputAttributes): string {
  const print = (value: string | number | bigint | boolean) =>
    typeof value === "string" ? printJsonString(value) : String(value);
  const shown = [...attributes].filter(([name]) => name !== "__final");
  return printJsonObject(new Map(shown.map(([name, value]) => [name, print(value)])));
}

/** A lock file's nodes by their keys, and the JSON text (version 7, in one line) that names them so. */
export interface PrintedLock {
  readonly json: string;
  readonly keys: ReadonlyMap<LockNode, string>;
  readonly nodes: ReadonlyMap<string, LockNode>;
}

/** A lock file as text. */
export function printLock(root: LockNode): PrintedLock {
  const keys = new Map<LockNode, string>();
  const nodes = new Map<string, LockNode>();
  const texts = new Map<string, string>();
  const list = (names: InputPath) => `[${names.map(printJsonString).join(",")}]`;
  const dump = (wanted: string, node: LockNode): string => {
    const known = keys.get(node);
    if (known !== undefined) return known;
    let key = wanted;
    for (let n = 2; nodes.has(key); n++) key = `${wanted}_${n}`;
    keys.set(node, key);
    nodes.set(key, node);
    const members = new Map<string, string>();
    if (node.inputs.size > 0) {
      const inputs = sortedInputs(node).map(
        ([name, edge]) => [name, isNode(edge) ? printJsonString(dump(name, edge)) : list(edge)] as const,
      );
      members.set("inputs", printJsonObject(new Map(inputs)));
    }
    if (node.original) members.set("original", printAttributes(node.original));
    if (node.locked) members.set("locked", printAttributes(node.locked));
    if (!node.isFlake) members.set("flake", "false");
    if (node.parent) members.set("parent", list(node.parent));
    texts.set(key, printJsonObject(members));
    return key;
  };
  const rootKey = dump("root", root);
  const json = printJsonObject(
    new Map([
      ["nodes", printJsonObject(texts)],
      ["root", printJsonString(rootKey)],
      ["version", "7"],
    ]),
  );
  return { json, keys, nodes };
}

/** A node's inputs in the order of their names. */
export function sortedInputs(node: LockNode): [string, Edge][] {
  return [...node.inputs].sort(([a], [b]) => compareBytes(a, b));
}

/** The node that a path leads to, through inputs that follow others. @throws Failure for a cycle of those */
export function findInput(root: LockNode, path: InputPath): LockNode | undefined {
  const visited: InputPath[] = [];
  const find = (wanted: InputPath): LockNode | undefined => {
    const text = wanted.join("/");
    const at = visited.findIndex((each) => each.join("/") === text);
    if (at >= 0) {
      const cycle = [...visited.slice(at), wanted].map((each) => each.join("/"));
      throw new Failure(`follow cycle detected: [${cycle.join(" -> ")}]`);
    }
    visited.push(wanted);
    let node: LockNode | undefined = root;
    for (const name of wanted) {
      const edge: Edge | undefined = node?.inputs.get(name);
      if (edge === undefined) return undefined;
      node = isNode(edge) ? edge : find(edge);
    }
    return node;
  };
  return find(path);
}

/** All inputs by their paths, in order; a node that several lead to is entered once. */
function allInputs(root: LockNode): [path: InputPath, edge: Edge][] {
  const done = new Set<LockNode>();
  const all: [InputPath, Edge][] = [];
  const visit = (prefix: InputPath, node: LockNode): void => {
    if (done.has(node)) return;
    done.add(node);
    for (const [name, edge] of sortedInputs(node)) {
      const path = [...prefix, name];
      all.push([path, edge]);
      if (isNode(edge)) visit(path, edge);
    }
  };
  visit([], root);
  return all.sort(([a], [b]) => comparePaths(a, b));
}

function comparePaths(a: InputPath, b: InputPath): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareBytes(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** @throws Failure where an input follows one that is not there, or one another in a circle */
export function checkFollows(root: LockNode): void {
  for (const [path, edge] of allInputs(root)) {
    if (!isNode(edge) && edge.length > 0 && findInput(root, edge) === undefined)
      throw new Failure(`input '${path.join("/")}' follows a non-existent input '${edge.join("/")}'`);
  }
}

function describe(edge: Edge): string {
  if (!isNode(edge)) return `follows '${edge.join("/")}'`;
  const locked = edge.locked!;
  const modified = locked.get("lastModified");
  const day = modified === undefined ? "" : ` (${formatTime(Number(modified)).slice(0, 10)})`;
  return `'${flakeRefToString(locked)}'${day}`;
}

/** Seconds since 1970 as `2026-08-20 12:00:00`, in UTC. */
export function formatTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().replace("T", " ").slice(0, 19);
}

/** What changes from one lock file to another, as Nix reports it; a byte string of lines, empty for no change. */
export function lockDifference(before: LockNode, after: LockNode): string {
  const bullet = "\u00e2\u0080\u00a2";
  const arrow = "\u00e2\u0086\u0092";
  const olds = allInputs(before);
  const news = allInputs(after);
  const lines: string[] = [];
  while (olds.length > 0 || news.length > 0) {
    const [old, now] = [olds[0], news[0]];
    const order = old === undefined ? 1 : now === undefined ? -1 : comparePaths(old[0], now[0]);
    if (order > 0) {
      lines.push(`${bullet} Added input '${now![0].join("/")}':`, `    ${describe(now![1])}`);
      news.shift();
    } else if (order < 0) {
      lines.push(`${bullet} Removed input '${old![0].join("/")}'`);
      olds.shift();
    } else {
      const [a, b] = [describe(old![1]), describe(now![1])];
      if (a !== b) lines.push(`${bullet} Updated input '${old![0].join("/")}':`, `    ${a}`, `  ${arrow} ${b}`);
      olds.shift();
      news.shift();
    }
  }
  return lines.join("\n");
}
