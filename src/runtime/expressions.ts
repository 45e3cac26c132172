/** Nix text that a page gives beside the files of a flake. */
import { call1, createEvaluation, decodeUtf8, encodeUtf8, nowhere, printValue, toJson } from "#nix";
import { noTrees, valueOf } from "./failures.ts";
import { inside } from "./flake-outputs.ts";
import { MemoryHost } from "./memory-host.ts";
import type { Questions } from "./messages.ts";
import { outputAt } from "./output-tree.ts";
import type { OpenFlake } from "./warm-evaluation.ts";

/** What a function makes of an output. @throws Refusal */
export function applyTo(opened: OpenFlake, { path, expression, as }: Questions["apply"]["ask"]): string {
  const fn = valueOf(opened.warm.evaluation.evaluate(encodeUtf8(expression), "/"), opened.trees);
  return inside(opened, () => {
    const value = call1(fn, outputAt(opened.outputs, path.map(encodeUtf8)).value, nowhere);
    if (as === "json") return decodeUtf8(toJson(value, new Set(), false));
    return decodeUtf8(printValue(value, { force: true, derivationPaths: true }));
  });
}

/** Parses a text, and evaluates nothing. @throws Refusal */
export function parse({ file, text }: Questions["parse"]["ask"]): null {
  const own = { storePath: "/nix/store/flake", root: "" };
  const path = `${own.storePath}/${encodeUtf8(file)}`;
  const evaluation = createEvaluation({ host: new MemoryHost() });
  valueOf(evaluation.parse(encodeUtf8(text), own.storePath, { type: "file", path }), { ...noTrees, own });
  return null;
}
