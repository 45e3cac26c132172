import { Failure } from "../text/failure.ts";
import { parseStorePath } from "./path.ts";

/**
 * One element of a string's context: what the string refers to. Store paths are full paths.
 * `opaque`: a store object; `deep`: a derivation with its closure and all outputs; `built`: one output of a derivation
 * that is itself a store object or, with dynamic derivations, the output of another.
 */
export type ContextElement =
  | { readonly type: "opaque"; readonly path: string }
  | { readonly type: "deep"; readonly drvPath: string }
  | BuiltElement;

/** An output of a derivation. */
export interface BuiltElement {
  readonly type: "built";
  readonly drvPath: DerivedPath;
  readonly output: string;
}

/** A store object by its path, or an output of another derivation. */
export type DerivedPath = { readonly type: "opaque"; readonly path: string } | BuiltElement;

// A set of elements is kept as strings, so that equal elements are one: a plain path, `=` and a path, `!output!path`.
// Nix's own encoding is this without the store's folder.

/** The element as one string: `/nix/store/…`, `=/nix/store/….drv`, `!out!/nix/store/….drv`. */
export function printContextElement(element: ContextElement): string {
  if (element.type === "opaque") return element.path;
  if (element.type === "deep") return `=${element.drvPath}`;
  return `!${printDerived(element)}`;
}

function printDerived(path: DerivedPath): string {
  return path.type === "opaque" ? path.path : `${path.output}!${printDerived(path.drvPath)}`;
}

/** The reverse of `printContextElement`; throws on what Nix would not have written. */
export function parseContextElement(text: string, storeDir: string): ContextElement {
  if (text === "") throw malformed("String context element should never be an empty string", text);
  if (text[0] === "=") return { type: "deep", drvPath: parseStorePath(text.slice(1), storeDir) };
  if (text[0] !== "!") {
    if (text.includes("!"))
      throw malformed("String content element not beginning with '!' should not have a second '!'", text);
    return { type: "opaque", path: parseStorePath(text, storeDir) };
  }
  if (!text.includes("!", 1))
    throw malformed("String content element beginning with '!' should have a second '!'", text);
  return parseDerived(text.slice(1), storeDir);
}

function parseDerived(text: string, storeDir: string): DerivedPath {
  const at = text.indexOf("!");
  if (at < 0) return { type: "opaque", path: parseStorePath(text, storeDir) };
  return { type: "built", output: text.slice(0, at), drvPath: parseDerived(text.slice(at + 1), storeDir) };
}

function malformed(message: string, text: string): Failure {
  return new Failure(`Bad String Context element: ${message}: ${text}`, "format");
}

/** The string form of "this store object". */
export function opaqueElement(path: string): string {
  return path;
}

/** The string form of "this derivation, its closure and all its outputs". */
export function deepElement(drvPath: string): string {
  return `=${drvPath}`;
}

/** The string form of "this output of that derivation". */
export function builtElement(drvPath: string, output: string): string {
  return `!${output}!${drvPath}`;
}
