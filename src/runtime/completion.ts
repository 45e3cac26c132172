import { Attrs, force, isDerivation, NixError, type Lazy } from "#nix";
import type { Completions } from "./messages.ts";
import { readOutputs } from "./output-tree.ts";
import type { OpenFlake, Workspace } from "./workspace.ts";

/** A line that no program logs by chance. */
const mark = "\u0001names:";

/** Longer selections are not looked at. */
const longest = 1000;

const selection =
  /(?<![\w'".}-])([A-Za-z_][\w'-]*(?:\.(?:[A-Za-z_][\w'-]*|"[^"\\$]*"|\$\{[^{}"]*\}))*)\.((?:[A-Za-z_][\w'-]*)?)$/;

/**
 * The names that can follow the selection before `offset`, such as `pkgs.python313Packages.fl`. The selection is made to
 * log its names, and the flake is evaluated until it does: so a name means what it means at that place.
 */
export async function complete(
  workspace: Workspace,
  { flake, file, text, offset }: { flake: number; file: string; text: string; offset: number },
): Promise<Completions> {
  const before = text.slice(0, offset);
  const [, chain, name = ""] = selection.exec(before.slice(-longest)) ?? [];
  const [rest = ""] = /^[\w'-]*/.exec(text.slice(offset)) ?? [];
  const from = offset - name.length;
  const to = offset + rest.length;
  if (chain === undefined) return { from, to, names: [] };
  const probe =
    `(let it = (${chain}); in builtins.trace (${JSON.stringify(mark)} + ` +
    `builtins.toJSON (if builtins.isAttrs it then builtins.attrNames it else [ ])) it)`;
  const changed = text.slice(0, from - 1 - chain.length) + probe + text.slice(to);
  let names: readonly string[] | undefined;
  try {
    await workspace.tryText(flake, file, changed, (opened) => {
      const { warm } = opened;
      warm.log = (line) => {
        const at = line.indexOf(mark);
        if (at < 0) return;
        names = JSON.parse(line.slice(at + mark.length)) as string[];
        throw new NixError("stopped", "the names are known");
      };
      warm.evaluation.run(() => forceShells(opened));
    });
  } catch (error) {
    // The text around may be half written; then nothing is known.
    if (error instanceof TypeError) throw error;
  }
  return { from, to, names: names ?? [] };
}

/** Forces what `nix flake show` lists, and the derivations among it. */
function forceShells({ outputs, warm, trees }: OpenFlake): void {
  const { evaluation, system } = warm;
  readOutputs(outputs, { evaluation, trees, system, allSystems: false });
  const visit = (lazy: Lazy, depth: number): void => {
    const value = force(lazy);
    if (!(value instanceof Attrs)) return;
    const drvPath = value.get("drvPath");
    if (isDerivation(value) && drvPath !== undefined) return void force(drvPath);
    if (depth < 3) for (const [, member] of value.entries()) evaluation.run(() => visit(member, depth + 1));
  };
  const value = force(outputs);
  if (!(value instanceof Attrs)) return;
  for (const [kind, member] of value.entries()) if (kind !== "legacyPackages") evaluation.run(() => visit(member, 1));
}
