import { encodeBase16 } from "../store/base.ts";
import { parseHash, parseSri, printHash, type Hash } from "../store/hash.ts";
import { compareBytes } from "../text/bytes.ts";
import { Failure, requireFeature, type Features } from "../text/failure.ts";
import { printJsonObject, printJsonString } from "../text/json.ts";
import { badUrl, emptyAuthority, parseUrl, printUrl, splitScheme, type Url } from "./url.ts";

/** What an input is: `type` and the attributes of its type. */
export type InputAttributes = Map<string, string | number | bigint | boolean>;

/** One kind of input. `fromUrl` gives `undefined` for the URLs of other kinds. */
export interface InputScheme {
  readonly name: string;
  readonly attributes: ReadonlySet<string>;
  fromUrl(url: Url, requireTree: boolean, features: Features): InputAttributes | undefined;
  /** Checks attributes and puts them into their final form. */
  fromAttributes(attributes: InputAttributes, features: Features): InputAttributes;
  toUrl(attributes: InputAttributes, features: Features): Url;
}

/** Attributes as JSON, as some of Nix's messages show them. */
export function attributesJson(attributes: InputAttributes): string {
  const print = (value: string | number | bigint | boolean) =>
    typeof value === "string" ? printJsonString(value) : String(value);
  return printJsonObject(new Map(Array.from(attributes, ([name, value]) => [name, print(value)])));
}

/** A string attribute when it is there; throws when it is something else. */
export function stringAttribute(attributes: InputAttributes, name: string): string | undefined {
  const value = attributes.get(name);
  if (value === undefined || typeof value === "string") return value;
  throw new Failure(`input attribute '${name}' is not a string ${attributesJson(attributes)}`);
}

function neededString(attributes: InputAttributes, name: string): string {
  const value = stringAttribute(attributes, name);
  if (value === undefined) throw new Failure(`input attribute '${name}' is missing`);
  return value;
}

/** Throws unless the attribute is missing or an integer. */
export function checkInteger(attributes: InputAttributes, name: string): void {
  const type = typeof attributes.get(name);
  if (type === "string" || type === "boolean") throw new Failure(`input attribute '${name}' is not an integer`);
}

function flag(attributes: InputAttributes, name: string): boolean {
  const value = attributes.get(name);
  if (value === undefined || typeof value === "boolean") return value === true;
  throw new Failure(`input attribute '${name}' is not a Boolean`);
}

function revOf(attributes: InputAttributes, features: Features): string | undefined {
  const rev = stringAttribute(attributes, "rev");
  if (rev === undefined) return undefined;
  // Nix tries each as one with a type; an error that is only caught costs time.
  const known = /[:-]/.test(rev) ? undefined : "sha1";
  let hash: Hash;
  try {
    hash = parseHash(rev, known, features);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "bad-hash") throw error;
    hash = parseHash(rev, "sha1", features);
  }
  return encodeBase16(hash.bytes);
}

function narHashOf(attributes: InputAttributes, features: Features): string | undefined {
  const text = stringAttribute(attributes, "narHash");
  if (text === undefined) return undefined;
  const hash: Hash = text === "" ? { algorithm: "sha256", bytes: new Uint8Array(32) } : parseSri(text, features);
  if (hash.algorithm !== "sha256") throw new Failure("narHash must use SHA-256", "usage");
  return printHash(hash, "sri");
}

