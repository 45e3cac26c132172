import { sortBytes } from "../text/bytes.ts";
import { Failure } from "../text/failure.ts";
import { encodeBase16 } from "./base.ts";
import {
  makeFixedOutputPath,
  printMethodAlgorithm,
  type ContentAddress,
  type ContentAddressMethod,
} from "./content-address.ts";
import type { HashAlgorithm } from "./hash.ts";
import { outputPathName } from "./path.ts";

/** How an output gets its path. `deferred` is input-addressed on top of inputs whose own paths are not known yet. */
export type DerivationOutput =
  | { readonly type: "input-addressed"; readonly path: string }
  | { readonly type: "fixed"; readonly address: ContentAddress }
  | { readonly type: "floating"; readonly method: ContentAddressMethod; readonly algorithm: HashAlgorithm }
  | { readonly type: "impure"; readonly method: ContentAddressMethod; readonly algorithm: HashAlgorithm }
  | { readonly type: "deferred" };

/** Which outputs of an input derivation are used, and outputs of derivations that these outputs themselves are. */
export interface InputNode {
  readonly outputs: Set<string>;
  dynamic: Map<string, InputNode> | undefined;
}

/** A store derivation. All texts are byte strings, all store paths full paths. */
export interface Derivation {
  readonly name: string;
  readonly outputs: Map<string, DerivationOutput>;
  readonly inputSources: Set<string>;
  readonly inputDerivations: Map<string, InputNode>;
  readonly system: string;
  readonly builder: string;
  readonly args: readonly string[];
  readonly env: Map<string, string>;
  /** The JSON text of structured attributes, which Nix keeps in the environment under `__json`. */
  readonly structuredAttrs?: string;
}

/** The kind of a whole derivation, which all its outputs share. */
export type DerivationKind = "input-addressed" | "deferred" | "fixed" | "floating" | "impure";

/** The kind of the outputs; throws when they do not go together. */
export function derivationKind(derivation: Derivation): DerivationKind {
  let kind: DerivationKind | undefined;
  let algorithm: HashAlgorithm | undefined;
  for (const [name, output] of derivation.outputs) {
    if (kind !== undefined && kind !== output.type) throw new Failure("can't mix derivation output types");
    if (kind === "fixed") throw new Failure("only one fixed output is allowed for now");
    kind = output.type;
    if (output.type === "fixed" && name !== "out") throw new Failure('single fixed output must be named "out"');
    if (output.type !== "floating") continue;
    if (algorithm !== undefined && algorithm !== output.algorithm)
      throw new Failure("all floating outputs must use the same hash algorithm");
    algorithm = output.algorithm;
  }
  if (kind === undefined) throw new Failure("must have at least one output");
  return kind;
}

/** The store path of an output, or `undefined` as long as only a build can tell. */
export function outputPath(
  derivation: Pick<Derivation, "name">,
  name: string,
  output: DerivationOutput,
  storeDir: string,
): string | undefined {
  if (output.type === "input-addressed") return output.path;
  if (output.type === "fixed")
    return makeFixedOutputPath(outputPathName(derivation.name, name), output.address, storeDir);
  return undefined;
}

/** Keys in the order of their bytes, as C++ maps keep them. */
export function sortedKeys(map: ReadonlyMap<string, unknown>): string[] {
  // Not by an iterator: code that has not run often pays for an object at each of its steps.
  const keys: string[] = [];
  map.forEach((_, key) => keys.push(key));
  return sortBytes(keys);
}

