import { Attrs, force, isDerivation, NixError, type Lazy } from "#nix";
import { Refusal } from "./failures.ts";
import type { Completions } from "./messages.ts";
import { readOutputs } from "./output-tree.ts";
import type { OpenFlake } from "./warm-evaluation.ts";
import type { Workspace } from "./workspace.ts";

/** What no program logs by chance. */
const mark = "names at this place: ";

/** Longer selections are not looked at. */
const longest = 1000;

const chainPattern = String.raw`[A-Za-z_][\w'-]*(?:\.(?:[A-Za-z_][\w'-]*|"[^"\\$]*"|\$\{[^{}"]*\}))*`;
const namePattern = String.raw`((?:[A-Za-z_][\w'-]*)?)$`;
const selection = new RegExp(String.raw`(?<![\w'".}-])(${chainPattern})\.${namePattern}`);
const bareName = new RegExp(String.raw`(?<![\w'".}-])${namePattern}`);
const withs = new RegExp(String.raw`\bwith\s+(${chainPattern})\s*;`, "g");

/** What comes before an offset: the name that is begun there, and the selection whose names can complete it. */
function before(text: string): { chain: string; name: string; isSelected: boolean } | undefined {
  const [, chain, selected = ""] = selection.exec(text.slice(-longest)) ?? [];
  if (chain !== undefined) return { chain, name: selected, isSelected: true };
  const [, name] = bareName.exec(text.slice(-longest)) ?? [];
  const inScope = [...text.matchAll(withs)].findLast(({ 0: { length }, index }) => reaches(text.slice(index + length)));
  return name === undefined || inScope === undefined ? undefined : { chain: inScope[1]!, name, isSelected: false };
}

/** Whether the body of a `with` that starts with this text is still open at its end. Brackets in strings count, too. */
function reaches(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    if (depth < 0 || (depth === 0 && character === ";")) return false;
  }
  return true;
}

/**
 * The names that can stand at an offset: those of the selection before it, such as `pkgs.python313Packages.fl`, or of the
 * `with` around it. A probe in that place logs them, and the flake is evaluated until it does: so a name means what it
 * means there.
 */
export function complete(
  workspace: Workspace,
  { flake, file, text, offset }: { flake: number; file: string; text: string; offset: number },
): Completions {
  const found = before(text.slice(0, offset));
  const [rest = ""] = /^[\w'-]*/.exec(text.slice(offset)) ?? [];
  const from = offset - (found?.name.length ?? 0);
  const to = offset + rest.length;
  if (found === undefined) return { from, to, names: [] };
  const { chain, isSelected } = found;
  const probe =
    `(let it = (${chain}); in builtins.trace (${JSON.stringify(mark)} + ` +
    `builtins.toJSON (if builtins.isAttrs it then builtins.attrNames it else [ ])) it)`;
  const start = isSelected ? from - 1 - chain.length : from;
  const changed = text.slice(0, start) + probe + text.slice(to);
  let names: readonly string[] | undefined;
  try {
    const source = workspace.sourceOf(flake);
    const opened = workspace.open({ ...source, files: { ...source.files, [file]: changed } });
    const { warm } = opened;
    warm.logTo((line) => {
      const at = line.indexOf(mark);
      if (at < 0) return;
      names = JSON.parse(line.slice(at + mark.length)) as string[];
      throw new NixError("stopped", "the names are known");
    });
    warm.evaluation.run(() => forceShells(opened));
  } catch (error) {
    // The text around may be half written: then nothing is known.
    if (!(error instanceof Refusal)) throw error;
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
