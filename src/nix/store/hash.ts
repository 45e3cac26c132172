import { blake3 } from "@noble/hashes/blake3.js";
import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { fromBytes, toBytes } from "../text/bytes.ts";
import { Failure, requireFeature, type Features } from "../text/failure.ts";
import { decodeBase16, decodeBase64, decodeNix32, encodeBase16, encodeBase64, encodeNix32 } from "./base.ts";

/** The hash functions that Nix knows; `blake3` needs the feature `blake3-hashes`. */
export type HashAlgorithm = "blake3" | "md5" | "sha1" | "sha256" | "sha512";

/** How a hash is written; `sri` always carries the name of the algorithm. */
export type HashFormat = "base16" | "nix32" | "base64" | "sri";

/** A digest with the function that made it. `bytes` is shorter than the function's when compressed. */
export interface Hash {
  readonly algorithm: HashAlgorithm;
  readonly bytes: Uint8Array;
}

const functions: Readonly<Record<HashAlgorithm, (data: Uint8Array) => Uint8Array>> = {
  blake3: (data) => blake3(data),
  md5,
  sha1,
  sha256,
  sha512,
};

const sizes: Readonly<Record<HashAlgorithm, number>> = { blake3: 32, md5: 16, sha1: 20, sha256: 32, sha512: 64 };

/**
 * Gives the digest of bytes or of a byte string, as a byte string or in hexadecimal; `undefined` where it has no such
 * function.
 */
export type Digest = (
  algorithm: HashAlgorithm,
  data: Uint8Array | string,
  encoding: "binary" | "hex",
) => string | undefined;

let digestOfHost: Digest | undefined;

/** Has all hashes computed by a host's own code, which must give the same bytes and is there for its speed alone. */
export function useDigest(digest: Digest): void {
  digestOfHost = digest;
}

/** Whether hashes are computed by a host's own code. */
export function hasDigestOfHost(): boolean {
  return digestOfHost !== undefined;
}

/** The hash of bytes or of a byte string. */
export function hashOf(algorithm: HashAlgorithm, data: Uint8Array | string): Hash {
  const digest = digestOfHost?.(algorithm, data, "binary");
  return { algorithm, bytes: digest === undefined ? digestOf(algorithm, data) : toBytes(digest) };
}

/** The SHA-256 of a byte string in hexadecimal, with `sha256:` before it. */
export function sha256Of(text: string): string {
  return `sha256:${digestOfHost?.("sha256", text, "hex") ?? encodeBase16(digestOf("sha256", text))}`;
}

const folded = new Uint8Array(20);

/** The SHA-256 of a byte string folded to 20 bytes, in Nix's base 32: what store paths are named by. */
export function foldedSha256(text: string): string {
  folded.fill(0);
  const digest = digestOfHost?.("sha256", text, "binary") ?? fromBytes(digestOf("sha256", text));
  for (let i = 0; i < digest.length; i++) folded[i % folded.length]! ^= digest.charCodeAt(i);
  return encodeNix32(folded);
}

function digestOf(algorithm: HashAlgorithm, data: Uint8Array | string): Uint8Array {
  return functions[algorithm](typeof data === "string" ? toBytes(data) : data);
}

/** The hash as text, with `sha256:` (or `sha256-` for SRI) before it when asked for. */
export function printHash(hash: Hash, format: HashFormat, withAlgorithm = format === "sri"): string {
  const prefix = format === "sri" ? `${hash.algorithm}-` : withAlgorithm ? `${hash.algorithm}:` : "";
  if (format === "base16") return prefix + encodeBase16(hash.bytes);
  if (format === "nix32") return prefix + encodeNix32(hash.bytes);
  return prefix + encodeBase64(hash.bytes);
}

/** The hash folded to `size` bytes by exclusive or. */
export function compressHash(hash: Hash, size: number): Hash {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < hash.bytes.length; i++) bytes[i % size]! ^= hash.bytes[i]!;
  return { algorithm: hash.algorithm, bytes };
}

/** The algorithm of that name, or `undefined`; throws for `blake3` when its feature is off. */
export function findHashAlgorithm(name: string, features: Features): HashAlgorithm | undefined {
  if (name === "blake3") requireFeature(features, "blake3-hashes");
  return Object.hasOwn(functions, name) ? (name as HashAlgorithm) : undefined;
}

