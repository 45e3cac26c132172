/** Evaluates expressions with ours and with real Nix, and tells where the two part. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { createEvaluation, type ErrorKind, type Result } from "../../src/nix/index.ts";
import { hostOf } from "../../src/nix/testing.ts";
import { decodeUtf8 } from "../../src/nix/text/bytes.ts";
import { ask, crashed, inFolder, type Answer } from "../nix-libraries/real-nix.ts";
import { expressions } from "./grammar.ts";

/** What became of some expressions. `sameMessages` counts those of `errors` whose message is the same too. */
export interface Outcome {
  compared: number;
  values: number;
  errors: number;
  sameMessages: number;
  /** Expressions without two answers: ours was stopped by its bound, or real Nix crashed. */
  stopped: number;
  readonly differences: Difference[];
  /** Errors on both sides whose messages differ. */
  readonly otherMessages: Difference[];
}

/** An expression to which ours and real Nix answer differently, and its place among those that were asked about. */
export interface Difference {
  readonly index: number;
  readonly expression: string;
  readonly ours: string;
  readonly real: string;
}

type Ours = { readonly value: unknown } | { readonly error: string; readonly kind: ErrorKind };

const features = new Set("nix-command flakes ca-derivations impure-derivations dynamic-derivations blake3-hashes".split(" "));
const bounds = { maxSteps: 300_000, maxMemory: 512 * 1024 * 1024 };

/** The whole of a value as JSON: what XML shows of it, its context, and floats with all their digits. */
const examine =
  "(v: let x = builtins.toXML v; in " +
  "[ (builtins.unsafeDiscardStringContext x) (builtins.getContext x) (if builtins.isFloat v then v else null) ])";

const bytes = (text: string) => Buffer.from(text, "utf8").toString("latin1");

function answerOurs(expression: string, index: number): Ours {
  const file = `/questions/${index}.nix`;
  const host = hostOf({ [file]: bytes(expression), "/nix/store": null });
  const evaluation = createEvaluation({ host, features, ...bounds });
  const result = evaluation.evaluate(`builtins.toJSON (${examine} (import ${file}))`, "/") as Result<string>;
  if (result.ok) return { value: JSON.parse(decodeUtf8(result.value)) };
  const { kind, message } = result.error;
  return { error: decodeUtf8(message), kind };
}

/** What real Nix says to each, in one process. */
function answerReal(asked: readonly { index: number; text: string; refused: boolean }[]): Answer[] {
  return inFolder((folder) => {
    mkdirSync(join(folder, "questions"));
    const questions = asked.map(({ index, text, refused }) => {
      const file = join(folder, "questions", `${index}.nix`);
      writeFileSync(file, text);
      return { expression: `${examine} (import ${file})`, refused };
    });
    return ask(questions).map((answer) =>
      "error" in answer ? { error: answer.error.replaceAll(folder, "") } : answer,
    );
  });
}

/** The message of an error without the place that follows it, and with white space as Nix's log leaves it. */
export function messageOf(error: string): string {
  return error
    .split(/\n\s*at (?:[«/]|<|\(string\))/)[0]!
    .replaceAll("\r", "")
    .replace(/[\t ]+/g, " ")
    .trim();
}

function show(answer: Ours | Answer): string {
  return "error" in answer ? `error: ${messageOf(answer.error)}` : JSON.stringify(answer.value);
}

/** Compares the answers to some expressions. An internal error of ours counts as a difference. */
export function compare(texts: readonly string[]): Outcome {
  const mine = texts.map(answerOurs);
  const asked = [...texts.keys()].filter((index) => (mine[index] as { kind?: ErrorKind }).kind !== "stopped");
  const theirs = answerReal(
    asked.map((index) => ({ index, text: texts[index]!, refused: "error" in mine[index]! })),
  );
  const outcome: Outcome = {
    compared: asked.length,
    values: 0,
    errors: 0,
    sameMessages: 0,
    stopped: texts.length - asked.length,
    differences: [],
    otherMessages: [],
  };
  asked.forEach((index, n) => {
    const [ours, real] = [mine[index]!, theirs[n]!];
    if ("error" in real && real.error.startsWith(crashed)) {
      outcome.stopped++;
      return;
    }
    const difference = { index, expression: texts[index]!, ours: show(ours), real: show(real) };
    if ("error" in ours && "error" in real && ours.kind !== "bug") {
      outcome.errors++;
      if (difference.ours === difference.real) outcome.sameMessages++;
      else outcome.otherMessages.push(difference);
    } else if (difference.ours !== difference.real) outcome.differences.push(difference);
    else outcome.values++;
  });
  return outcome;
}

/** The expression that belongs to a number. */
export function expressionOf(seed: number): string {
  return fc.sample(expressions, { seed, numRuns: 1 })[0]!;
}

/** A small expression on which the two still part, found in at most `tries` questions from that of a number. */
export function shrink(seed: number, tries: number): Difference | undefined {
  let smallest: Difference | undefined;
  fc.check(
    fc.property(expressions, (expression) => {
      if (tries-- <= 0) return true;
      const [difference] = compare([expression]).differences;
      if (difference !== undefined) smallest = difference;
      return difference === undefined;
    }),
    { seed, numRuns: 1 },
  );
  return smallest;
}
