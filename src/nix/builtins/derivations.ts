import { Attrs } from "../eval/attrs.ts";
import { shapeOf } from "../eval/shape.ts";
import { NixError } from "../eval/errors.ts";
import { asNixError } from "../eval/failures.ts";
import { toJson } from "../eval/json.ts";
import { current } from "../eval/machine.ts";
import { guillemets, printOrigin } from "../eval/print.ts";
import { force, NixString, type Builtin, type Lazy, type Value } from "../eval/values.ts";
import { deepElement } from "../store/context.ts";
import type { ContentAddressMethod } from "../store/content-address.ts";
import { findHashAlgorithm, type HashAlgorithm } from "../store/hash.ts";
import {
  checkDerivationName,
  checkOutputNames,
  instantiate,
  parseOutputHashMode,
  type DerivationRequest,
} from "../store/instantiate.ts";
import { normaliseStructuredAttrs } from "../store/derivation-parse.ts";
import { outputPlaceholder } from "../store/placeholder.ts";
import { printJsonObject } from "../text/json.ts";
import type { Place } from "../syntax/source.ts";
import { requireFeature, type Features } from "../text/failure.ts";
import { exact } from "../text/lists.ts";
import { coerce, forceBool, forceList, forceSet, forceText, requiredAttr, forceStringValue } from "./support.ts";

/** Attributes that structured ones keep elsewhere. */
const checksOfOutputs = new Set([
  "allowedReferences",
  "allowedRequisites",
  "disallowedReferences",
  "disallowedRequisites",
  "maxSize",
  "maxClosureSize",
]);

const hashKeys = new Set(["outputHash", "outputHashAlgo", "outputHashMode"]);

/** The names of a text of outputs. Most often that is the text that was met before. */
function outputsIn(text: string): ReadonlySet<string> {
  if (text !== lastOutputs.text)
    lastOutputs = { text, names: checkOutputNames(text.split(/[ \t\n\r]+/).filter((word) => word !== "")) };
  return lastOutputs.names;
}
let lastOutputs: { text: string; names: ReadonlySet<string> } = { text: "out", names: new Set(["out"]) };

/** What is collected from the attributes of `derivationStrict`, one after the other. */
class Request {
  private readonly name: string;
  private readonly structured: Map<string, string> | undefined;
  private readonly features: Features;
  private readonly warn: (message: string) => void;
  private readonly context = new Set<string>();
  private readonly env = new Map<string, string>();
  private readonly args: string[] = [];
  private builder = "";
  private system = "";
  private outputs: ReadonlySet<string> = new Set(["out"]);
  private json: string | undefined;
  private hash: string | undefined;
  private algorithm: HashAlgorithm | undefined;
  private mode: ContentAddressMethod | undefined;
  private contentAddressed = false;
  private impure = false;

  constructor(name: string, structured: boolean, features: Features, warn: (message: string) => void) {
    this.name = name;
    this.warn = warn;
    this.structured = structured ? new Map() : undefined;
    this.features = features;
  }

  add(key: string, value: Lazy): void {
    switch (key) {
      case "__contentAddressed":
        this.contentAddressed = forceBool(value, "") || this.contentAddressed;
        if (this.contentAddressed) requireFeature(this.features, "ca-derivations");
        return;
      case "__impure":
        this.impure = forceBool(value, "") || this.impure;
        if (this.impure) requireFeature(this.features, "impure-derivations");
        return;
      case "args": {
        const what = "while evaluating an element of the argument list";
        for (const item of forceList(value, "")) this.args.push(coerce(item, this.context, what, true));
        return;
      }
    }
    if (this.structured === undefined) this.addText(key, coerce(value, this.context, "", true));
    else if (key !== "__structuredAttrs") this.addStructured(this.structured, key, value);
  }

  private addText(key: string, text: string): void {
    if (key === "__json") {
      this.warn(
        `In derivation '${this.name}': setting structured attributes via '__json' is deprecated, and may be ` +
          "disallowed in future versions of Nix. Set '__structuredAttrs = true' instead.",
      );
      this.json = normaliseStructuredAttrs(text);
      return;
    }
    this.env.set(key, text);
    switch (key) {
      case "builder":
        this.builder = text;
        break;
      case "system":
        this.system = text;
        break;
      case "outputs":
        this.outputs = outputsIn(text);
        break;
      default:
        if (hashKeys.has(key)) this.addHash(key, text);
    }
  }

