import { Attrs, createEvaluation, force, Thunk, type Evaluation, type Lazy, type SearchPathEntry } from "#nix";
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
