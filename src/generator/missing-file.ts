/** Files that only another tool can make: the flake evaluates without them, to an error that says how to make them. */
import type { NeededFile } from "./plan.ts";
import type { Doc } from "./text/layout.ts";
import { ifElse, nixString } from "./text/nix.ts";

/** `value` where the file is there, else the error. */
export function whenThere({ path, command }: NeededFile, value: Doc): Doc {
  const message = `${path} is missing: make it with '${command}', then 'git add ${path}'`;
  return ifElse(`builtins.pathExists ./${path}`, value, `throw ${nixString(message)}`);
}