const needsEscape = /["\\\n\r\t]/;
const escapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A text as it stands in ATerm's quotes: only quotes, backslashes, newlines, carriage returns and tabs are escaped. */
function escape(text: string): string {
  if (!needsEscape.test(text)) return text;
  return text.replace(/["\\\n\r\t]/g, (character) => escapes[character] ?? `\\${character}`);
}

function plainList(texts: ReadonlySet<string>): string {
  if (texts.size === 0) return "[]";
  return `["${sortBytes([...texts]).join('","')}"]`;
}

function printInputs(nodes: ReadonlyMap<string, InputNode>): string {
  let text = "";
  for (const key of sortedKeys(nodes)) text += `${text === "" ? "" : ","}("${key}",${printInputNode(nodes.get(key)!)})`;
  return text;
}

function printInputNode(node: InputNode): string {
  if (node.dynamic === undefined) return plainList(node.outputs);
  return `(${plainList(node.outputs)},[${printInputs(node.dynamic)}])`;
}

function printOutput(derivation: Derivation, name: string, output: DerivationOutput, printing: Printing): string {
  const path = printing.mask ? "" : (outputPath(derivation, name, output, printing.storeDir) ?? "");
  let method = "";
  let hash = "";
  if (output.type === "fixed") {
    method = printMethodAlgorithm(output.address.method, output.address.hash.algorithm);
    hash = encodeBase16(output.address.hash.bytes);
  } else if (output.type === "floating" || output.type === "impure") {
    method = printMethodAlgorithm(output.method, output.algorithm);
    if (output.type === "impure") hash = "impure";
  }
  return `("${name}","${path}","${method}","${hash}")`;
}

interface Printing {
  readonly storeDir: string;
  /** Leaves out the outputs' own paths, in the outputs and in the environment. */
  readonly mask?: boolean;
  /** Stands for the input derivations: outputs by hash modulo instead of by path. */
  readonly inputs?: ReadonlyMap<string, InputNode>;
  /** The end of the text, where a caller has it already. */
  readonly end?: string;
}

/** The ATerm text of a derivation: what a `.drv` file holds and what its path is the hash of. */
export function printDerivation(derivation: Derivation, printing: Printing): string {
  let dynamic = false;
  for (const node of derivation.inputDerivations.values()) dynamic ||= node.dynamic !== undefined;
  let outputs = "";
  for (const name of sortedKeys(derivation.outputs))
    outputs += (outputs === "" ? "" : ",") + printOutput(derivation, name, derivation.outputs.get(name)!, printing);
  return (
    `${dynamic ? 'DrvWithVersion("xp-dyn-drv",' : "Derive("}[${outputs}],[${printInputs(printing.inputs ?? derivation.inputDerivations)}]` +
    (printing.end ?? fillEnd(printEnd(derivation), printing.mask === true ? undefined : derivation.env))
  );
}

/**
 * The end of a derivation's text, from its sources on. Behind each piece but the last stands, in quotes, the value of the
 * variable with that output's path: a derivation is hashed without these paths, and then with them.
 */
export interface DerivationEnd {
  readonly pieces: readonly string[];
  readonly outputs: readonly string[];
}

export function printEnd({
  args,
  builder,
  env,
  inputSources,
  outputs,
  structuredAttrs,
  system,
}: Derivation): DerivationEnd {
  if (env.has("__json"))
    throw new Failure(
      "Cannot have an environment variable named '__json'. " + "This key is reserved for encoding structured attrs",
    );
  const keys = sortedKeys(env);
  if (structuredAttrs !== undefined) {
    keys.push("__json");
    sortBytes(keys);
  }
  const pieces: string[] = [];
  const names: string[] = [];
  const quotedArgs = args.map((arg) => `"${escape(arg)}"`).join(",");
  let parts = [`,${plainList(inputSources)},"${system}","${escape(builder)}",[${quotedArgs}],[`];
  for (let i = 0; i < keys.length; i++) {
    const name = keys[i]!;
    parts.push(i === 0 ? '("' : ',("', escape(name), '","');
    if (outputs.has(name)) {
      pieces.push(parts.join(""));
      names.push(name);
      parts = ['")'];
    } else parts.push(escape(env.get(name) ?? structuredAttrs ?? ""), '")');
  }
  parts.push("])");
  pieces.push(parts.join(""));
  return { pieces, outputs: names };
}

/** The text of an end with the outputs' variables as `env` has them, or empty. */
export function fillEnd({ pieces, outputs }: DerivationEnd, env?: ReadonlyMap<string, string>): string {
  let text = pieces[0]!;
  outputs.forEach((name, index) => (text += escape(env?.get(name) ?? "") + pieces[index + 1]!));
  return text;
}