/** Whether Git would take this as the name of a branch or a tag (`git check-ref-format`, as libgit2 has it). */
function isLegalRefName(name: string): boolean {
  if (name === "@" || name === "" || (name.startsWith("-") && !name.includes("/"))) return false;
  if (/[\0- \x7f~^:?*[\\]|\.\.|@\{|\/\/|^\/|\/$|\.$/.test(name)) return false;
  return name.split("/").every((part) => !part.startsWith(".") && !part.endsWith(".lock"));
}

const isRev = (text: string) => /^[0-9a-fA-F]{40}$/.test(text);
const segments = (url: Url) => url.path.filter((segment) => segment !== "");
const noAuthority = { authority: undefined, fragment: "" } as const;

/** An unsigned integer of 64 bits as a query has it. */
function readInteger(text: string): number | bigint | undefined {
  if (!/^\+?[0-9]+$/.test(text) || BigInt(text) >= 1n << 64n) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

/** The file system path that a URL's path is; throws when a part cannot be a file's name. */
function toFilePath(parts: readonly string[]): string {
  let path = parts[0] === "" ? "/" : "";
  for (const part of parts[0] === "" ? parts.slice(1) : parts) {
    if (part.includes("/"))
      throw badUrl(`URL path component '${part}' contains '/', which is not allowed in file names`);
    if (part.includes("\0")) throw badUrl(`URL path component '${part}' contains NUL byte which is not allowed`);
    path += path === "" || path.endsWith("/") ? part : `/${part}`;
  }
  return path;
}

const pathScheme: InputScheme = {
  name: "path",
  attributes: new Set(["path", "rev", "revCount", "lastModified", "narHash"]),
  fromUrl(url) {
    if (url.scheme !== "path") return undefined;
    if (url.authority && url.authority.host !== "")
      throw new Failure(`path URL '${printUrl(url)}' should not have an authority ('${url.authority.host}')`);
    const attributes: InputAttributes = new Map([
      ["type", "path"],
      ["path", toFilePath(url.path)],
    ]);
    for (const [name, value] of [...url.query].sort(([a], [b]) => compareBytes(a, b))) {
      if (name === "rev" || name === "narHash") attributes.set(name, value);
      else if (name === "revCount" || name === "lastModified") {
        const number = readInteger(value);
        if (number === undefined) throw new Failure(`path URL '${printUrl(url)}' has invalid parameter '${name}'`);
        attributes.set(name, number);
      } else throw new Failure(`path URL '${printUrl(url)}' has unsupported parameter '${name}'`);
    }
    return attributes;
  },
  fromAttributes(attributes) {
    neededString(attributes, "path");
    return attributes;
  },
  toUrl(attributes) {
    const query = new Map<string, string>();
    for (const [name, value] of attributes)
      if (name !== "path" && name !== "type" && name !== "__final")
        query.set(name, typeof value === "boolean" ? (value ? "1" : "0") : String(value));
    return { scheme: "path", ...noAuthority, path: neededString(attributes, "path").split("/"), query };
  },
};

const idPattern = /^[a-zA-Z][a-zA-Z0-9_-]*$/;

const indirectScheme: InputScheme = {
  name: "indirect",
  attributes: new Set(["id", "ref", "rev", "narHash"]),
  fromUrl(url, _, features) {
    if (url.scheme !== "flake") return undefined;
    const [id = "", second, third, ...more] = segments(url);
    const shown = printUrl(url);
    if (id === "" || more.length > 0) throw badUrl(`GitHub URL '${shown}' is invalid`);
    const attributes: InputAttributes = new Map([
      ["type", "indirect"],
      ["id", id],
    ]);
    if (second !== undefined && third === undefined) {
      if (isRev(second)) attributes.set("rev", encodeBase16(parseHash(second, "sha1", features).bytes));
      else if (isLegalRefName(second)) attributes.set("ref", second);
      else throw badUrl(`in flake URL '${shown}', '${second}' is not a commit hash or branch/tag name`);
    } else if (second !== undefined && third !== undefined) {
      if (!isLegalRefName(second)) throw badUrl(`in flake URL '${shown}', '${second}' is not a branch/tag name`);
      if (!isRev(third)) throw badUrl(`in flake URL '${shown}', '${third}' is not a commit hash`);
      attributes.set("ref", second).set("rev", encodeBase16(parseHash(third, "sha1", features).bytes));
    }
    if (!idPattern.test(id)) throw badUrl(`'${id}' is not a valid flake ID`);
    return attributes;
  },
  fromAttributes(attributes) {
    const id = neededString(attributes, "id");
    if (!idPattern.test(id)) throw badUrl(`'${id}' is not a valid flake ID`);
    return attributes;
  },
  toUrl(attributes, features) {
    const parts = [neededString(attributes, "id"), stringAttribute(attributes, "ref"), revOf(attributes, features)];
    return { scheme: "flake", ...noAuthority, path: parts.filter((part) => part !== undefined), query: new Map() };
  },
};

/** GitHub and its like: `github:owner/repo/ref-or-rev`. */
function hostedScheme(name: string): InputScheme {
  const scheme: InputScheme = {
    name,
    attributes: new Set(["owner", "repo", "ref", "rev", "narHash", "lastModified", "host", "treeHash"]),
    fromUrl(url, _, features) {
      if (url.scheme !== name) return undefined;
      const [owner, repo, ...rest] = segments(url);
      if (owner === undefined || repo === undefined) throw badUrl(`URL '${printUrl(url)}' is invalid`);
      const attributes: InputAttributes = new Map([
        ["type", name],
        ["owner", owner],
        ["repo", repo],
      ]);
      if (rest.length > 0) attributes.set(rest.length === 1 && isRev(rest[0]!) ? "rev" : "ref", rest.join("/"));
      for (const [key, words] of [
        ["ref", "branch/tag names"],
        ["rev", "commit hashes"],
      ] as const) {
        const value = url.query.get(key);
        if (value === undefined) continue;
        if (attributes.has(key)) throw badUrl(`URL '${printUrl(url)}' contains multiple ${words}`);
        attributes.set(key, value);
      }
      for (const key of ["host", "narHash"]) {
        const value = url.query.get(key);
        if (value !== undefined) attributes.set(key, value);
      }
      return scheme.fromAttributes(attributes, features);
    },
    fromAttributes(attributes, features) {
      neededString(attributes, "owner");
      neededString(attributes, "repo");
      const ref = stringAttribute(attributes, "ref");
      const rev = stringAttribute(attributes, "rev");
      const shown = () => attributesJson(attributes);
      if (ref !== undefined && rev !== undefined)
        throw badUrl(`input ${shown()} contains both a commit hash ('${rev}') and a branch/tag name ('${ref}')`);
      if (rev !== undefined) parseHash(rev, "sha1", features);
      if (ref !== undefined && !isLegalRefName(ref))
        throw badUrl(`input ${shown()} contains an invalid branch/tag name`);
      const host = stringAttribute(attributes, "host");
      if (host !== undefined && !/^[a-zA-Z0-9.-]*$/.test(host))
        throw badUrl(`input ${shown()} contains an invalid instance host`);
      return attributes;
    },
    toUrl(attributes, features) {
      const path = [
        neededString(attributes, "owner"),
        neededString(attributes, "repo"),
        stringAttribute(attributes, "ref"),
        revOf(attributes, features),
      ].filter((part) => part !== undefined);
      const query = new Map<string, string>();
      const narHash = narHashOf(attributes, features);
      if (narHash !== undefined) query.set("narHash", narHash);
      const host = stringAttribute(attributes, "host");
      if (host !== undefined) query.set("host", host);
      return { scheme: name, ...noAuthority, path, query };
    },
  };
  return scheme;
}

const archives = [".zip", ".tar", ".tgz", ".tar.gz", ".tar.xz", ".tar.bz2", ".tar.zst"];

/** What a URL gives as it is: a file, or an archive to unpack. */
function downloadScheme(name: "file" | "tarball"): InputScheme {
  const attributes = new Set(["type", "url", "narHash", "name", "unpack", "rev", "revCount", "lastModified"]);
  return {
    name,
    attributes,
    fromUrl(url, requireTree) {
      const { application, transport } = splitScheme(url.scheme);
      if (!["file", "http", "https"].includes(transport)) return undefined;
      const isArchive = requireTree || archives.some((ending) => url.path.at(-1)!.endsWith(ending));
      if (application === undefined ? isArchive !== (name === "tarball") : application !== name) return undefined;
      const input: InputAttributes = new Map();
      for (const key of ["narHash", "rev"]) {
        const value = url.query.get(key);
        if (value !== undefined) input.set(key, value);
      }
      for (const key of ["revCount", "lastModified"]) {
        const value = readInteger(url.query.get(key) ?? "");
        if (value !== undefined) input.set(key, value);
      }
      const query = new Map([...url.query].filter(([key]) => key === "type" || !attributes.has(key)));
      return input.set("type", name).set("url", printUrl({ ...url, scheme: transport, query }));
    },
    fromAttributes: (input) => input,
    toUrl(input, features) {
      const url = parseUrl(neededString(input, "url"), false);
      const narHash = narHashOf(input, features);
      return narHash === undefined ? url : { ...url, query: new Map(url.query).set("narHash", narHash) };
    },
  };
}

const gitFlags = ["shallow", "submodules", "lfs", "exportIgnore", "allRefs", "verifyCommit"];
const gitKeys = ["keytype", "publicKey", "publicKeys"];

/** The URL of a Git repository in one form: `user@host:path` and plain paths become URLs, `git+` is dropped. */
function fixGitUrl(text: string): Url {
  const short = text.startsWith("/") ? null : /^([^/]*)@(.*):(.*)$/.exec(text);
  const url = short ? `ssh://${short[1]}@${short[2]}/${short[3]}` : text;
  if (!/^(git\+)?file:/.test(url) && !url.includes("://")) {
    const path = url.split("/");
    if (path[0]!.includes(":"))
      throw badUrl(`SCP-like URL '${url}' is not supported; use SSH URL syntax instead (ssh://...)`);
    const isAbsolute = url.startsWith("/");
    return { scheme: "file", authority: isAbsolute ? emptyAuthority : undefined, path, query: new Map(), fragment: "" };
  }
  const parsed = parseUrl(url, false);
  const { application, transport } = splitScheme(parsed.scheme);
  return application === "git" ? { ...parsed, scheme: transport } : parsed;
}

const gitScheme: InputScheme = {
  name: "git",
  attributes: new Set([
    "url",
    "ref",
    "rev",
    "lastModified",
    "revCount",
    "narHash",
    "name",
    "dirtyRev",
    "dirtyShortRev",
    ...gitFlags,
    ...gitKeys,
  ]),
  fromUrl(url, _, features) {
    if (url.scheme !== "git" && splitScheme(url.scheme).application !== "git") return undefined;
    const attributes: InputAttributes = new Map([["type", "git"]]);
    const query = new Map<string, string>();
    for (const [name, value] of url.query) {
      if (name === "rev" || name === "ref" || gitKeys.includes(name)) attributes.set(name, value);
      else if (gitFlags.includes(name)) attributes.set(name, value === "1");
      else query.set(name, value);
    }
    attributes.set("url", printUrl({ ...url, query }));
    return gitScheme.fromAttributes(attributes, features);
  },
  fromAttributes(attributes, features) {
    if (attributes.has("verifyCommit") || gitKeys.some((key) => attributes.has(key)))
      requireFeature(features, "verified-fetches");
    flag(attributes, "verifyCommit");
    const ref = stringAttribute(attributes, "ref");
    if (ref !== undefined && !isLegalRefName(ref)) throw badUrl(`invalid Git branch/tag name '${ref}'`);
    const fixed = new Map(attributes).set("url", printUrl(fixGitUrl(neededString(attributes, "url"))));
    for (const name of ["shallow", "submodules", "allRefs"]) flag(attributes, name);
    return fixed;
  },
  toUrl(attributes, features) {
    const url = parseUrl(neededString(attributes, "url"), false);
    const query = new Map(url.query);
    const rev = revOf(attributes, features);
    const ref = stringAttribute(attributes, "ref");
    if (rev !== undefined) query.set("rev", rev);
    if (ref !== undefined) query.set("ref", ref);
    for (const name of gitFlags) if (name !== "allRefs" && flag(attributes, name)) query.set(name, "1");
    for (const name of gitKeys) {
      const value = stringAttribute(attributes, name);
      if (value !== undefined) query.set(name, value);
    }
    return { ...url, scheme: url.scheme === "git" ? "git" : `git+${url.scheme}`, query };
  },
};

const mercurialScheme: InputScheme = {
  name: "hg",
  attributes: new Set(["url", "ref", "rev", "revCount", "narHash", "name"]),
  fromUrl(url, _, features) {
    if (!/^hg\+(https?|ssh|file)$/.test(url.scheme)) return undefined;
    const attributes: InputAttributes = new Map([["type", "hg"]]);
    const query = new Map<string, string>();
    for (const [name, value] of url.query) {
      if (name === "rev" || name === "ref") attributes.set(name, value);
      else query.set(name, value);
    }
    attributes.set("url", printUrl({ ...url, scheme: url.scheme.slice(3), query }));
    return mercurialScheme.fromAttributes(attributes, features);
  },
  fromAttributes(attributes) {
    parseUrl(neededString(attributes, "url"), false);
    const ref = stringAttribute(attributes, "ref");
    if (ref !== undefined && !/^[a-zA-Z0-9@][a-zA-Z0-9_./@+-]*$/.test(ref))
      throw badUrl(`invalid Mercurial branch/tag name '${ref}'`);
    return attributes;
  },
  toUrl(attributes, features) {
    const url = parseUrl(neededString(attributes, "url"), false);
    const query = new Map(url.query);
    const rev = revOf(attributes, features);
    const ref = stringAttribute(attributes, "ref");
    if (rev !== undefined) query.set("rev", rev);
    if (ref !== undefined) query.set("ref", ref);
    return { ...url, scheme: `hg+${url.scheme}`, query };
  },
};

/** All kinds of inputs, in the order in which Nix asks them about a URL. */
export const inputSchemes: readonly InputScheme[] = [
  downloadScheme("file"),
  gitScheme,
  hostedScheme("github"),
  hostedScheme("gitlab"),
  mercurialScheme,
  indirectScheme,
  pathScheme,
  hostedScheme("sourcehut"),
  downloadScheme("tarball"),
];
