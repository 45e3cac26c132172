import { Attrs, AttrsBuilder } from "../eval/attrs.ts";
import { NixError } from "../eval/errors.ts";
import { current } from "../eval/machine.ts";
import { withContext } from "../eval/strings.ts";
import { force, NixPath, NixString, type Builtin, type Lazy, type Value } from "../eval/values.ts";
import { opaqueElement } from "../store/context.ts";
import { baseNameOfStorePath, splitStorePath } from "../store/path.ts";
import { derivationValue } from "./imported-derivation.ts";
import { coerceToPath, readablePath, refuseBuilds } from "./paths.ts";
import { findFile } from "./search-path.ts";
import { argument, coerce, forceList, forceSet, forceText, requiredAttr } from "./support.ts";

function importPath(lazy: Lazy, scope: Attrs | undefined): Value {
  const path = readablePath(lazy, "none");
  const state = current();
  if (path.endsWith(".drv")) {
    const derivation = state.store.derivation(path);
    if (derivation !== undefined) return derivationValue(path, derivation);
  }
  return scope === undefined ? state.importFile(path) : state.importScoped(path, scope);
}

function pathExists(lazy: Lazy): boolean {
  const value = force(lazy);
  const text = typeof value === "string" ? value : value instanceof NixString ? value.text : "";
  const mustBeFolder = text.endsWith("/") || text.endsWith("/.");
  try {
    const { files } = current();
    const type = files.typeAt(readablePath(value, mustBeFolder ? "full" : "ancestors"));
    return type !== undefined && (!mustBeFolder || type === "directory");
  } catch (error) {
    if (error instanceof NixError && error.kind === "restricted") return false;
    throw error;
  }
}

/** Of the store paths that a file in the store refers to, those whose hash part stands in its text. */
function referencesIn(text: string, path: string): ReadonlySet<string> {
  const { store } = current();
  const found = new Set<string>();
  if (!path.startsWith(`${store.storeDir}/`)) return found;
  for (const reference of store.references(splitStorePath(path, store.storeDir).storePath))
    if (text.includes(baseNameOfStorePath(reference).slice(0, 32))) found.add(opaqueElement(reference));
  return found;
}

/** The last part of a path, where one slash at the end does not count. */
function legacyBaseName(path: string): string {
  const end = path.length > 1 && path.endsWith("/") ? path.length - 1 : path.length;
  return path.slice(end === 0 ? 0 : path.lastIndexOf("/", end - 1) + 1, end);
}

/** Files and paths. */
export const fileBuiltins: readonly Builtin[] = [
  {
    name: "baseNameOf",
    args: ["x"],
    run(_, x) {
      const context = new Set<string>();
      return withContext(legacyBaseName(coerce(x, context, argument("first", "baseNameOf"), false, false)), context);
    },
  },
  {
    name: "dirOf",
    args: ["s"],
    run(_, s) {
      const value = force(s);
      const parent = (path: string) => path.slice(0, Math.max(path.lastIndexOf("/"), 1));
      if (value instanceof NixPath) return new NixPath(parent(value.path));
      const context = new Set<string>();
      const what = "while evaluating the first argument passed to 'builtins.dirOf'";
      const path = coerce(value, context, what, false, false);
      return withContext(path.includes("/") ? parent(path) : ".", context);
    },
  },
  {
    name: "findFile",
    args: ["search-path", "lookup-path"],
    run(_, searchPath, lookupPath) {
      const entries = forceList(searchPath, argument("first", "findFile")).map((item) => {
        const what = (name: string) =>
          `while evaluating the \`${name}\` attribute of an element of the list passed to builtins.findFile`;
        const set = forceSet(item, "while evaluating an element of the list passed to builtins.findFile");
        const prefix = set.get("prefix");
        const context = new Set<string>();
        const entry = {
          prefix: prefix === undefined ? "" : forceText(prefix, what("prefix")),
          path: coerce(
            requiredAttr(set, "path", "in an element of the __nixPath"),
            context,
            what("path"),
            false,
            false,
          ),
        };
        refuseBuilds(context);
        return entry;
      });
      return new NixPath(findFile(entries, forceText(lookupPath, argument("second", "findFile"))));
    },
  },
  { name: "import", args: ["path"], run: (_, path) => importPath(path, undefined) },
  { name: "pathExists", args: ["path"], run: (_, path) => pathExists(path) },
  {
    name: "readDir",
    args: ["path"],
    run(_, path) {
      const entries = current().files.readDir(readablePath(path));
      const builder = new AttrsBuilder();
      for (const [name, type] of entries) builder.set(name, type);
      return builder.finish();
    },
  },
  {
    name: "readFile",
    args: ["path"],
    run(_, path) {
      const from = readablePath(path);
      const text = current().files.readFile(from);
      if (text.includes("\0"))
        throw new NixError("eval", `the contents of the file '${from}' cannot be represented as a Nix string`);
      return withContext(text, referencesIn(text, from));
    },
  },
  {
    name: "readFileType",
    args: ["p"],
    run: (_, p) => current().files.requireType(readablePath(p, "ancestors")),
  },
  {
    name: "scopedImport",
    args: ["scope", "path"],
    run(_, scope, path) {
      const names = forceSet(scope, argument("first", "scopedImport"));
      return importPath(path, names);
    },
  },
  {
    name: "toPath",
    args: ["s"],
    run(_, s) {
      const context = new Set<string>();
      return withContext(coerceToPath(s, context, argument("first", "toPath")), context);
    },
  },
  {
    name: "getEnv",
    args: ["s"],
    run(_, s) {
      const name = forceText(s, argument("first", "getEnv"));
      const { settings, host } = current();
      return settings.pure ? "" : (host.env(name) ?? "");
    },
  },
];
