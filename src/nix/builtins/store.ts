import { call2, nowhere } from "../eval/call.ts";
import { NixError } from "../eval/errors.ts";
import { asNixError } from "../eval/failures.ts";
import { current } from "../eval/machine.ts";
import { baseName } from "../eval/store-paths.ts";
import { withContext } from "../eval/strings.ts";
import { NixString, type Builtin, type Lazy, type Value } from "../eval/values.ts";
import { makeFixedOutputPath, type ContentAddressMethod } from "../store/content-address.ts";
import { opaqueElement, parseContextElement } from "../store/context.ts";
import { parseHashAllowEmpty, type Hash } from "../store/hash.ts";
import { isStorePath, splitStorePath } from "../store/path.ts";
import { coerceToPath, refuseBuilds } from "./paths.ts";
import { argument, forceBool, forceFunction, forceSet, forceStringValue, forceText } from "./support.ts";

function storeString(path: string, text = path): NixString {
  return new NixString(text, [opaqueElement(path)]);
}

interface Added {
  readonly name: string;
  readonly path: string;
  readonly filter: Value | undefined;
  readonly method: ContentAddressMethod;
  readonly expected: Hash | undefined;
}

function addPath({ name, path, filter, method, expected }: Added): Value {
  const { files, store } = current();
  try {
    const what = "while evaluating the return value of the path filter function";
    const keep =
      filter === undefined
        ? undefined
        : (child: string, type: string) => forceBool(call2(filter, child, type, nowhere), what);
    const expectedPath = expected && makeFixedOutputPath(name, { method, hash: expected }, store.storeDir);
    if (expectedPath !== undefined && store.tree(expectedPath) !== undefined) return storeString(expectedPath);
    const added = store.addTree(name, files.tree(files.resolve(path, "full"), keep), method);
    if (expectedPath !== undefined && added !== expectedPath)
      throw new NixError("eval", `store path mismatch in (possibly filtered) path added from '${path}'`);
    return storeString(added);
  } catch (caught) {
    const error = asNixError(caught);
    if (error instanceof NixError) error.trace(`while adding path '${path}'`);
    throw error;
  }
}

function pathBuiltin(lazy: Lazy): Value {
  const set = forceSet(lazy, "while evaluating the argument passed to 'builtins.path'");
  const { store } = current();
  const what = (name: string) => `while evaluating the \`${name}\` attribute passed to builtins.path`;
  const context = new Set<string>();
  let path: string | undefined;
  let name = "";
  let filter: Value | undefined;
  let method: ContentAddressMethod = "nar";
  let expected: Hash | undefined;
  for (const [key, value] of set.entries()) {
    switch (key) {
      case "path":
        path = coerceToPath(value, context, "while evaluating the 'path' attribute passed to 'builtins.path'");
        break;
      case "name":
        name = forceText(value, what("name"));
        break;
      case "filter":
        filter = forceFunction(value, "while evaluating the `filter` parameter passed to builtins.path");
        break;
      case "recursive":
        method = forceBool(value, what("recursive")) ? "nar" : "flat";
        break;
      case "sha256":
        expected = parseHashAllowEmpty(forceText(value, what("sha256")), "sha256", store.features, store.warn);
        break;
      default:
        throw new NixError("eval", `unsupported argument '${key}' to 'builtins.path'`, set.placeOf(key));
    }
  }
  if (path === undefined)
    throw new NixError("eval", "missing required 'path' attribute in the first argument to 'builtins.path'");
  refuseBuilds(context);
  return addPath({ name: name === "" ? baseName(path) : name, path, filter, method, expected });
}

function toFile(nameArg: Lazy, contentsArg: Lazy): Value {
  const name = forceText(nameArg, argument("first", "toFile"));
  const contents = forceStringValue(contentsArg, argument("second", "toFile"));
  const { store } = current();
  const references: string[] = [];
  for (const text of contents instanceof NixString ? [...contents.context].sort() : []) {
    const element = parseContextElement(text, store.storeDir);
    if (element.type !== "opaque") {
      const shown = text.replaceAll(`${store.storeDir}/`, "");
      throw new NixError(
        "eval",
        `files created by builtins.toFile may not reference derivations, but ${name} references ${shown}`,
      );
    }
    references.push(element.path);
  }
  return storeString(store.addText(name, contents instanceof NixString ? contents.text : contents, references));
}

/** What is put into the store. */
export const storeBuiltins: readonly Builtin[] = [
  {
    name: "filterSource",
    args: ["e1", "e2"],
    run(_, e1, e2) {
      const what = "while evaluating the second argument (the path to filter) passed to 'builtins.filterSource'";
      const context = new Set<string>();
      const path = coerceToPath(e2, context, what);
      const filter = forceFunction(e1, argument("first", "filterSource"));
      refuseBuilds(context);
      return addPath({ name: baseName(path), path, filter, method: "nar", expected: undefined });
    },
  },
  { name: "path", args: ["args"], run: (_, args) => pathBuiltin(args) },
  {
    name: "storePath",
    args: ["path"],
    run(_, lazy) {
      const { settings, store, files } = current();
      if (settings.pure) throw new NixError("eval", "'builtins.storePath' is not allowed in pure evaluation mode");
      const context = new Set<string>();
      let path = coerceToPath(lazy, context, "while evaluating the first argument passed to 'builtins.storePath'");
      if (!isStorePath(path, store.storeDir)) path = files.resolve(path, "full");
      if (!path.startsWith(`${store.storeDir}/`)) throw new NixError("eval", `path '${path}' is not in the Nix store`);
      context.add(opaqueElement(splitStorePath(path, store.storeDir).storePath));
      return withContext(path, context);
    },
  },
  { name: "toFile", args: ["name", "s"], run: (_, name, s) => toFile(name, s) },
];
