import { compareBytes } from "../text/bytes.ts";
import { printJsonObject, printJsonString } from "../text/json.ts";
import { sortedKeys, type Derivation, type DerivationOutput, type InputNode } from "./derivation.ts";
import { printHash } from "./hash.ts";
import { baseNameOfStorePath } from "./path.ts";

// Version 4 of Nix's "derivation JSON", which `nix derivation show` of Nix 2.34 prints.

/** The JSON text of one derivation, in one line. Store paths are written without the store's folder. */
function derivationJson(derivation: Derivation): string {
  const members = new Map([
    ["name", printJsonString(derivation.name)],
    ["version", "4"],
    ["outputs", object(derivation.outputs, outputJson)],
    ["inputs", inputsJson(derivation)],
    ["system", printJsonString(derivation.system)],
    ["builder", printJsonString(derivation.builder)],
    ["args", list(derivation.args)],
    ["env", object(derivation.env, printJsonString)],
  ]);
  if (derivation.structuredAttrs !== undefined) members.set("structuredAttrs", derivation.structuredAttrs);
  return printJsonObject(members);
}

/** The JSON text that `nix derivation show` prints for some derivations by their paths, in one line. */
export function derivationShowJson(derivations: ReadonlyMap<string, Derivation>): string {
  const shown = sortedKeys(derivations).map(
    (path) => [baseNameOfStorePath(path), derivationJson(derivations.get(path)!)] as const,
  );
  return printJsonObject(
    new Map([
      ["derivations", printJsonObject(new Map(shown))],
      ["version", "4"],
    ]),
  );
}

function object<Value>(map: ReadonlyMap<string, Value>, print: (value: Value) => string): string {
  return printJsonObject(new Map(Array.from(map, ([name, value]) => [name, print(value)])));
}

const list = (texts: readonly string[]) => `[${texts.map(printJsonString).join(",")}]`;

function outputJson(output: DerivationOutput): string {
  const texts: Record<string, string> =
    output.type === "input-addressed"
      ? { path: baseNameOfStorePath(output.path) }
      : output.type === "fixed"
        ? { method: output.address.method, hash: printHash(output.address.hash, "sri") }
        : output.type === "deferred"
          ? {}
          : { method: output.method, hashAlgo: output.algorithm };
  const members = new Map(Object.entries(texts).map(([name, text]) => [name, printJsonString(text)]));
  if (output.type === "impure") members.set("impure", "true");
  return printJsonObject(members);
}

function inputsJson({ inputSources, inputDerivations }: Derivation): string {
  const sources = [...inputSources].sort(compareBytes).map(baseNameOfStorePath);
  const derivations = Array.from(inputDerivations, ([path, node]) => [path, node] as const);
  const byBaseName = new Map(derivations.map(([path, node]) => [baseNameOfStorePath(path), nodeJson(node)]));
  return printJsonObject(
    new Map([
      ["srcs", list(sources)],
      ["drvs", printJsonObject(byBaseName)],
    ]),
  );
}

function nodeJson(node: InputNode): string {
  return printJsonObject(
    new Map([
      ["outputs", list([...node.outputs].sort(compareBytes))],
      ["dynamicOutputs", object(node.dynamic ?? new Map<string, InputNode>(), nodeJson)],
    ]),
  );
}
