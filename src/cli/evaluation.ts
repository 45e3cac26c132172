import {
  Attrs,
  createEvaluation,
  findFile,
  force,
  Thunk,
  type Result,
  type Evaluation,
  type Lazy,
  type SearchPathEntry,
} from "#nix";
import { refusal } from "./failures.ts";
import type { AutoArgument, CommandSettings } from "./settings.ts";
import type { System } from "./system.ts";

/** An evaluation as the flags of a command ask for it. */
export function evaluationFor(settings: CommandSettings, system: System, pureByDefault: boolean): Evaluation {
  const pure = settings.pure ?? pureByDefault;
  const nixPath: SearchPathEntry[] = pure ? [] : [...settings.include, ...settings.nixPath];
  return createEvaluation({
    host: system,
    features: settings.features,
    pure,
    nixPath,
    showTrace: settings.showTrace,
    maxCallDepth: settings.maxCallDepth,
    currentSystem: settings.system,
    traceVerbose: settings.traceVerbose,
    log: (line) => system.stderr(`${line}\n`),
  });
}

/** The arguments for functions, as a set; an expression is evaluated when a function asks for it. */
export function autoArguments(args: readonly AutoArgument[], evaluation: Evaluation, system: System): Attrs {
  return Attrs.from(
    args.map(({ name, text, kind }): [string, Lazy] => {
      switch (kind) {
        case "string":
          return [name, text];
        case "file":
          return [name, system.readFile(absolute(text, system))];
        case "stdin":
          return [name, system.readStdin()];
        case "expression":
          return [
            name,
            new Thunk(() => {
              const result = evaluation.evaluate(text, system.cwd);
              if (!result.ok) throw result.error;
              return force(result.value);
            }, []),
          ];
      }
    }),
  );
}

/** A path of a command line, from the root and without `.` and `..`. */
export function absolute(path: string, { cwd }: System): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${cwd}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** A result's value. @throws NixError */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw result.error;
  return result.value;
}

/** The path that `<name>` stands for in the search path. To be used inside `Evaluation.run`. @throws NixError */
export const lookUp = (name: string, { state }: Evaluation): string => findFile(state.settings.nixPath, name);

/** The file that a command line names, or the search path for `<name>`. @throws NixError */
export function fileArgument(text: string, evaluation: Evaluation, system: System): string {
  if (/^(?:(?:https?|file|channel|git|s3|ssh):|flake:)/.test(text))
    throw refusal(`fetching '${text}' is not supported here`);
  if (text.length > 2 && text.startsWith("<") && text.endsWith(">")) return lookUp(text.slice(1, -1), evaluation);
  return absolute(text, system);
}
