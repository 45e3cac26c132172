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

/** Of a message that names a place itself, as those about the form of a `flake.nix` do. */
function placeIn(message: string, { own }: Trees): Place | undefined {
  if (own === undefined) return undefined;
  const [, file, line, column] = new RegExp(`at ${own.storePath}/(.*):(\\d+):(\\d+)`).exec(message) ?? [];
  if (file === undefined) return undefined;
  return { of: "flake", file: decodeUtf8(file), line: Number(line), column: Number(column), length: 1 };
}

/** An error of the evaluator as a page can show it. */
export function showError(error: NixError, trees: Trees): Failure {
  const { own } = trees;
  // Nix names the folder that people know, not its copy in the store.
  const readable = (text: string) =>
    decodeUtf8(own === undefined ? text : text.replaceAll(`${own.storePath}/`, `${own.root}/`));
  const from = error.place ?? error.traces.find((trace) => trace.place !== undefined)?.place;
  const place = from === undefined ? placeIn(error.message, trees) : showPlace(from, trees);
  return {
    kind: error.kind,
    message: readable(error.message),
    text: readable(renderError(error)),
    ...(place === undefined ? {} : { place }),
    trace: error.traces
      .filter((trace) => trace.text !== "")
      .map((trace) => ({
        text: readable(trace.text),
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
