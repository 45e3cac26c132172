import { NixError } from "../eval/errors.ts";
import { current } from "../eval/machine.ts";
import type { SearchPathEntry } from "../eval/state.ts";
import { canonicalPath } from "../syntax/parser.ts";

/** The path below an entry's own that `name` asks for; `undefined` where the entry is for other names. */
function below(entry: SearchPathEntry, name: string): string | undefined {
  if (entry.prefix === "") return `/${name}`;
  if (name === entry.prefix) return "";
  return name.startsWith(`${entry.prefix}/`) ? name.slice(entry.prefix.length) : undefined;
}

const isUrl = (path: string) => /^(https?|file|channel|flake|git|s3|ssh):/.test(path);

/** The path that `<name>` stands for. @throws NixError of kind `throw`, which `tryEval` catches, where it is not found. */
export function findFile(entries: readonly SearchPathEntry[], name: string): string {
  const { files, settings } = current();
  for (const entry of entries) {
    const rest = below(entry, name);
    if (rest === undefined) continue;
    if (isUrl(entry.path))
      throw new NixError("unsupported", `fetching '${entry.path}' of the search path is not supported here`);
    const root = canonicalPath(entry.path);
    if (files.typeAt(files.resolve(root, "ancestors")) === undefined) continue;
    const path = canonicalPath(root + rest);
    if (files.typeAt(files.resolve(path, "ancestors")) !== undefined) return path;
  }
  if (name.startsWith("nix/"))
    throw new NixError("unsupported", `'<${name}>', a file of Nix itself, is not supported here`);
  throw new NixError(
    "throw",
    settings.pure
      ? `cannot look up '<${name}>' in pure evaluation mode (use '--impure' to override)`
      : `file '${name}' was not found in the Nix search path (add it using $NIX_PATH or -I)`,
  );
}
