import { call1, coerceToString, nowhere, printValue, toJson } from "#nix";
import { CommandContext, indentJson } from "./context.ts";
import { valueOf } from "./evaluation.ts";
import { UsageError } from "./failures.ts";
import { findInstallable, sourceFlags, type SourceFlags } from "./installable.ts";

/** `nix eval`. @throws NixError */
export function nixEval(args: readonly string[], context: CommandContext): void {
  const { system } = context;
  const source: SourceFlags = { expr: undefined, file: undefined };
  let output: "json" | "raw" | undefined;
  let exclusive = false;
  let apply: string | undefined;
  let pretty = system.terminal === true;
  const choose = (kind: "json" | "raw") => {
    exclusive ||= output !== undefined && output !== kind;
    output = kind;
  };
  const rest = context.parse(
    args,
    [
      ...sourceFlags(source),
      { names: ["--json"], run: () => choose("json") },
      { names: ["--raw"], run: () => choose("raw") },
      { names: ["--pretty"], run: () => (pretty = true) },
      { names: ["--no-pretty"], run: () => (pretty = false) },
      { names: ["--apply"], arity: 1, run: (text) => (apply = text!) },
    ],
    1,
  );
  if (exclusive) throw new UsageError("--raw and --json are mutually exclusive");
  const isSource = source.expr !== undefined || source.file !== undefined;
  const value = findInstallable(context, rest[0] ?? (isSource ? "" : "."), source, "package");
  const { evaluation } = context;
  const text = evaluation.run(() => {
    const shown = apply === undefined ? value : call1(valueOf(evaluation.evaluate(apply, system.cwd)), value, nowhere);
    const used = new Set<string>();
    if (output === "raw")
      return coerceToString(
        shown,
        used,
        "while generating the eval command output",
        { more: false, copyToStore: true },
        nowhere,
      );
    if (output === "json") {
      const json = toJson(shown, used, false);
      return `${pretty ? indentJson(json) : json}\n`;
    }
    return `${printValue(shown, { force: true, derivationPaths: true })}\n`;
  });
  system.stdout(valueOf(text));
}
