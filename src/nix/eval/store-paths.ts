import { isDerivationName } from "../store/path.ts";
import { NixError } from "./errors.ts";
import { current } from "./machine.ts";

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The store path of a file or folder, as if it were copied to the store; adds it to the context. @throws NixError */
export function copyToStore(path: string, into: Set<string>): string {
  if (isDerivationName(path)) throw new NixError("eval", "file names are not allowed to end in '.drv'");
  const { files, store, copied } = current();
  let target = copied.get(path);
  if (target === undefined) {
    target = store.addTree(baseName(path), files.tree(files.resolve(path, "ancestors")));
    copied.set(path, target);
  }
  into.add(target);
  return target;
}
