import { compareBytes } from "../text/bytes.ts";
import { Failure } from "../text/failure.ts";

/** A URL as Nix takes it apart: parts decoded, the path cut at its slashes, the first of two query values kept. */
export interface Url {
  readonly scheme: string;
  readonly authority: Authority | undefined;
  readonly path: readonly string[];
  readonly query: ReadonlyMap<string, string>;
  readonly fragment: string;
}

/** Who answers at a URL. `host` has no brackets, `address` says that it had some. */
export interface Authority {
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly host: string;
  readonly address: boolean;
  readonly port: number | undefined;
}

/** The authority of `file:///…`: there, and empty. */
export const emptyAuthority: Authority = {
  user: undefined,
  password: undefined,
  host: "",
  address: false,
  port: undefined,
};

/** The refusal of a URL, which Nix often takes as "then it is something else". */
export function badUrl(message: string): Failure {
  return new Failure(message, "bad-url");
}

const unreserved = /[A-Za-z0-9\-._~]/;

/** Percent encoding of all but unreserved characters and those in `keep`. */
function encodePercent(text: string, keep = ""): string {
  return text.replace(/[^A-Za-z0-9\-._~]/gs, (character) =>
    unreserved.test(character) || keep.includes(character)
      ? character
      : `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}

/** The reverse; throws on a percent sign that no two hexadecimal digits follow. */
export function decodePercent(text: string): string {
  const wrong = /%(?![0-9a-fA-F]{2})(.?.?)/s.exec(text);
  if (wrong) {
    const problem = wrong[1]!.length < 2 ? "incomplete pct-encoding" : "bad hexdig in pct-encoding";
    throw badUrl(`invalid URI parameter '${text}': ${problem}`);
  }
  return text.replace(/%(..)/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
}

/** `git+https` is the application `git` over the transport `https`. */
export function splitScheme(scheme: string): { application: string | undefined; transport: string } {
  const at = scheme.indexOf("+");
  return at < 0
    ? { application: undefined, transport: scheme }
    : { application: scheme.slice(0, at), transport: scheme.slice(at + 1) };
}

// RFC 3986, with what boost::url lets through: brackets in the query and the fragment.
const pchar = String.raw`(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})`;
const pattern = new RegExp(
  String.raw`^([A-Za-z][A-Za-z0-9+.\-]*):(?://([^/?#]*)(?=[/?#]|$))?((?:${pchar}|/)*)` +
    String.raw`(?:\?((?:${pchar}|[/?[\]])*))?(?:#((?:${pchar}|[/?])*))?$`,
);
const relativePattern = new RegExp(
  String.raw`^(?://[^/?#]*(?=[/?#]|$))?(?!/?[^/?#]*:)((?:${pchar}|/)*)(?:\?((?:${pchar}|[/?[\]])*))?(?:#((?:${pchar}|[/?])*))?$`,
);
const queryPattern = new RegExp(String.raw`^(?:${pchar}|[/?[\]])*$`);
const userPart = String.raw`((?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9a-fA-F]{2})*)`;
const authorityPattern = new RegExp(
  String.raw`^(?:${userPart}(?::((?:[A-Za-z0-9\-._~!$&'()*+,;=:]|%[0-9a-fA-F]{2})*))?@)?` +
    String.raw`(?:\[([0-9A-Fa-f:.]+|v[0-9A-Fa-f]+\.[A-Za-z0-9\-._~!$&'()*+,;=:]+)\]|${userPart})(?::([0-9]*))?$`,
);

function parseAuthority(text: string): Authority {
  const found = authorityPattern.exec(text);
  if (!found) throw badUrl(`invalid URL authority: '${text}'`);
  const [, user, password, address, name, digits] = found;
  const port = digits ? Number(digits) : undefined;
  if (port !== undefined && port > 0xffff) throw badUrl(`port '${digits}' is invalid`);
  return {
    user: user === undefined ? undefined : decodePercent(user),
    password: password === undefined ? undefined : decodePercent(password),
    host: address ?? decodePercent(name ?? ""),
    address: address !== undefined,
    port,
  };
}

/** Spaces and quotes may stand in a query, and circumflexes too in a fragment: old Nix took them. */
function mend(url: string): string {
  let rest = url;
  let mended = "";
  const question = rest.indexOf("?");
  if (question >= 0) {
    mended = rest.slice(0, question + 1);
    rest = rest.slice(question + 1);
    const end = rest.includes("#") ? rest.indexOf("#") : rest.length;
    mended += mendQuery(rest.slice(0, end));
    rest = rest.slice(end);
  }
  const hash = rest.indexOf("#");
  if (hash < 0) return mended + rest;
  return (
    mended + rest.slice(0, hash + 1) + rest.slice(hash + 1).replace(/[ "^]/g, (character) => encodePercent(character))
  );
}

const mendQuery = (query: string) => query.replace(/[ "]/g, (character) => encodePercent(character));

/** The values of a query; what has no `=` is dropped. */
export function parseQuery(query: string): Map<string, string> {
  const values = new Map<string, string>();
  if (!queryPattern.test(mendQuery(query))) throw badUrl(`invalid URI query '${query}': leftover`);
  for (const part of mendQuery(query).split("&")) {
    const at = part.indexOf("=");
    if (at < 0) continue;
    const name = decodePercent(part.slice(0, at));
    if (!values.has(name)) values.set(name, decodePercent(part.slice(at + 1)));
  }
  return values;
}

/** Takes a URL apart; `lenient` for those that people write as flake references. Throws a `Failure` of kind `bad-url`. */
export function parseUrl(url: string, lenient: boolean): Url {
  const found = pattern.exec(lenient ? mend(url) : url);
  if (!found)
    throw badUrl(
      relativePattern.test(url) ? `'${url}' doesn't have a scheme` : `'${url}' is not a valid URL: mismatch`,
    );
  const [, scheme = "", authorityText, encodedPath = "", query = "", fragment = ""] = found;
  const authority = authorityText === undefined ? undefined : parseAuthority(authorityText);
  const isFile = splitScheme(scheme).transport === "file";
  if (isFile && authority && authority.host !== "")
    throw badUrl(`file:// URL '${url}' has unexpected authority '${printAuthority(authority)}'`);
  return {
    scheme,
    authority,
    path: (isFile && encodedPath === "" ? "/" : encodedPath).split("/").map(decodePercent),
    query: parseQuery(query),
    fragment: decodePercent(fragment),
  };
}

function printAuthority({ user, password, host, address, port }: Authority): string {
  const login =
    user === undefined ? "" : `${encodePercent(user)}${password === undefined ? "" : `:${encodePercent(password)}`}@`;
  return `${login}${address ? `[${host}]` : encodePercent(host)}${port === undefined ? "" : `:${port}`}`;
}

/** Puts a URL together again, its query in the order of the names. */
export function printUrl({ scheme, authority, path, query, fragment }: Url): string {
  const place = `${authority ? `//${printAuthority(authority)}` : ""}${path.map((part) => encodePercent(part, ":@")).join("/")}`;
  const values = [...query]
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([name, value]) => `${encodePercent(name, ":@/?")}=${encodePercent(value, ":@/?")}`);
  return `${scheme}:${place}${values.length > 0 ? `?${values.join("&")}` : ""}${fragment && `#${encodePercent(fragment)}`}`;
}
