import { decodeUtf8, NixError, renderError, type Place as SourcePlace, type Result } from "#nix";
import type { Failure, Place } from "./messages.ts";

/** Where the trees stand in the store of an evaluation. */
export interface Trees {
  /** The store path of the flake's own files, and how commands name their folder. */
  readonly own: { readonly storePath: string; readonly root: string } | undefined;
  /** What stands at a store path, as a flake reference. */
  inputAt(storePath: string): string | undefined;
}

export const noTrees: Trees = { own: undefined, inputAt: () => undefined };

/** A place of the evaluator as a page can show it. */
export function showPlace({ source, offset }: SourcePlace, trees: Trees): Place {
  const { line, column } = source.at(offset);
  const text = source.line(line) ?? "";
  const [word = " "] = /^(?:[\w'-]+|"[^"]*"|.)/.exec(text.slice(column - 1)) ?? [];
  const at = {
    line,
    column: decodeUtf8(text.slice(0, column - 1)).length + 1,
    length: Math.max(1, decodeUtf8(word).length),
  };
  const { origin } = source;
  if (origin.type === "internal") return { of: "internal", file: decodeUtf8(origin.name), ...at };
  if (origin.type !== "file") return { of: "expression", file: "", ...at };
  const [, storePath = "", rest = ""] = /^(\/nix\/store\/[^/]*)\/(.*)$/.exec(origin.path) ?? [];
  const file = decodeUtf8(rest);
  if (storePath === trees.own?.storePath) return { of: "flake", file, ...at };
  const input = trees.inputAt(storePath);
  if (input !== undefined) return { of: "input", input: decodeUtf8(input), file, ...at };
  return { of: "expression", file: decodeUtf8(origin.path), ...at };
}

/** An error of the evaluator as a page can show it. */
export function showError(error: NixError, trees: Trees): Failure {
  const { own } = trees;
  let text = renderError(error);
  if (own !== undefined) text = text.replaceAll(`${own.storePath}/`, `${own.root}/`);
  const place = error.place ?? error.traces.find((trace) => trace.place !== undefined)?.place;
  return {
    kind: error.kind,
    message: decodeUtf8(error.message),
    text: decodeUtf8(text),
    ...(place === undefined ? {} : { place: showPlace(place, trees) }),
    trace: error.traces
      .filter((trace) => trace.text !== "")
      .map((trace) => ({
        text: decodeUtf8(trace.text),
        ...(trace.place === undefined ? {} : { place: showPlace(trace.place, trees) }),
      })),
    suggestions: error.suggestions.map(decodeUtf8),
  };
}

/** A refusal that is ready to be shown. */
export class Refusal extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = "Refusal";
    this.failure = failure;
  }
}

/** The result of an evaluation. @throws Refusal */
export function valueOf<T>(result: Result<T>, trees: Trees): T {
  if (result.ok) return result.value;
  throw new Refusal(showError(result.error, trees));
}
