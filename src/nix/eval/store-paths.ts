import { NixError } from "./errors.ts";

/** The store path of a file or folder, as if it were copied to the store; adds it to the context. */
export function copyToStore(path: string, _into: Set<string>): string {
  throw new NixError("unsupported", `copying '${path}' to the store is not supported here`);
}
