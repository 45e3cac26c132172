import { Attrs, AttrsBuilder } from "../eval/attrs.ts";
import { NixError } from "../eval/errors.ts";
import { current } from "../eval/machine.ts";
import { withContext } from "../eval/strings.ts";
import { NixString, type Builtin, type Lazy } from "../eval/values.ts";
import { builtElement, deepElement, opaqueElement, parseContextElement } from "../store/context.ts";
import { isDerivationName, isStorePath, parseStorePath } from "../store/path.ts";
import { coerce, forceBool, forceList, forceSet, forceStringValue, forceText } from "./support.ts";

interface Info {
  path: boolean;
  allOutputs: boolean;
  outputs: string[];
}

function describeContext(context: Iterable<string>): Attrs {
  const { storeDir } = current().store;
  const infos = new Map<string, Info>();
  const info = (path: string) => {
    let found = infos.get(path);
    if (found === undefined) infos.set(path, (found = { path: false, allOutputs: false, outputs: [] }));
    return found;
  };
  for (const text of [...context].sort()) {
    const element = parseContextElement(text, storeDir);
    if (element.type === "opaque") info(element.path).path = true;
    else if (element.type === "deep") info(element.drvPath).allOutputs = true;
    else if (element.drvPath.type === "opaque") info(element.drvPath.path).outputs.push(element.output);
    else throw new NixError("unsupported", "the context of a dynamic derivation's output is not supported here");
  }
  return Attrs.from(
    Array.from(infos, ([path, { path: isPath, allOutputs, outputs }]) => {
      const builder = new AttrsBuilder();
      if (allOutputs) builder.set("allOutputs", true);
      if (outputs.length > 0) builder.set("outputs", outputs.sort());
      if (isPath) builder.set("path", true);
      return [path, builder.finish()] as const;
    }),
  );
}

function addEntry(into: Set<string>, name: string, set: Attrs): void {
  const { storeDir } = current().store;
  const what = (attribute: string) => `while evaluating the \`${attribute}\` attribute of a string context`;
  const path = parseStorePath(name, storeDir);
  const isPath = set.get("path");
  if (isPath !== undefined && forceBool(isPath, what("path"))) into.add(opaqueElement(path));
  const allOutputs = set.get("allOutputs");
  if (allOutputs !== undefined && forceBool(allOutputs, what("allOutputs"))) {
    if (!isDerivationName(name))
      throw new NixError("eval", `tried to add all-outputs context of ${name}, which is not a derivation, to a string`);
    into.add(deepElement(path));
  }
  const outputs = set.get("outputs");
  if (outputs === undefined) return;
  const list = forceList(outputs, what("outputs"));
  if (list.length > 0 && !isDerivationName(name))
    throw new NixError(
      "eval",
      `tried to add derivation output context of ${name}, which is not a derivation, to a string`,
    );
  for (const output of list)
    into.add(builtElement(path, forceText(output, "while evaluating an output name within a string context")));
}

/** The text of the argument, and its context by way of `change`. */
function changing(name: string, change: (context: ReadonlySet<string>, text: string) => Set<string>): Builtin {
  return {
    name,
    args: ["s"],
    run(_, s) {
      const context = new Set<string>();
      const text = coerce(s, context, `while evaluating the argument passed to builtins.${name}`);
      return withContext(text, change(context, text));
    },
  };
}

function toDeep(context: ReadonlySet<string>, text: string): Set<string> {
  if (context.size !== 1)
    throw new NixError("eval", `context of string '${text}' must have exactly one element, but has ${context.size}`);
  const element = parseContextElement([...context][0]!, current().store.storeDir);
  if (element.type === "deep") return new Set(context);
  if (element.type === "built")
    throw new NixError(
      "eval",
      `\`addDrvOutputDependencies\` can only act on derivations, not on a derivation output such as '${element.output}'`,
    );
  if (!isDerivationName(element.path)) throw new NixError("eval", `path '${element.path}' is not a derivation`);
  return new Set([deepElement(element.path)]);
}

const contextOf = (lazy: Lazy, name: string): readonly string[] => {
  const value = forceStringValue(lazy, `while evaluating the argument passed to builtins.${name}`);
  return value instanceof NixString ? value.context : [];
};

/** What strings refer to. */
export const contextBuiltins: readonly Builtin[] = [
  changing("unsafeDiscardStringContext", () => new Set()),
  changing(
    "unsafeDiscardOutputDependency",
    (context) => new Set(Array.from(context, (element) => (element[0] === "=" ? element.slice(1) : element))),
  ),
  changing("addDrvOutputDependencies", toDeep),
  { name: "hasContext", args: ["s"], run: (_, s) => contextOf(s, "hasContext").length > 0 },
  { name: "getContext", args: ["s"], run: (_, s) => describeContext(contextOf(s, "getContext")) },
  {
    name: "appendContext",
    args: ["s", "context"],
    run(_, s, added) {
      const value = forceStringValue(s, "while evaluating the first argument passed to builtins.appendContext");
      const set = forceSet(added, "while evaluating the second argument passed to builtins.appendContext");
      const context = new Set(value instanceof NixString ? value.context : []);
      for (const [name, entry] of set.entries()) {
        if (!isStorePath(name, current().store.storeDir))
          throw new NixError("eval", `context key '${name}' is not a store path`, set.placeOf(name));
        addEntry(context, name, forceSet(entry, "while evaluating the value of a string context"));
      }
      return withContext(value instanceof NixString ? value.text : value, context);
    },
  },
];
