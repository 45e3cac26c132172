import { NixError } from "../eval/errors.ts";
import { current } from "../eval/machine.ts";
import { NixString, type Builtin } from "../eval/values.ts";
import { parseContextElement, printContextElement, type BuiltElement, type DerivedPath } from "../store/context.ts";
import { outputPath } from "../store/derivation.ts";
import type { MemoryStore } from "../store/memory-store.ts";
import { downstreamPlaceholder } from "../store/placeholder.ts";
import { forceStringValue, forceText } from "./support.ts";

/** What stands for an output in texts: its path, or a placeholder as long as only a build can tell the path. */
function textOf(element: BuiltElement, store: MemoryStore): string {
  const { drvPath, output } = element;
  const derivation = drvPath.type === "opaque" ? store.derivation(drvPath.path) : undefined;
  const known = derivation?.outputs.get(output);
  const path = derivation && known && outputPath(derivation, output, known, store.storeDir);
  return path ?? downstreamPlaceholder(element, store.features);
}

/** The one store object that a string refers to, and which the string's text must be. */
function derivedPathOf(value: string | NixString, store: MemoryStore): DerivedPath {
  const text = typeof value === "string" ? value : value.text;
  const context = typeof value === "string" ? [] : [...value.context];
  if (context.length !== 1)
    throw new NixError(
      "eval",
      `string '${text}' has ${context.length} entries in its context. It should only have exactly one entry`,
    );
  const element = parseContextElement(context[0]!, store.storeDir);
  if (element.type === "deep")
    throw new NixError(
      "eval",
      `string '${text}' has a context which refers to a complete source and binary closure. ` +
        "This is not supported at this time",
    );
  const expected = element.type === "opaque" ? element.path : textOf(element, store);
  if (text === expected) return element;
  const drvPath = element.type === "built" && element.drvPath.type === "opaque" ? element.drvPath.path : "";
  throw new NixError(
    "eval",
    element.type === "opaque"
      ? `path string '${text}' has context with the different path '${expected}'`
      : `string '${text}' has context with the output '${element.output}' from derivation '${drvPath}', but the string ` +
          `is not the right placeholder for this derivation output. It should be '${expected}'`,
  );
}

/** Outputs of derivations that are themselves outputs. */
export const outputBuiltins: readonly Builtin[] = [
  {
    name: "outputOf",
    args: ["derivation-reference", "output-name"],
    feature: "dynamic-derivations",
    run(_, reference, output) {
      const { store } = current();
      const value = forceStringValue(reference, "while evaluating the first argument to builtins.outputOf");
      let drvPath: DerivedPath;
      try {
        drvPath = derivedPathOf(value, store);
      } catch (error) {
        if (error instanceof NixError) error.trace("while evaluating the first argument to builtins.outputOf");
        throw error;
      }
      const name = forceText(output, "while evaluating the second argument to builtins.outputOf");
      const element: BuiltElement = { type: "built", drvPath, output: name };
      return new NixString(textOf(element, store), [printContextElement(element)]);
    },
  },
];
