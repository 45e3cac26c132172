import {
  Attrs,
  decodeUtf8,
  derivationKind,
  force,
  hasContent,
  isDerivation,
  Lambda,
  NixError,
  NixString,
  otherKind,
  outputRole,
  parseDrvName,
  PartialCall,
  PrimOp,
  printValue,
  type Evaluation,
  type Lazy,
  type Place as SourcePlace,
  type Value,
} from "#nix";
import { showError, showPlace, type Trees } from "./failures.ts";
import type { OutputKind, OutputNode } from "./messages.ts";

/** More neighbours than this are listed by name only: forcing each could take long. */
const mostForced = 100;
const longestValue = 200;

/** Whose outputs are read, and how. Paths and names inside are byte strings. */
export interface Reading {
  readonly evaluation: Evaluation;
  readonly trees: Trees;
  readonly system: string;
  readonly allSystems: boolean;
}

type Path = readonly string[];
type Facts = Partial<Omit<OutputNode, "attribute" | "path">> & { kind: OutputKind };

/** The text of a value that should be a string; `undefined` for anything else. */
export function textOf(lazy: Lazy | undefined): string | undefined {
  if (lazy === undefined) return undefined;
  const value = force(lazy);
  if (value instanceof NixString) return value.text;
  return typeof value === "string" ? value : undefined;
}

/** The outputs as `nix flake show` lists them. To be used inside `Evaluation.run`. @throws NixError */
export function readOutputs(outputs: Lazy, reading: Reading): readonly OutputNode[] {
  return readMembers(outputs, [], reading, true);
}

/** One output, with what is in it. To be used inside `Evaluation.run`. @throws NixError where the path leads nowhere */
export function readOutput(outputs: Lazy, path: Path, reading: Reading): OutputNode {
  const { value, place } = outputAt(outputs, path);
  const node = finish(path, place, reading, () => describeValue(force(value), path));
  return node.opens ? { ...node, children: readMembers(value, path, reading, false) } : node;
}

/** What a path leads to, and where it was defined. To be used inside `Evaluation.run`. @throws NixError */
export function outputAt(outputs: Lazy, path: Path): { value: Lazy; place: SourcePlace | undefined } {
  let at = outputs;
  let place: SourcePlace | undefined;
  path.forEach((name, index) => {
    const value = force(at);
    const next = Array.isArray(value) ? value[Number(name)] : value instanceof Attrs ? value.get(name) : undefined;
    if (next === undefined)
      throw new NixError("eval", `attribute '${path.slice(0, index + 1).join(".")}' does not exist`);
    place = value instanceof Attrs ? value.placeOf(name) : undefined;
    at = next;
  });
  return { value: at, place };
}

/** `listed`: as `nix flake show` does, all the way down. */
function readMembers(lazy: Lazy, path: Path, reading: Reading, listed: boolean): OutputNode[] {
  const value = force(lazy);
  if (Array.isArray(value))
    return value.map((item, index) => readMember(item, [...path, String(index)], undefined, reading, listed, false));
  if (!(value instanceof Attrs)) {
    if (listed) throw new NixError("type", `'${path.join(".")}' is not an attribute set`);
    return [];
  }
  const isLarge = value.size > mostForced;
  return value
    .entries()
    .filter(([name, member]) => !listed || hasContent(member, [...path, name]))
    .map(([name, member]) =>
      readMember(member, [...path, name], value.placeOf(name), reading, listed, isLarge && !listed),
    );
}

function readMember(
  lazy: Lazy,
  path: Path,
  place: SourcePlace | undefined,
  reading: Reading,
  listed: boolean,
  unread: boolean,
): OutputNode {
  return finish(path, place, reading, () => {
    if (unread) return { kind: "unread", opens: true };
    return listed ? listOutput(lazy, path, reading) : describeValue(force(lazy), path);
  });
}

function finish(
  path: Path,
  place: SourcePlace | undefined,
  { evaluation, trees }: Reading,
  read: () => Facts,
): OutputNode {
  const result = evaluation.run(read);
  if (!result.ok && result.error.kind === "stopped") throw result.error;
  const facts: Facts = result.ok ? result.value : { kind: "error", failure: showError(result.error, trees) };
  return {
    attribute: decodeUtf8(path.at(-1) ?? ""),
    path: path.map(decodeUtf8),
    opens: false,
    ...(place === undefined ? {} : { place: showPlace(place, trees) }),
    ...facts,
  };
}

function listOutput(lazy: Lazy, path: Path, reading: Reading): Facts {
  const other = { kind: "unread", opens: true } as const;
  switch (outputRole(path)) {
    case "entered":
      return { kind: "set", opens: true, children: readMembers(lazy, path, reading, true) };
    case "legacy":
      return path.length === 1 ? { kind: "set", opens: true, children: readMembers(lazy, path, reading, true) } : other;
    case "derivation":
      if (!reading.allSystems && path[1] !== reading.system) return other;
      return describeValue(force(lazy), path);
    case "job": {
      const value = force(lazy);
      if (!(value instanceof Attrs) || isDerivation(value)) return describeValue(value, path);
      return { kind: "set", opens: true, children: readMembers(value, path, reading, true) };
    }
    default:
      return describeValue(force(lazy), path);
  }
}

const described = (set: Attrs): { description?: string } => {
  const meta = set.get("meta");
  const value = meta === undefined ? undefined : force(meta);
  const text = value instanceof Attrs ? textOf(value.get("description")) : undefined;
  return text === undefined ? {} : { description: decodeUtf8(text) };
};

function describeValue(value: Value, path: Path): Facts {
  const role = outputRole(path);
  const kind = otherKind(path);
  if (value instanceof Attrs) {
    if (isDerivation(value)) return { kind: derivationKind(path), ...nameOf(value), ...described(value) };
    if (role === "derivation")
      throw new NixError("type", `flake output attribute '${path.join(".")}' is not a derivation`);
    if (role === "app") {
      if (textOf(value.get("type")) !== "app") throw new NixError("eval", "not an app definition");
      return { kind: "app", opens: true, ...described(value) };
    }
    if (role === "template") {
      const description = textOf(value.get("description"));
      if (description === undefined)
        throw new NixError("eval", `attribute '${[...path, "description"].join(".")}' does not exist`);
      return { kind: "template", opens: true, description: decodeUtf8(description) };
    }
    return { kind: kind ?? "set", opens: true };
  }
  if (value instanceof Lambda || value instanceof PrimOp || value instanceof PartialCall)
    return { kind: kind ?? "function" };
  if (Array.isArray(value)) return { kind: "list", opens: value.length > 0, value: `${value.length}` };
  return { kind: "value", value: short(decodeUtf8(printValue(value))) };
}

const short = (text: string) => (text.length > longestValue ? `${text.slice(0, longestValue)}…` : text);

/** A derivation's name, whole and in parts. To be used inside `Evaluation.run`. @throws NixError */
export function nameOf(derivation: Attrs): { name: string; pname: string; version?: string } {
  const name = textOf(derivation.get("name"));
  if (name === undefined) throw new NixError("eval", "attribute 'name' does not exist");
  const parsed = parseDrvName(name);
  const version = textOf(derivation.get("version")) ?? parsed.version;
  return {
    name: decodeUtf8(name),
    pname: decodeUtf8(textOf(derivation.get("pname")) ?? parsed.name),
    ...(version === "" ? {} : { version: decodeUtf8(version) }),
  };
}
