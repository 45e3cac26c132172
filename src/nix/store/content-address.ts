import { sortBytes } from "../text/bytes.ts";
import { Failure, requireFeature, type Features } from "../text/failure.ts";
import { printHash, sha256Of, type Hash, type HashAlgorithm } from "./hash.ts";
import { makeStorePath } from "./path.ts";

/** How file contents become a hash: the bytes of one file, a NAR, a Git tree, or text with references. */
export type ContentAddressMethod = "flat" | "nar" | "git" | "text";

/** A claim about the contents of a store object. */
export interface ContentAddress {
  readonly method: ContentAddressMethod;
  readonly hash: Hash;
}

/** The method of that name as `outputHashMode` spells it; `recursive` is the old name of `nar`. */
export function parseContentAddressMethod(name: string): ContentAddressMethod | undefined {
  if (name === "recursive") return "nar";
  return name === "flat" || name === "nar" || name === "git" || name === "text" ? name : undefined;
}

const prefixes: Readonly<Record<ContentAddressMethod, string>> = { flat: "", nar: "r:", git: "git:", text: "text:" };

/** `r:sha256` and so on: method and algorithm as derivations spell them. */
export function printMethodAlgorithm(method: ContentAddressMethod, algorithm: HashAlgorithm): string {
  return prefixes[method] + algorithm;
}

/** The reverse of `printMethodAlgorithm`, up to the name of the algorithm, which is not checked. */
export function splitMethodAlgorithm(
  text: string,
  features: Features,
): { method: ContentAddressMethod; algorithm: string } {
  for (const method of ["nar", "git", "text"] as const) {
    if (!text.startsWith(prefixes[method])) continue;
    if (method === "git") requireFeature(features, "git-hashing");
    return { method, algorithm: text.slice(prefixes[method].length) };
  }
  return { method: "flat", algorithm: text };
}

/** References of a store object: full store paths, and whether it refers to itself. */
export interface References {
  readonly others: readonly string[];
  readonly self?: boolean;
}
const noReferences: References = { others: [] };

function typeWithReferences(type: string, { others, self }: References): string {
  const all = sortBytes([...others]);
  return `${type}${all.length === 0 ? "" : ":"}${all.join(":")}${self ? ":self" : ""}`;
}

/** The path of a text in the store (`builtins.toFile`, derivations) that has the given hash and references. */
export function makeTextPath(name: string, hash: string, references: readonly string[], storeDir: string): string {
  return makeStorePath(typeWithReferences("text", { others: references }), hash, name, storeDir);
}

/** The path of a store object that its contents determine; throws when references are not allowed there. */
export function makeFixedOutputPath(
  name: string,
  { method, hash }: ContentAddress,
  storeDir: string,
  references: References = noReferences,
): string {
  const printed = printHash(hash, "base16", true);
  if (method === "text") return makeTextPath(name, printed, references.others, storeDir);
  if (method === "git" && hash.algorithm !== "sha1" && hash.algorithm !== "sha256")
    throw new Failure(`Git file ingestion must use SHA-1 or SHA-256 hash, but instead using: ${hash.algorithm}`);
  if (method === "nar" && hash.algorithm === "sha256")
    return makeStorePath(typeWithReferences("source", references), printed, name, storeDir);
  if (references.others.length > 0 || references.self)
    throw new Failure(
      `fixed output derivation '${name}' is not allowed to refer to other store paths.\n` +
        "You may need to use the 'unsafeDiscardReferences' derivation attribute, see the manual for more details.",
    );
  return makeStorePath("output:out", sha256Of(`fixed:out:${prefixes[method]}${printed}:`), name, storeDir);
}
