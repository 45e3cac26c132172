import { Attrs, isDerivation, NixString } from "#nix";
import { derivationShowJson } from "#nix/commands";
import { CommandContext, indentJson } from "./context.ts";
import { valueOf } from "./evaluation.ts";
import { refusal } from "./failures.ts";
import { findInstallable, sourceFlags, type SourceFlags } from "./installable.ts";
import { drvPathOf, findDerivations } from "./packages.ts";

/** `nix derivation show`. @throws NixError */
export function derivationShow(args: readonly string[], context: CommandContext): void {
  const { system } = context;
  const source: SourceFlags = { expr: undefined, file: undefined };
  let recursive = false;
  let pretty = system.terminal === true;
  const rest = context.parse(args, [
    ...sourceFlags(source),
    { names: ["--recursive", "-r"], run: () => (recursive = true) },
    { names: ["--json"], run: () => {} },
    { names: ["--pretty"], run: () => (pretty = true) },
    { names: ["--no-pretty"], run: () => (pretty = false) },
  ]);
  const isSource = source.expr !== undefined || source.file !== undefined;
  const names = rest.length > 0 ? rest : [isSource ? "" : "."];
  const paths = names.flatMap((name) => {
    const value = findInstallable(context, name, source, "package");
    return valueOf(
      context.evaluation.run(() => {
        if (!isSource && !(value instanceof Attrs && isDerivation(value)))
          throw refusal("expected flake output attribute to be a derivation");
        if (value instanceof NixString && value.text.endsWith(".drv")) return [value.text];
        return findDerivations(value, Attrs.empty).map(drvPathOf);
      }),
    );
  });
  const { store } = context.evaluation.state;
  const all = recursive ? paths.flatMap((path) => [...store.closure(path)]) : paths;
  const shown = new Map(
    all.flatMap((path) => {
      const derivation = store.derivation(path);
      return derivation === undefined ? [] : [[path, derivation] as const];
    }),
  );
  const json = derivationShowJson(shown);
  system.stdout(`${pretty ? indentJson(json) : json}\n`);
}
