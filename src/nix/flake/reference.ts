import { Failure, type Features } from "../text/failure.ts";
import {
  attributesJson,
  checkInteger,
  inputSchemes,
  stringAttribute,
  type InputAttributes,
  type InputScheme,
} from "./schemes.ts";
import { badUrl, decodePercent, emptyAuthority, parseQuery, parseUrl, printUrl, splitScheme, type Url } from "./url.ts";

/** A flake reference: the attributes of its input, `dir` among them, and what stood behind `#`. Byte strings. */
export interface FlakeReference {
  readonly attributes: InputAttributes;
  readonly fragment: string;
}

/** How references are read; all of it has a default. */
export interface ReferenceOptions {
  readonly features?: Features;
  /** Keeps `./x` as a relative path, as inputs of a flake have it; otherwise such a reference is refused. */
  readonly allowRelative?: boolean;
  /** Whether a tree of files is wanted (true for flakes), so that `https://…` means an archive. */
  readonly requireTree?: boolean;
}

const noFeatures: Features = new Set();

/** Reads a flake reference with its fragment (the Nix manual, "Flake references"). */
export function parseFlakeReference(text: string, options: ReferenceOptions = {}): FlakeReference {
  return readId(text, options) ?? readUrl(text, options) ?? readPath(text, options);
}

/** The attributes of a reference that has no fragment: `builtins.parseFlakeRef`. */
export function parseFlakeRef(text: string, options: ReferenceOptions = {}): InputAttributes {
  const { attributes, fragment } = parseFlakeReference(text, options);
  if (fragment !== "") throw new Failure(`unexpected fragment '${fragment}' in flake reference '${text}'`);
  return attributes;
}

const rev = "[0-9a-fA-F]{40}";
const ref = String.raw`[a-zA-Z0-9@][a-zA-Z0-9_./@+-]*`;
const fragmentCharacter = String.raw`(?:[a-zA-Z0-9\-._~!$&'"()*+,;=:@/? ^]|%[0-9a-fA-F]{2})`;
const idPattern = new RegExp(
  `^([a-zA-Z][a-zA-Z0-9_-]*(?:/(?:${rev}|${ref}(?:/${rev})?))?)(?:#(${fragmentCharacter}*))?$`,
);

/** `nixpkgs`, `nixpkgs/nixos-24.05`: short for `flake:…`. */
function readId(text: string, options: ReferenceOptions): FlakeReference | undefined {
  const found = idPattern.exec(text);
  if (!found) return undefined;
  const url: Url = {
    scheme: "flake",
    authority: undefined,
    path: found[1]!.split("/"),
    query: new Map(),
    fragment: "",
  };
  return { attributes: fromUrl(url, options).attributes, fragment: decodePercent(found[2] ?? "") };
}

function readUrl(text: string, options: ReferenceOptions): FlakeReference | undefined {
  try {
    return fromUrl(parseUrl(text, true), options);
  } catch (error) {
    if (error instanceof Failure && error.kind === "bad-url") return undefined;
    throw error;
  }
}

function readPath(text: string, options: ReferenceOptions): FlakeReference {
  const found = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/.exec(text);
  if (!found) throw new Failure(`invalid flakeref '${text}'`);
  const path = found[1]!;
  const query = parseQuery(found[2] ?? "");
  const fragment = decodePercent(found[3] ?? "");
  if (!options.allowRelative && !path.startsWith("/"))
    throw badUrl(`flake reference '${text}' is not an absolute path`);
  const authority = path.startsWith("/") ? emptyAuthority : undefined;
  return fromUrl({ scheme: "path", authority, path: path.split("/"), query, fragment }, options);
}

function fromUrl(url: Url, options: ReferenceOptions): FlakeReference {
  const { features = noFeatures, requireTree = true } = options;
  const dir = url.query.get("dir") ?? "";
  const query = new Map([...url.query].filter(([name]) => name !== "dir"));
  const inner = { ...url, query, fragment: "" };
  for (const scheme of inputSchemes) {
    const attributes = scheme.fromUrl(inner, requireTree, features);
    if (!attributes) continue;
    checkCommon(attributes);
    if (dir !== "") attributes.set("dir", dir);
    return { attributes, fragment: url.fragment };
  }
  const { application, transport } = splitScheme(url.scheme);
  const hint = application === "file" && transport === "git" ? "; did you mean 'git+file' instead of 'file+git'?" : "";
  throw new Failure(`input '${printUrl(inner)}' is unsupported${hint}`);
}

function checkCommon(attributes: InputAttributes): void {
  stringAttribute(attributes, "type");
  stringAttribute(attributes, "ref");
  checkInteger(attributes, "revCount");
  checkInteger(attributes, "lastModified");
}

/** The attributes of an input in their final form, `dir` kept; throws when the type does not know one of them. */
export function checkInputAttributes(attributes: InputAttributes, options: ReferenceOptions = {}): InputAttributes {
  const dir = stringAttribute(attributes, "dir");
  const { input } = readAttributes(attributes, options.features ?? noFeatures);
  return dir === undefined || dir === "" ? input : new Map(input).set("dir", dir);
}

function readAttributes(
  attributes: InputAttributes,
  features: Features,
): { input: InputAttributes; scheme: InputScheme | undefined } {
  const input = new Map(attributes);
  input.delete("dir");
  const type = stringAttribute(input, "type");
  if (type === undefined) throw new Failure("'type' attribute to specify input scheme is required but not provided");
  const scheme = inputSchemes.find(({ name }) => name === type);
  if (!scheme) {
    checkCommon(input);
    return { input, scheme };
  }
  for (const name of [...input.keys()].sort())
    if (name !== "type" && name !== "__final" && !scheme.attributes.has(name))
      throw new Failure(`input attribute '${name}' not supported by scheme '${type}'`);
  const checked = scheme.fromAttributes(input, features);
  checkCommon(checked);
  return { input: checked, scheme };
}

/** The reference in the form of a URL: `builtins.flakeRefToString`. */
export function flakeRefToString(attributes: InputAttributes, options: ReferenceOptions = {}): string {
  const features = options.features ?? noFeatures;
  const dir = stringAttribute(attributes, "dir") ?? "";
  const { input, scheme } = readAttributes(attributes, features);
  if (!scheme) throw new Failure(`cannot show unsupported input '${attributesJson(input)}'`);
  const url = scheme.toUrl(input, features);
  if (dir === "" || url.query.has("dir")) return printUrl(url);
  return printUrl({ ...url, query: new Map(url.query).set("dir", dir) });
}
