import { Failure, requireFeature, type Features } from "../text/failure.ts";
import { normaliseJson } from "../text/json.ts";
import { splitMethodAlgorithm } from "./content-address.ts";
import type { Derivation, DerivationOutput, InputNode } from "./derivation.ts";
import { parseHashAlgorithm, parsePlainHash } from "./hash.ts";
import { parseStorePath } from "./path.ts";

/** A reader of ATerm text; every method throws when the text does not go on as it must. */
class Reader {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  peek(): string {
    return this.#text[this.#at] ?? "";
  }

  expect(text: string): void {
    if (!this.#text.startsWith(text, this.#at)) throw new Failure(`expected string '${text}'`, "format");
    this.#at += text.length;
  }

  string(): string {
    this.expect('"');
    let result = "";
    for (;;) {
      const character = this.#text[this.#at++];
      if (character === undefined) throw new Failure("unterminated string in derivation", "format");
      if (character === '"') return result;
      if (character !== "\\") {
        result += character;
        continue;
      }
      const escaped = this.#text[this.#at++];
      if (escaped === undefined) throw new Failure("unterminated string in derivation", "format");
      result += { n: "\n", r: "\r", t: "\t" }[escaped] ?? escaped;
    }
  }

  list(item: () => void): void {
    this.expect("[");
    // As Nix reads lists, a comma is eaten before an item but not demanded.
    for (;;) {
      if (this.peek() === "]") return this.expect("]");
      if (this.peek() === ",") this.expect(",");
      item();
    }
  }

  strings(): string[] {
    const result: string[] = [];
    this.list(() => result.push(this.string()));
    return result;
  }
}

function readOutput(reader: Reader, features: Features, storeDir: string): DerivationOutput {
  reader.expect(",");
  const path = reader.string();
  reader.expect(",");
  const methodAlgorithm = reader.string();
  reader.expect(",");
  const hash = reader.string();
  reader.expect(")");
  if (methodAlgorithm === "")
    return path === "" ? { type: "deferred" } : { type: "input-addressed", path: parseStorePath(path, storeDir) };
  const { method, algorithm: name } = splitMethodAlgorithm(methodAlgorithm, features);
  if (method === "text") requireFeature(features, "dynamic-derivations", "text-hashed derivation output");
  const algorithm = parseHashAlgorithm(name, features);
  if (hash === "impure") {
    requireFeature(features, "impure-derivations");
    if (path !== "") throw new Failure("impure derivation output should not specify output path", "format");
    return { type: "impure", method, algorithm };
  }
  if (hash !== "") {
    parseStorePath(path, storeDir);
    return { type: "fixed", address: { method, hash: parsePlainHash(hash, algorithm) } };
  }
  requireFeature(features, "ca-derivations");
  if (path !== "") throw new Failure("content-addressing derivation output should not specify output path", "format");
  return { type: "floating", method, algorithm };
}

function readInputNode(reader: Reader, dynamicAllowed: boolean): InputNode {
  if (!dynamicAllowed || reader.peek() === "[") return { outputs: new Set(reader.strings()), dynamic: undefined };
  if (reader.peek() !== "(") throw new Failure("invalid inputDrvs entry in derivation", "format");
  reader.expect("(");
  const node: InputNode = { outputs: new Set(reader.strings()), dynamic: undefined };
  reader.expect(",");
  reader.list(() => {
    reader.expect("(");
    const output = reader.string();
    reader.expect(",");
    (node.dynamic ??= new Map()).set(output, readInputNode(reader, true));
    reader.expect(")");
  });
  reader.expect(")");
  return node;
}

function readHeader(reader: Reader, name: string, features: Features): boolean {
  reader.expect("D");
  if (reader.peek() === "e") {
    reader.expect("erive(");
    return false;
  }
  if (reader.peek() !== "r") throw new Failure("derivation does not start with 'Derive' or 'DrvWithVersion'");
  reader.expect("rvWithVersion(");
  const version = reader.string();
  if (version !== "xp-dyn-drv") throw new Failure(`Unknown derivation ATerm format version '${version}'`, "format");
  requireFeature(features, "dynamic-derivations", `derivation '${name}', ATerm format version 'xp-dyn-drv'`);
  reader.expect(",");
  return true;
}

/** The derivation that the text of a `.drv` file describes; `name` is its store name without `.drv`. */
export function parseDerivation(text: string, name: string, storeDir: string, features: Features): Derivation {
  const reader = new Reader(text);
  const dynamicAllowed = readHeader(reader, name, features);
  const outputs = new Map<string, DerivationOutput>();
  reader.list(() => {
    reader.expect("(");
    outputs.set(reader.string(), readOutput(reader, features, storeDir));
  });
  reader.expect(",");
  const inputDerivations = new Map<string, InputNode>();
  reader.list(() => {
    reader.expect("(");
    const path = parseStorePath(reader.string(), storeDir);
    reader.expect(",");
    inputDerivations.set(path, readInputNode(reader, dynamicAllowed));
    reader.expect(")");
  });
  reader.expect(",");
  const inputSources = new Set(reader.strings().map((path) => parseStorePath(path, storeDir)));
  reader.expect(",");
  const system = reader.string();
  reader.expect(",");
  const builder = reader.string();
  reader.expect(",");
  const args = reader.strings();
  reader.expect(",");
  const env = new Map<string, string>();
  let structuredAttrs: string | undefined;
  reader.list(() => {
    reader.expect("(");
    const key = reader.string();
    reader.expect(",");
    const value = reader.string();
    if (key === "__json") structuredAttrs = normaliseStructuredAttrs(value);
    else env.set(key, value);
    reader.expect(")");
  });
  reader.expect(")");
  const common = { name, outputs, inputSources, inputDerivations, system, builder, args, env };
  return structuredAttrs === undefined ? common : { ...common, structuredAttrs };
}

/** The `__json` text as Nix writes it back after reading it; throws when it is not JSON. */
export function normaliseStructuredAttrs(text: string): string {
  try {
    const json = normaliseJson(text);
    if (json[0] !== "{")
      throw new Failure(`[json.exception.type_error.302] type must be object, but is ${typeOf(json)}`);
    return json;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(`cannot process __json attribute: ${error.message}`);
  }
}

/** The word of the JSON library for what a normalised text is. */
function typeOf(json: string): string {
  if (json[0] === "[") return "array";
  if (json[0] === '"') return "string";
  if (json === "null") return "null";
  return json === "true" || json === "false" ? "boolean" : "number";
}
