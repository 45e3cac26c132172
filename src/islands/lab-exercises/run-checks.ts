/** Asks the worker what the checks of an exercise find. */
import { judge, roundsOf, withTools, type CheckOutcome, type LabExercise, type Verdict } from "#exercises";
import type { FlakeFiles, FlakeHandle } from "#runtime";

type Failed = Extract<Awaited<ReturnType<FlakeHandle["apply"]>>, { status: "failed" }>["failure"];

/** Nix's words, and where in the reader's files. A place in a check's own text would say nothing. */
function words({ message, place }: Failed): string {
  return place?.of === "flake" ? `${message}\n(${place.file}, line ${place.line})` : message;
}

/** The verdict of each check, in their order. A flake that does not evaluate, or has no end, fails them. */
export async function runChecks(flake: FlakeHandle, exercise: LabExercise, source: FlakeFiles): Promise<Verdict[]> {
  const files = Object.fromEntries(
    Object.entries(source.files).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
  const { rounds, blocked } = roundsOf(exercise, { files, tracked: source.tracked ?? Object.keys(files) });
  const verdicts = [...blocked];
  /** Why nothing more is asked: what took too long once would do so again. */
  let ended: string | undefined;
  for (const { work, checks } of rounds) {
    if (ended === undefined) {
      const outcome = await flake.evaluate({ ...source, ...work });
      if (outcome.status === "stopped" || outcome.status === "unavailable") ended = outcome.message;
    }
    for (const check of checks) {
      let result: CheckOutcome = { ok: false, error: ended ?? "" };
      if (ended === undefined) {
        const outcome = await flake.apply(withTools(check.expression));
        if (outcome.status === "ok") result = { ok: true, json: outcome.value };
        else if (outcome.status === "failed") result = { ok: false, error: words(outcome.failure) };
        else {
          ended = outcome.status === "stale" ? "the files have changed meanwhile" : outcome.message;
          result = { ok: false, error: ended };
        }
      }
      verdicts.push(judge(check, result));
    }
  }
  return exercise.checks.flatMap((check) => verdicts.find((each) => each.check === check) ?? []);
}
