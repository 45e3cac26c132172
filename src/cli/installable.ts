import {
  Attrs,
  bestMatches,
  flakeRefToString,
  force,
  NixError,
  type InputAttributes,
  type Lazy,
  type Value,
} from "#nix";
import { parseAttrPath, selectAlong } from "./attr-path.ts";
import type { CommandContext } from "./context.ts";
import { autoArguments, fileArgument, valueOf } from "./evaluation.ts";
import { refusal, UsageError } from "./failures.ts";
import { flakeArgument } from "./flake-reference.ts";
import type { Flag } from "./flags.ts";

/** `--expr` and `--file`: what installables are looked up in, in place of a flake. */
export interface SourceFlags {
  expr: string | undefined;
  file: string | undefined;
}

/** The flags for those. */
export function sourceFlags(into: SourceFlags): Flag[] {
  return [
    { names: ["--expr"], arity: 1, run: (text) => (into.expr = text!) },
    { names: ["--file", "-f"], arity: 1, run: (text) => (into.file = text!) },
  ];
}

/** Whether the value found is to be built, so that `packages` and the defaults are looked at first. */
export type Wanted = "package" | "devShell" | "app";

const defaults: Readonly<Record<Wanted, (system: string) => { paths: string[]; prefixes: string[] }>> = {
  package: (system) => ({
    paths: [`packages.${system}.default`, `defaultPackage.${system}`],
    prefixes: [`packages.${system}.`, `legacyPackages.${system}.`],
  }),
  devShell: (system) => ({
    paths: [
      `devShells.${system}.default`,
      `devShell.${system}`,
      `packages.${system}.default`,
      `defaultPackage.${system}`,
    ],
    prefixes: [`devShells.${system}.`, `packages.${system}.`, `legacyPackages.${system}.`],
  }),
  app: (system) => ({
    paths: [`apps.${system}.default`, `defaultApp.${system}`, `packages.${system}.default`, `defaultPackage.${system}`],
    prefixes: [`apps.${system}.`, `packages.${system}.`, `legacyPackages.${system}.`],
  }),
};

/** The value that a command line names. @throws NixError */
export function findInstallable(context: CommandContext, text: string, source: SourceFlags, wanted: Wanted): Value {
  if (source.expr !== undefined && source.file !== undefined)
    throw new UsageError("'--file' and '--expr' are exclusive");
  if (source.expr === undefined && source.file === undefined) return fromFlake(context, text, wanted);
  if (source.file !== undefined) context.settings.pure ??= false;
  const { evaluation, system } = context;
  const root = sourceValue(context, source);
  const args = autoArguments(context.autoArgs, evaluation, system);
  return valueOf(evaluation.run(() => force(selectAlong(root, text, args))));
}

function sourceValue({ evaluation, system }: CommandContext, { expr, file }: SourceFlags): Value {
  if (expr !== undefined) return valueOf(evaluation.evaluate(expr, system.cwd));
  if (file === "-") return valueOf(evaluation.evaluate(system.readStdin(), system.cwd, { type: "stdin" }));
  const path = valueOf(evaluation.run(() => fileArgument(file!, evaluation, system)));
  return valueOf(evaluation.run(() => evaluation.state.importFile(path)));
}

function fromFlake(context: CommandContext, text: string, wanted: Wanted): Value {
  const { evaluation, settings, system } = context;
  return valueOf(
    evaluation.run(() => {
      if (context.autoArgs.length > 0) throw new UsageError("'--arg' and '--argstr' are incompatible with flakes");
      const { attributes, fragment } = flakeArgument(text.replace(/\^[^^#]*$/, ""), system);
      const { paths, prefixes } = defaults[wanted](settings.system);
      let tried = paths;
      if (fragment.startsWith(".")) tried = [fragment.slice(1)];
      else if (fragment !== "") tried = [...prefixes.map((prefix) => prefix + fragment), fragment];
      const flake = context.call(context.lock(attributes));
      const outputs = flake instanceof Attrs ? flake.get("outputs")! : flake;
      return force(findOutput(outputs, tried, attributes));
    }),
  );
}

function findOutput(outputs: Lazy, paths: readonly string[], ref: InputAttributes): Lazy {
  const suggestions: string[] = [];
  for (const path of paths) {
    let at: Lazy | undefined = outputs;
    for (const name of parseAttrPath(path)) {
      const set: Value = force(at);
      if (!(set instanceof Attrs)) {
        at = undefined;
        break;
      }
      at = set.get(name);
      if (at === undefined) {
        suggestions.push(...bestMatches(set.names(), name));
        break;
      }
    }
    if (at !== undefined) return at;
  }
  const quoted = paths.map((path) => `'${path}'`);
  const list = quoted.length > 1 ? `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}` : (quoted[0] ?? "");
  const error: NixError = refusal(`flake '${flakeRefToString(ref)}' does not provide attribute ${list}`);
  error.suggestions = [...new Set(suggestions)].slice(0, 3);
  throw error;
}
