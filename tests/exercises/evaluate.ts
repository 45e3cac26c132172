/** Evaluates the checks of an exercise in real Nix and in the worker's evaluator, both with stand-ins for the inputs. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { judge, roundsOf, withTools, type CheckOutcome, type Verdict, type Work } from "#exercises";
import { makeWorkspace } from "../../src/runtime/build/evaluate.ts";
import { applyTo } from "../../src/runtime/expressions.ts";
import { Refusal } from "../../src/runtime/failures.ts";
import { nixEnvironment } from "../support/nix-run.ts";
import { overrideInputs } from "../support/override-inputs.ts";
import type { Nix } from "../support/provide-nix.ts";
import { flakeOf, type Exercise } from "./exercises.ts";

/** What each of some expressions makes of the outputs of a flake. */
type Ask = (exercise: Exercise, work: Work, expressions: readonly string[]) => Promise<CheckOutcome[]>;

/** Real Nix, with its state and its copies of flakes in a folder. */
export function realNix(nix: Nix, state: string): Ask {
  const env = nixEnvironment(nix, state);
  const overrides = new Map<string, string[]>();
  return async ({ example }, { files, tracked }, expressions) => {
    const folder = mkdtempSync(join(state, "work-"));
    for (const path of tracked) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), files[path] ?? "");
    }
    const inputs = overrides.get(example) ?? overrideInputs(folder);
    overrides.set(example, inputs);
    const flags = ["--json", "--quiet", "--impure", "--offline", "--no-eval-cache", "--no-write-lock-file", ...inputs];
    const apply = (expression: string) =>
      new Promise<CheckOutcome>((done) => {
        const args = ["eval", `path:${folder}#.`, ...flags, "--apply", withTools(expression)];
        const options = { cwd: folder, env: { ...env, PWD: folder }, timeout: 120_000, killSignal: "SIGKILL" as const };
        execFile(join(nix.bin, "nix"), args, options, (error, stdout, stderr) =>
          done(error === null ? { ok: true, json: stdout } : { ok: false, error: stderr }),
        );
      });
    try {
      // All by one evaluation; one for each where that fails, because one error would hide the others.
      const all = await apply(`outputs: [ ${expressions.map((each) => `((${each}) outputs)`).join(" ")} ]`);
      if (all.ok)
        return (JSON.parse(all.json) as unknown[]).map((value) => ({ ok: true, json: JSON.stringify(value) }));
      if (expressions.length === 1) return [all];
      return await Promise.all(expressions.map(apply));
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  };
}

/** Our evaluator, as the worker in the page uses it: what inputs gave stays from one flake to the next. */
export function ourNix(): Ask {
  const workspace = makeWorkspace();
  return async (exercise, work, expressions) => {
    workspace.set(0, flakeOf(exercise, work));
    return expressions.map((each) => {
      try {
        const expression = withTools(each);
        return { ok: true, json: applyTo(workspace.get(0), { flake: 0, path: [], expression, as: "json" }) };
      } catch (error) {
        if (error instanceof Refusal) return { ok: false, error: error.failure.text };
        throw error;
      }
    });
  };
}

/** The verdict of each check, in the order of the exercise. */
export async function verdicts(ask: Ask, exercise: Exercise, work: Work): Promise<Verdict[]> {
  const { rounds, blocked } = roundsOf(exercise, work);
  const found: Verdict[] = [...blocked];
  for (const { work, checks } of rounds) {
    const outcomes = await ask(
      exercise,
      work,
      checks.map(({ expression }) => expression),
    );
    found.push(...checks.map((check, index) => judge(check, outcomes[index]!)));
  }
  return exercise.checks.map((check) => found.find((each) => each.check === check)!);
}
