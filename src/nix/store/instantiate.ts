import { sortBytes } from "../text/bytes.ts";
import { Failure, requireFeature, type Features } from "../text/failure.ts";
import { makeFixedOutputPath, parseContentAddressMethod, type ContentAddressMethod } from "./content-address.ts";
import { builtElement, type DerivedPath } from "./context.ts";
import {
  fillEnd,
  outputPath,
  printEnd,
  type Derivation,
  type DerivationEnd,
  type DerivationOutput,
  type InputNode,
} from "./derivation.ts";
import { parseHashAllowEmpty, type HashAlgorithm } from "./hash.ts";
import type { MemoryStore } from "./memory-store.ts";
import { hashModulo } from "./modulo.ts";
import { checkStoreName, isDerivationName, makeOutputPath } from "./path.ts";
import { downstreamPlaceholder, outputPlaceholder } from "./placeholder.ts";

/** The attributes of `derivationStrict`, already coerced to texts. All texts are byte strings. */
export interface DerivationRequest {
  readonly name: string;
  readonly system: string;
  readonly builder: string;
  readonly args: readonly string[];
  /**
   * Every attribute that goes to the builder's environment; empty when the attributes are structured. The derivation
   * takes it over and adds its outputs.
   */
  readonly env: Map<string, string>;
  /** The JSON text of all attributes, when `__structuredAttrs` is true or `__json` is given. */
  readonly structuredAttrs?: string;
  readonly outputs: ReadonlySet<string>;
  readonly outputHash?: string;
  readonly outputHashAlgorithm?: HashAlgorithm;
  readonly outputHashMode?: ContentAddressMethod;
  readonly contentAddressed?: boolean;
  readonly impure?: boolean;
  /** Everything that any of the texts refers to, in the string form of `context.ts`. */
  readonly context: Iterable<string>;
}

/** A derivation in the store by its path. Each output has the text that stands for it and the one element of its context. */
export interface Instantiated {
  readonly drvPath: string;
  readonly outputs: ReadonlyMap<string, { readonly text: string; readonly element: string }>;
}

/** Throws unless a derivation may have this name. */
export function checkDerivationName(name: string): void {
  try {
    checkStoreName(name);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(`invalid derivation name: ${error.message}. Please pass a different 'name'.`, "eval");
  }
}

/** The set of the names in `outputs`; throws when Nix refuses them. */
export function checkOutputNames(names: Iterable<string>): Set<string> {
  const outputs = new Set<string>();
  for (const name of names) {
    if (outputs.has(name)) throw new Failure(`duplicate derivation output '${name}'`, "eval");
    if (name === "drvPath") throw new Failure("invalid derivation output name 'drvPath'", "eval");
    outputs.add(name);
  }
  if (outputs.size === 0) throw new Failure("derivation cannot have an empty set of outputs", "eval");
  return outputs;
}

/** The method that the text of `outputHashMode` names; throws on another text or when its feature is off. */
export function parseOutputHashMode(mode: string, derivationName: string, features: Features): ContentAddressMethod {
  const method = parseContentAddressMethod(mode);
  if (!method) throw new Failure(`invalid value '${mode}' for 'outputHashMode' attribute`, "eval");
  if (method === "text")
    requireFeature(
      features,
      "dynamic-derivations",
      `text-hashed derivation '${derivationName}', outputHashMode = "text"`,
    );
  if (method === "git") requireFeature(features, "git-hashing");
  return method;
}

const deferred: DerivationOutput = { type: "deferred" };

/** Makes the derivation, computes its outputs' paths and adds it to the store: the heart of `derivationStrict`. */
export function instantiate(request: DerivationRequest, store: MemoryStore): Instantiated {
  checkDerivationName(request.name);
  const derivation: Derivation = {
    name: request.name,
    outputs: new Map(),
    ...collectInputs(request.context, store),
    system: request.system,
    builder: request.builder,
    args: request.args,
    env: request.env,
    ...(request.structuredAttrs === undefined ? {} : { structuredAttrs: request.structuredAttrs }),
  };
  checkRequest(request);
  for (const name of sortBytes([...request.outputs])) {
    derivation.env.set(name, "");
    derivation.outputs.set(name, deferred);
  }
  const end = printEnd(derivation);
  if (request.outputHash !== undefined) fixOutput(derivation, request, request.outputHash, store);
  else if (request.contentAddressed || request.impure) floatOutputs(derivation, request);
  else addressOutputsByInput(derivation, request, end, store);

  const drvPath = store.addDerivation(derivation, fillEnd(end, derivation.env));
  const outputs = new Map<string, { text: string; element: string }>();
  request.outputs.forEach((name) => {
    const output = derivation.outputs.get(name)!;
    const text =
      outputPath(derivation, name, output, store.storeDir) ??
      downstreamPlaceholder(
        { type: "built", drvPath: { type: "opaque", path: drvPath }, output: name },
        store.features,
      );
    outputs.set(name, { text, element: builtElement(drvPath, name) });
  });
  return { drvPath, outputs };
}

