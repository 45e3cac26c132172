import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { answered, type Answer, type Verdict } from "#exercises";
import { provideNix } from "../support/provide-nix.ts";
import { ourNix, realNix, verdicts } from "./evaluate.ts";
import { readExercises, type Exercise } from "./exercises.ts";

const exercises = readExercises();
const nix = provideNix();
const skip = nix.recorded ? false : `our evaluator has the words of Nix 2.34, not of ${nix.version}`;
const scratch = mkdtempSync(join(tmpdir(), "exercises-"));
after(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 3 }));

const real = realNix(nix, scratch);
const ours = ourNix();

const failing = (found: readonly Verdict[]) => found.filter(({ passed }) => !passed).map(({ check }) => check.id);
const show = (found: readonly Verdict[]) =>
  found.map(({ check, passed, found, error }) => `${check.id}: ${passed}: ${found ?? error}`).join("\n");

/** What the checks found. The words of errors are compared elsewhere. */
const plain = (found: readonly Verdict[]) =>
  found.map(({ check, passed, found, error }) => [check.id, passed, found, error === undefined]);

/** What both evaluators find in an answer. It must be the same. */
async function find(exercise: Exercise, answer: Answer | undefined): Promise<Verdict[]> {
  const work = answer === undefined ? exercise.begin : answered(exercise.begin, answer);
  const found = await verdicts(real, exercise, work);
  const own = await verdicts(ours, exercise, work);
  assert.deepEqual(plain(own), plain(found), `ours:\n${show(own)}\nreal Nix:\n${show(found)}`);
  return found;
}

test("every lesson has at least two exercises", () => {
  for (let lesson = 0; lesson <= 20; lesson++) {
    const count = exercises.filter((exercise) => exercise.lesson === lesson).length;
    assert.ok(count >= 2, `lesson ${lesson} has ${count}`);
  }
});

describe("exercises judge in real Nix and in our evaluator alike", { concurrency: 2 }, () => {
  for (const exercise of exercises)
    test(`${exercise.id}: right answers pass, wrong ones fail where they should`, { skip }, async () => {
      const { solution, right, wrong, checks } = exercise;
      const missed = new Set(failing(await find(exercise, undefined)));
      assert.notEqual(missed.size, 0, "the start passes all checks");
      for (const answer of [solution, ...right]) {
        const found = await find(exercise, answer);
        assert.deepEqual(failing(found), [], `'${answer.name}' fails:\n${show(found)}`);
      }
      for (const answer of wrong) {
        const found = await find(exercise, answer);
        assert.deepEqual(failing(found), answer.fails, `'${answer.name}':\n${show(found)}`);
        for (const id of answer.fails) missed.add(id);
      }
      assert.deepEqual(
        checks.map(({ id }) => id).filter((id) => !missed.has(id)),
        [],
        "checks that nothing fails",
      );
    });
});