/** The algorithm of that name; throws as Nix does on any other name. */
export function parseHashAlgorithm(name: string, features: Features): HashAlgorithm {
  const found = findHashAlgorithm(name, features);
  if (found) return found;
  throw new Failure(`unknown hash algorithm '${name}', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'`, "usage");
}

/** The format of that name; `base32` is an old name of `nix32`, for which `warn` is called. */
export function parseHashFormat(name: string, warn: (message: string) => void = () => {}): HashFormat {
  if (name === "base16" || name === "nix32" || name === "base64" || name === "sri") return name;
  if (name === "base32") {
    warn(`"base32" is a deprecated alias for hash format "nix32".`);
    return "nix32";
  }
  throw new Failure(`unknown hash format '${name}', expect 'base16', 'base32', 'base64', or 'sri'`, "usage");
}

interface Decoder {
  readonly name: string;
  readonly format: HashFormat;
  readonly decode: (text: string) => Uint8Array;
}
const base16: Decoder = { name: "base16", format: "base16", decode: decodeBase16 };
const nix32: Decoder = { name: "nix32", format: "nix32", decode: decodeNix32 };
const base64: Decoder = { name: "Base64", format: "base64", decode: decodeBase64 };
const sri: Decoder = { name: "SRI", format: "sri", decode: decodeBase64 };

function decoderBySize(text: string, algorithm: HashAlgorithm): Decoder {
  const size = sizes[algorithm];
  if (text.length === size * 2) return base16;
  if (text.length === Math.ceil((size * 8) / 5)) return nix32;
  if (text.length === Math.ceil(size / 3) * 4) return base64;
  throw new Failure(`hash '${text}' has wrong length for hash algorithm '${algorithm}'`, "bad-hash");
}

function decodeHash(text: string, algorithm: HashAlgorithm, decoder: Decoder): Hash {
  let bytes: Uint8Array;
  try {
    bytes = decoder.decode(text);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // Nix goes on with an empty result here, so that what the user sees is the complaint about the length.
    bytes = new Uint8Array();
  }
  if (bytes.length !== sizes[algorithm])
    throw new Failure(
      `invalid ${decoder.name} hash '${text}', length ${bytes.length} != expected length ${sizes[algorithm]}`,
      "bad-hash",
    );
  return { algorithm, bytes };
}

/** A hash in any format; the algorithm stands before it (`sha256:`, `sha256-`) or is `known`, and they must agree. */
export function parseHash(text: string, known: HashAlgorithm | undefined, features: Features): Hash {
  let rest = text;
  let stated: HashAlgorithm | undefined;
  let isSri = false;
  const separator = text.includes(":") ? ":" : "-";
  const at = text.indexOf(separator);
  if (at >= 0) {
    stated = parseHashAlgorithm(text.slice(0, at), features);
    rest = text.slice(at + 1);
    isSri = separator === "-";
  }
  if (!stated && !known)
    throw new Failure(
      `hash '${text}' does not include a type, nor is the type otherwise known from context`,
      "bad-hash",
    );
  if (stated && known && stated !== known) throw new Failure(`hash '${text}' should have type '${known}'`, "bad-hash");
  const algorithm = (stated ?? known)!;
  return decodeHash(rest, algorithm, isSri ? sri : decoderBySize(rest, algorithm));
}

/** A hash in SRI form, `sha256-…=`. */
export function parseSri(text: string, features: Features): Hash {
  const at = text.indexOf("-");
  if (at < 0) throw new Failure(`hash '${text}' is not SRI`, "bad-hash");
  return decodeHash(text.slice(at + 1), parseHashAlgorithm(text.slice(0, at), features), sri);
}

/** A hash of a known algorithm without prefix; its format follows from its length. */
export function parsePlainHash(text: string, algorithm: HashAlgorithm): Hash {
  return decodeHash(text, algorithm, decoderBySize(text, algorithm));
}

/** As `parseHash`, but empty text is the hash of zeros, as `outputHash = ""` and `lib.fakeHash` rely on. */
export function parseHashAllowEmpty(
  text: string,
  known: HashAlgorithm | undefined,
  features: Features,
  warn: (message: string) => void,
): Hash {
  if (text !== "") return parseHash(text, known, features);
  if (!known) throw new Failure("empty hash requires explicit hash algorithm", "bad-hash");
  const hash = { algorithm: known, bytes: new Uint8Array(sizes[known]) };
  warn(`found empty hash, assuming '${printHash(hash, "sri")}'`);
  return hash;
}
