import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const examples = resolve(import.meta.dirname, "../../examples");

/** The name of the example with the longest `flake.nix`. */
export function largestExample(): string {
  const length = (name: string) => readFileSync(join(examples, name, "flake.nix")).length;
  const names = readdirSync(examples).filter((name) => existsSync(join(examples, name, "flake.nix")));
  return names.toSorted((a, b) => length(b) - length(a))[0]!;
}