function checkRequest({ name, builder, system, outputs, outputHashMode }: DerivationRequest): void {
  if (builder === "") throw new Failure("required attribute 'builder' missing", "eval");
  if (system === "") throw new Failure("required attribute 'system' missing", "eval");
  if (isDerivationName(name) && !(outputHashMode === "text" && outputs.size === 1 && outputs.has("out")))
    throw new Failure(
      "derivation names are allowed to end in '.drv' only if they produce a single derivation file",
      "eval",
    );
}

type Inputs = Pick<Derivation, "inputSources" | "inputDerivations">;

function collectInputs(context: Iterable<string>, store: MemoryStore): Inputs {
  const inputs: Inputs = { inputSources: new Set(), inputDerivations: new Map() };
  for (const text of sortBytes([...context])) {
    const element = store.contextElement(text);
    if (element.type === "opaque") inputs.inputSources.add(element.path);
    else if (element.type === "built") nodeFor(inputs, element.drvPath).outputs.add(element.output);
    else addWholeClosure(inputs, element.drvPath, store);
  }
  return inputs;
}

function nodeFor(inputs: Inputs, path: DerivedPath): InputNode {
  const [nodes, key] =
    path.type === "opaque"
      ? [inputs.inputDerivations, path.path]
      : [(nodeFor(inputs, path.drvPath).dynamic ??= new Map()), path.output];
  let node = nodes.get(key);
  if (!node) nodes.set(key, (node = { outputs: new Set(), dynamic: undefined }));
  return node;
}

/** The builder may walk all that such a derivation refers to, so every output of every derivation in it is needed. */
function addWholeClosure(inputs: Inputs, drvPath: string, store: MemoryStore): void {
  for (const path of store.closure(drvPath)) {
    inputs.inputSources.add(path);
    const derivation = isDerivationName(path) ? store.derivation(path) : undefined;
    if (!derivation) continue;
    const node = nodeFor(inputs, { type: "opaque", path });
    for (const output of derivation.outputs.keys()) node.outputs.add(output);
  }
}

function fixOutput(derivation: Derivation, request: DerivationRequest, text: string, store: MemoryStore): void {
  if (request.outputs.size !== 1 || !request.outputs.has("out"))
    throw new Failure("multiple outputs are not supported in fixed-output derivations", "eval");
  const hash = parseHashAllowEmpty(text, request.outputHashAlgorithm, store.features, store.warn);
  const address = { method: request.outputHashMode ?? "flat", hash } as const;
  derivation.env.set("out", makeFixedOutputPath(request.name, address, store.storeDir));
  derivation.outputs.set("out", { type: "fixed", address });
}

function floatOutputs(derivation: Derivation, request: DerivationRequest): void {
  if (request.contentAddressed && request.impure)
    throw new Failure("derivation cannot be both content-addressed and impure", "eval");
  const output: DerivationOutput = {
    type: request.impure ? "impure" : "floating",
    method: request.outputHashMode ?? "nar",
    algorithm: request.outputHashAlgorithm ?? "sha256",
  };
  for (const name of request.outputs) {
    derivation.env.set(name, outputPlaceholder(name));
    derivation.outputs.set(name, output);
  }
}

function addressOutputsByInput(
  derivation: Derivation,
  request: DerivationRequest,
  end: DerivationEnd,
  store: MemoryStore,
): void {
  const { hash, deferred } = hashModulo(derivation, true, fillEnd(end), store.storeDir, store.modulo);
  if (deferred) return;
  request.outputs.forEach((name) => {
    const path = makeOutputPath(name, hash, request.name, store.storeDir);
    derivation.env.set(name, path);
    derivation.outputs.set(name, { type: "input-addressed", path });
  });
}
