import { Failure } from "../text/failure.ts";
import { foldedSha256 } from "./hash.ts";

/** Where store objects stand unless a host says otherwise. */
export const defaultStoreDir = "/nix/store";

const hashLength = 32;
const longestName = 211;

/** Throws unless `name` may stand behind the hash of a store path (the Nix manual, "Store Path"). */
export function checkStoreName(name: string): void {
  if (name === "") throw new Failure("name must not be empty", "bad-name");
  if (name.length > longestName)
    throw new Failure(`name '${name}' must be no longer than ${longestName} characters`, "bad-name");
  const first = /^\.\.?(?=-|$)/.exec(name)?.[0];
  if (first !== undefined)
    throw new Failure(
      first === name
        ? `name '${name}' is not valid`
        : `name '${name}' is not valid: first dash-separated component must not be '${first}'`,
      "bad-name",
    );
  const illegal = /[^0-9a-zA-Z+\-._?=]/.exec(name)?.[0];
  if (illegal !== undefined) throw new Failure(`name '${name}' contains illegal character '${illegal}'`, "bad-name");
}

function checkBaseName(baseName: string): void {
  if (baseName.length < hashLength + 1)
    throw new Failure(`'${baseName}' is too short to be a valid store path`, "bad-store-path");
  const illegal = /[^0-9a-df-np-sv-z]/.exec(baseName.slice(0, hashLength))?.[0];
  if (illegal !== undefined)
    throw new Failure(`store path '${baseName}' contains illegal base-32 character '${illegal}'`, "bad-store-path");
  checkPathName(baseName, baseName.slice(hashLength + 1));
}

function checkPathName(baseName: string, name: string): void {
  try {
    checkStoreName(name);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(`path '${baseName}' is not a valid store path: ${error.message}`, "bad-store-path");
  }
}

function canonicalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** Throws unless `path` is a store path itself: `storeDir`, a slash, hash and name. Gives its canonical form. */
export function parseStorePath(path: string, storeDir: string): string {
  const isPlain = path.startsWith(`${storeDir}/`) && !path.includes("/", storeDir.length + 1);
  const canonical = isPlain ? path : canonicalPath(path);
  const baseName = canonical.slice(storeDir.length + 1);
  if (!canonical.startsWith(`${storeDir}/`) || baseName.includes("/"))
    throw new Failure(`path '${canonical}' is not in the Nix store`, "bad-store-path");
  checkBaseName(baseName);
  return canonical;
}

/** Whether `path` is a store path itself. */
export function isStorePath(path: string, storeDir: string): boolean {
  try {
    parseStorePath(path, storeDir);
    return true;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

/** The store path at the front of `path` and what follows it; throws when `path` is not inside the store. */
export function splitStorePath(path: string, storeDir: string): { storePath: string; rest: string } {
  if (!path.startsWith(`${storeDir}/`)) throw new Failure(`path '${path}' is not in the Nix store`, "bad-store-path");
  const slash = path.indexOf("/", storeDir.length + 1);
  const storePath = slash < 0 ? path : path.slice(0, slash);
  checkBaseName(storePath.slice(storeDir.length + 1));
  return { storePath, rest: slash < 0 ? "" : path.slice(slash) };
}

/** `hash-name` of a full store path. */
export function baseNameOfStorePath(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The 32 characters of the hash of a full store path. */
export function hashPartOf(path: string): string {
  return baseNameOfStorePath(path).slice(0, hashLength);
}

/** What follows the hash of a full store path. */
export function nameOf(path: string): string {
  return baseNameOfStorePath(path).slice(hashLength + 1);
}

/** Whether a store path, or any name, ends as derivations do. */
export function isDerivationName(name: string): boolean {
  return name.endsWith(".drv");
}

/**
 * The full store path for a fingerprint of type, inner hash (`sha256:` and hexadecimal digits) and name (the Nix manual,
 * "Store Path Specification").
 */
export function makeStorePath(type: string, inner: string, name: string, storeDir: string): string {
  const hash = foldedSha256(`${type}:${inner}:${storeDir}:${name}`);
  checkPathName(`${hash}-${name}`, name);
  return `${storeDir}/${hash}-${name}`;
}

/** The name of the store object that an output is: the derivation's, with `-dev` and so on for all but `out`. */
export function outputPathName(derivationName: string, output: string): string {
  return output === "out" ? derivationName : `${derivationName}-${output}`;
}

/** The path of an output whose derivation has the given hash modulo. */
export function makeOutputPath(output: string, modulo: string, derivationName: string, storeDir: string): string {
  return makeStorePath(`output:${output}`, modulo, outputPathName(derivationName, output), storeDir);
}
