/** One requirement as PEP 508 and pip write it: a name, an address or a path, without its line's options. */
import { parseMarker, type Marker } from "./marker.ts";
import type { Source } from "./model.ts";
import { isName, normalizeName } from "./names.ts";
import { decodePercent } from "./percent.ts";
import { parseSpecifiers, type Specifier } from "./specifiers.ts";

/** The parts of a requirement. `name` is empty where an address does not tell it. */
export interface ParsedRequirement {
  readonly kind: "requirement";
  readonly name: string;
  readonly spelled: string;
  readonly extras: readonly string[];
  readonly specifiers: readonly Specifier[];
  readonly marker?: Marker;
  readonly source?: Source;
  /** Whether the name was taken from the last part of an address, which need not be right. */
  readonly guessed?: boolean;
}

/** A folder, which is a package of the reader's own. */
interface ParsedFolder {
  readonly kind: "folder";
  readonly path: string;
  readonly extras: readonly string[];
}

/** Why a text is no requirement, and what to do. */
export interface NotARequirement {
  readonly kind: "problem";
  readonly message: string;
  readonly help: string;
}

const archive = /\.(?:whl|tar\.gz|tgz|zip|tar\.bz2|tbz2?|tar\.xz|txz|tar\.Z|tar)$/i;
const named = /^([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?\s*(.*)$/s;

const none: readonly never[] = [];

const problem = (message: string, help: string): NotARequirement => ({ kind: "problem", message, help });

type Parsed = ParsedRequirement | ParsedFolder | NotARequirement;

/** A name with one simple version, as most lines are: read at once, to what the whole grammar gives. */
const pin = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(==|>=|<=|!=|<|>)(\d+(?:\.\d+)*)$/;

/** Reads a requirement. `text` has no comment and no options. */
export function parseRequirement(text: string): Parsed {
  const [, spelled, operator, version] = pin.exec(text) ?? [];
  if (spelled !== undefined && version !== undefined)
    return {
      kind: "requirement",
      name: normalizeName(spelled),
      spelled,
      extras: none,
      specifiers: [{ operator: operator as Specifier["operator"], version }],
    };
  const [body, condition] = splitMarker(text.trim());
  let marker: Marker | undefined;
  if (condition !== undefined) {
    const parsed = parseMarker(condition);
    if (typeof parsed === "string")
      return problem(parsed, `Write a condition of PEP 508 behind the ';', as in 'python_version < "3.12"'.`);
    marker = parsed;
  }
  const rest = isAddress(body) ? fromAddress(body, undefined) : fromName(body);
  return rest.kind === "requirement" && marker !== undefined ? { ...rest, marker } : rest;
}

/** A marker begins at a `;`; behind an address only at one with a space before it, since addresses may hold `;`. */
function splitMarker(text: string): [body: string, marker: string | undefined] {
  const at = isAddress(text) || /^[^;]*\s@\s|^[\w.[\],-]+@/.test(text) ? text.search(/\s;/) : text.indexOf(";");
  return at < 0 ? [text, undefined] : [text.slice(0, at).trim(), text.slice(text.indexOf(";", at) + 1)];
}

/** Whether a text is an address or a path, by the signs that pip goes by. */
function isAddress(text: string): boolean {
  const [word = ""] = /^\S*/.exec(text)!;
  if (/^[a-z][a-z0-9+.-]*:/i.test(word) || /^(?:\.|\/|~\/|[A-Za-z]:\\)/.test(word)) return true;
  const bare = withoutExtras(word).replace(/#.*$/, "");
  return (archive.test(bare) || bare.includes("/") || bare.includes("\\")) && !word.includes("@");
}

/** An address without the extras in brackets at its end. By index: a pattern would look at each `[` anew. */
function withoutExtras(text: string): string {
  const at = text.endsWith("]") ? text.lastIndexOf("[") : -1;
  return at < 0 ? text : text.slice(0, at);
}

function fromName(text: string): ParsedRequirement | NotARequirement {
  const [, spelled = "", extrasText, rest = ""] = named.exec(text) ?? [];
  if (!isName(spelled))
    return problem(
      `'${/^\S{0,60}/.exec(text)![0]}' is not the name of a package`,
      "Write a requirement as pip reads it: a name, then versions, as in 'flask>=3.0'.",
    );
  const extras = parseExtras(extrasText);
  if (extras === undefined)
    return problem(
      `'[${extrasText}]' is not a list of extras`,
      `Write the names of extras with commas between them, as in '${spelled}[async]'.`,
    );
  const base = { kind: "requirement", name: normalizeName(spelled), spelled, extras } as const;
  const address = /^@\s*(\S+)$/.exec(rest)?.[1];
  if (address !== undefined) {
    const found = fromAddress(address, base);
    return found.kind === "folder" ? { ...base, specifiers: [], source: { type: "path", path: found.path } } : found;
  }
  const specifiers = parseSpecifiers(rest);
  if (!("message" in specifiers)) return { ...base, specifiers };
  return problem(specifiers.message, specifiers.help);
}

function parseExtras(text: string | undefined): string[] | undefined {
  if (text === undefined || text.trim() === "") return [];
  const names = text.split(",").map((part) => part.trim());
  return names.every(isName) ? [...new Set(names.map(normalizeName))] : undefined;
}

/** The requirement that an address or a path names; `known` is what stood before its `@`. */
function fromAddress(
  text: string,
  known: Pick<ParsedRequirement, "kind" | "name" | "spelled" | "extras"> | undefined,
): ParsedRequirement | ParsedFolder | NotARequirement {
  const before = withoutExtras(text);
  const extrasText = before === text ? undefined : text.slice(before.length + 1, -1);
  const [address, fragment = ""] = splitOnce(before, "#");
  const extras = parseExtras(extrasText) ?? [];
  const egg = /(?:^|&)egg=([^&[]+)(?:\[([^\]]*)\])?/.exec(fragment);
  const vcs = /^(git|hg|svn|bzr)\+(.+)$/i.exec(address);
  const spelled = known?.spelled ?? egg?.[1] ?? nameOfFile(address) ?? (vcs ? nameOfRepository(address) : undefined);
  const base = {
    kind: "requirement",
    name: known?.name ?? normalizeName(spelled ?? ""),
    spelled: spelled ?? "",
    extras: known?.extras ?? [...extras, ...(parseExtras(egg?.[2]) ?? [])],
    specifiers: [],
    ...(known === undefined && egg === null && vcs ? { guessed: true } : {}),
  } as const;
  if (vcs) {
    const [url, ref] = splitRef(vcs[2]!);
    const subdirectory = /(?:^|&)subdirectory=([^&]+)/.exec(fragment)?.[1];
    const type = vcs[1]!.toLowerCase() as "git" | "hg" | "svn" | "bzr";
    return {
      ...base,
      source: {
        type,
        url,
        ...(ref === undefined ? {} : { ref }),
        ...(subdirectory === undefined ? {} : { subdirectory }),
      },
    };
  }
  if (/^https?:|^ftp:/i.test(address)) {
    if (base.name === "")
      return problem("the address does not say which package it is", `Write the name before it: 'name @ ${address}'.`);
    return { ...base, source: { type: "url", url: fragment === "" ? address : `${address}#${fragment}` } };
  }
  const path = /^file:/i.test(address) ? address.replace(/^file:(?:\/\/(?:localhost)?)?/i, "") : address;
  if (/^[a-z][a-z0-9+.-]+:/i.test(address) && path === address)
    return problem(
      `'${/^[^:]*/.exec(address)![0]}:' is not a kind of address that pip reads`,
      "Use https, file, or git+https.",
    );
  if (archive.test(path) || known !== undefined)
    return base.name === ""
      ? problem("the file's name does not say which package it is", "Give the file the name that pip would give it.")
      : { ...base, source: { type: "path", path } };
  return { kind: "folder", path, extras };
}

function splitOnce(text: string, sign: string): [string, string | undefined] {
  const at = text.indexOf(sign);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** `ssh://git@host/a/b@v1`: the ref stands behind the last `@` of the path, not behind that of the user. */
function splitRef(url: string): [url: string, ref: string | undefined] {
  const path = /^[a-z+]+:\/\/[^/]*/i.exec(url)?.[0].length ?? 0;
  const at = url.lastIndexOf("@");
  return at <= path ? [url, undefined] : [url.slice(0, at), url.slice(at + 1)];
}

const lastPart = (address: string): string =>
  decodePercent(/[^/\\]*$/.exec(address.replace(/[?].*$/, "").replace(/\/+$/, ""))![0]);

/** The name in that of a wheel (`name-1.0-py3-none-any.whl`) or of an archive (`name-1.0.tar.gz`). */
function nameOfFile(address: string): string | undefined {
  const file = lastPart(address);
  if (!archive.test(file)) return undefined;
  const name = /\.whl$/i.test(file) ? /^([^-]+)-/.exec(file)?.[1] : /^(.+?)-v?\d/.exec(file)?.[1];
  return name !== undefined && isName(name) ? name : undefined;
}

function nameOfRepository(address: string): string | undefined {
  const [url] = splitRef(address.replace(/^\w+\+/, ""));
  const name = lastPart(url).replace(/\.git$/, "");
  return isName(name) ? name : undefined;
}