  private addStructured(structured: Map<string, string>, key: string, value: Lazy): void {
    structured.set(key, toJson(value, this.context));
    switch (key) {
      case "builder":
        this.builder = forceWithContext(value, this.context);
        break;
      case "system":
        this.system = forceText(value, "");
        break;
      case "outputs":
        this.outputs = checkOutputNames(forceList(value, "").map((item) => forceText(item, "")));
        break;
      default:
        if (hashKeys.has(key)) this.addHash(key, forceText(value, ""));
        if (checksOfOutputs.has(key))
          this.warn(
            `In a derivation named '${this.name}', 'structuredAttrs' disables the effect of the derivation attribute ` +
              `'${key}'; use 'outputChecks.<output>.${key}' instead`,
          );
    }
  }

  private addHash(key: string, text: string): void {
    if (key === "outputHash") this.hash = text;
    else if (key === "outputHashAlgo") this.algorithm = findHashAlgorithm(text, this.features);
    else this.mode = parseOutputHashMode(text, this.name, this.features);
  }

  finish(): DerivationRequest {
    const structuredAttrs = this.structured === undefined ? this.json : printJsonObject(this.structured);
    return {
      name: this.name,
      system: this.system,
      builder: this.builder,
      args: this.args,
      env: this.env,
      outputs: this.outputs,
      context: this.context,
      contentAddressed: this.contentAddressed,
      impure: this.impure,
      ...(structuredAttrs === undefined ? {} : { structuredAttrs }),
      ...(this.hash === undefined ? {} : { outputHash: this.hash }),
      ...(this.algorithm === undefined ? {} : { outputHashAlgorithm: this.algorithm }),
      ...(this.mode === undefined ? {} : { outputHashMode: this.mode }),
    };
  }
}

function forceWithContext(lazy: Lazy, into: Set<string>): string {
  const value = forceStringValue(lazy, "");
  if (typeof value === "string") return value;
  for (const element of value.context) into.add(element);
  return value.text;
}

function flag(set: Attrs, name: string): boolean {
  const value = set.get(name);
  const what = `while evaluating the \`${name}\` attribute passed to builtins.derivationStrict`;
  return value !== undefined && forceBool(value, what);
}

function instantiateSet(name: string, set: Attrs): Value {
  checkDerivationName(name);
  const { store } = current();
  const request = new Request(name, flag(set, "__structuredAttrs"), store.features, store.warn);
  const ignoreNulls = flag(set, "__ignoreNulls");
  set.forEach((key, value) => {
    if (key === "__ignoreNulls") return;
    try {
      if (ignoreNulls && force(value) === null) return;
      request.add(key, value);
    } catch (caught) {
      const error = asNixError(caught);
      if (error instanceof NixError)
        error.trace(`while evaluating attribute '${key}' of derivation '${name}'`, set.placeOf(key));
      throw error;
    }
  });
  const { drvPath, outputs } = instantiate(request.finish(), store);
  const names = ["drvPath"];
  const paths: Lazy[] = [new NixString(drvPath, [deepElement(drvPath)])];
  outputs.forEach(({ text, element }, output) => {
    names.push(output);
    paths.push(new NixString(text, [element]));
  });
  return new Attrs(shapeOf(names), exact(paths));
}

function showPlace(place: Place | undefined): string {
  if (place === undefined) return guillemets("none");
  const { line, column } = place.source.at(place.offset);
  return `${printOrigin(place.source)}:${line}:${column}`;
}

/** Derivations. */
export const derivationBuiltins: readonly Builtin[] = [
  {
    name: "derivationStrict",
    args: ["set"],
    run(_, lazy) {
      const set = forceSet(lazy, "while evaluating the argument passed to builtins.derivationStrict");
      const attribute = requiredAttr(set, "name", "in the attrset passed as argument to builtins.derivationStrict");
      let name: string;
      try {
        name = forceText(attribute, "while evaluating the `name` attribute passed to builtins.derivationStrict");
      } catch (error) {
        if (error instanceof NixError)
          error.trace("while evaluating the derivation attribute 'name'", set.placeOf("name"));
        throw error;
      }
      try {
        return instantiateSet(name, set);
      } catch (caught) {
        const error = asNixError(caught);
        if (error instanceof NixError) {
          const where = showPlace(set.placeOf("name"));
          error.trace(
            `while evaluating derivation '${name}'\n  whose name attribute is located at ${where}`,
            undefined,
            true,
          );
        }
        throw error;
      }
    },
  },
  {
    name: "placeholder",
    args: ["output"],
    run: (_, output) =>
      outputPlaceholder(forceText(output, "while evaluating the first argument passed to builtins.placeholder")),
  },
];
