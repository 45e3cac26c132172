import { Failure, type Features } from "../text/failure.ts";
import { makeFixedOutputPath, makeTextPath, type ContentAddressMethod } from "./content-address.ts";
import { parseContextElement, type ContextElement } from "./context.ts";
import { parseDerivation } from "./derivation-parse.ts";
import { printDerivation, type Derivation } from "./derivation.ts";
import { hashOf, sha256Of, type Hash } from "./hash.ts";
import { hashModulo, type HashModulo } from "./modulo.ts";
import { hashNar, type FileTree } from "./nar.ts";
import { defaultStoreDir, isDerivationName, nameOf } from "./path.ts";

/** What a store is asked to be: all of it has a default. */
export interface StoreOptions {
  readonly storeDir?: string;
  readonly features?: Features;
  readonly warn?: (message: string) => void;
}

interface StoredText {
  readonly contents: string;
  readonly references: readonly string[];
}

/**
 * The part of a Nix store that an evaluation fills: derivations, texts and trees of files, in memory. Nothing is ever
 * built, so an output of a derivation is a path without contents.
 */
export class MemoryStore {
  readonly storeDir: string;
  readonly features: Features;
  readonly warn: (message: string) => void;
  /** The texts of the `.drv` files. Derivations themselves would take several times the memory. */
  readonly #drvFiles = new Map<string, string>();
  /** Those that somebody asked about. */
  readonly #derivations = new Map<string, Derivation>();
  readonly #elements = new Map<string, ContextElement>();
  readonly #modulos = new Map<string, HashModulo>();
  readonly #texts = new Map<string, StoredText>();
  readonly #trees = new Map<string, FileTree>();

  constructor(options: StoreOptions = {}) {
    this.storeDir = options.storeDir ?? defaultStoreDir;
    this.features = options.features ?? new Set();
    this.warn = options.warn ?? (() => {});
  }

  /** Adds a text that refers to some store paths, as `builtins.toFile` does; gives its path. */
  addText(name: string, contents: string, references: readonly string[]): string {
    const path = makeTextPath(name, sha256Of(contents), references, this.storeDir);
    this.#texts.set(path, { contents, references });
    return path;
  }

  /** Adds a derivation, the end of whose text is given; gives the path of its `.drv` file. */
  addDerivation(derivation: Derivation, end: string): string {
    const { inputSources, inputDerivations } = derivation;
    const references = [...inputSources];
    inputDerivations.forEach((_, path) => {
      if (!inputSources.has(path)) references.push(path);
    });
    const contents = printDerivation(derivation, { storeDir: this.storeDir, end });
    const path = makeTextPath(`${derivation.name}.drv`, sha256Of(contents), references, this.storeDir);
    this.#drvFiles.set(path, contents);
    // At once, as Nix does: the derivation is at hand now. A slice of the text that was just hashed lies in memory in one
    // piece, which `end` itself does not.
    const sameEnd = contents.slice(contents.length - end.length);
    this.#modulos.set(path, hashModulo(derivation, false, sameEnd, this.storeDir, this.modulo));
    return path;
  }

  /** Adds a file or a tree under a name, hashed as its contents (`flat`) or as a NAR; throws when it cannot be flat. */
  addTree(name: string, tree: FileTree, method: ContentAddressMethod = "nar", hash = hashTree(tree, method)): string {
    const path = makeFixedOutputPath(name, { method, hash }, this.storeDir);
    this.#trees.set(path, tree);
    return path;
  }

  /** Drops a tree that was added. */
  dropTree(path: string): void {
    this.#trees.delete(path);
  }

  /** The derivation at a path, or `undefined` when there is none. */
  derivation(path: string): Derivation | undefined {
    const known = this.#derivations.get(path);
    if (known) return known;
    const text = isDerivationName(path) ? this.text(path) : undefined;
    if (text === undefined) return undefined;
    const parsed = parseDerivation(text, nameOf(path).slice(0, -".drv".length), this.storeDir, this.features);
    this.#derivations.set(path, parsed);
    return parsed;
  }

  /** An element of a context; a text that was parsed before is not parsed again. */
  contextElement(text: string): ContextElement {
    let element = this.#elements.get(text);
    if (element === undefined) this.#elements.set(text, (element = parseContextElement(text, this.storeDir)));
    return element;
  }

  /** The files at a store path, or `undefined` when this store does not hold them. */
  tree(path: string): FileTree | undefined {
    const tree = this.#trees.get(path);
    if (tree) return tree;
    const contents = this.text(path);
    return contents === undefined ? undefined : { type: "regular", contents };
  }

  /** The contents of a text or of a `.drv` file, or `undefined`. */
  text(path: string): string | undefined {
    return this.#texts.get(path)?.contents ?? this.#drvFiles.get(path);
  }

  /** The hash modulo of the derivation at a path, computed once. */
  readonly modulo = (drvPath: string): HashModulo => {
    const known = this.#modulos.get(drvPath);
    if (known) return known;
    const modulo = hashModulo(this.#need(drvPath), false, undefined, this.storeDir, this.modulo);
    this.#modulos.set(drvPath, modulo);
    return modulo;
  };

  #need(drvPath: string): Derivation {
    const derivation = this.derivation(drvPath);
    if (!derivation) throw new Failure(`path '${drvPath}' is not valid`);
    return derivation;
  }

  /** A path and everything that it refers to, and so on. */
  closure(path: string): Set<string> {
    const found = new Set<string>();
    const waiting = [path];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      waiting.push(...this.#references(next));
    }
    return found;
  }

  /** The store paths that a text or a derivation here refers to. */
  references(path: string): Iterable<string> {
    return this.text(path) === undefined ? [] : this.#references(path);
  }

  #references(path: string): Iterable<string> {
    const text = this.#texts.get(path);
    if (text) return text.references;
    if (!isDerivationName(path)) return [];
    const derivation = this.#need(path);
    return [...derivation.inputSources, ...derivation.inputDerivations.keys()];
  }
}

/** The hash that a content address of a tree holds: SHA-256, or SHA-1 for Git. Throws for what `flat` cannot hold. */
function hashTree(tree: FileTree, method: ContentAddressMethod): Hash {
  if (method === "nar") return hashNar(tree);
  if (method === "git") throw new Failure("hashing a tree as Git does is not supported here");
  if (tree.type !== "regular" || tree.executable)
    throw new Failure("a store object that is hashed flat must be a regular file that is not executable");
  return hashOf("sha256", tree.contents);
}
