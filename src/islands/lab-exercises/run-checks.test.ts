import assert from "node:assert/strict";
import { test } from "node:test";
import type { LabExercise } from "#exercises";
import type { FlakeHandle } from "#runtime";
import { runChecks } from "./run-checks.ts";

const check = (id: string, changes: LabExercise["checks"][number]["changes"] = []) => ({
  id,
  says: "",
  hint: "",
  changes,
  expression: id,
});
const exercise = {
  checks: [check("a"), check("b"), check("c", [{ file: "list", find: "one", put: "two" }])],
} as unknown as LabExercise;
const source = { files: { "flake.nix": "{ }", list: "one" }, tracked: ["flake.nix", "list"] };

/** A flake that answers each question in turn, and notes what it was asked. */
function scripted(evaluate: object[], apply: object[]) {
  const asked: string[] = [];
  const flake = {
    evaluate: async ({ files }: { files: Record<string, string> }) => {
      asked.push(`evaluate ${files["list"]}`);
      return evaluate.shift();
    },
    apply: async (expression: string) => {
      asked.push(`apply ${expression.slice(-3)}`);
      return apply.shift();
    },
  };
  return { flake: flake as unknown as FlakeHandle, asked };
}

test("checks with changes are asked about files with these changes", async () => {
  const ok = { status: "ok", value: "true" };
  const { flake, asked } = scripted([ok, ok], [ok, { status: "ok", value: '{"ok":false,"found":"x"}' }, ok]);
  const verdicts = await runChecks(flake, exercise, source);
  assert.deepEqual(asked, ["evaluate one", "apply (a)", "apply (b)", "evaluate two", "apply (c)"]);
  assert.deepEqual(
    verdicts.map(({ passed }) => passed),
    [true, false, true],
  );
  assert.equal(verdicts[1]!.found, "x");
});

test("where an evaluation was stopped, all checks fail with the reason and nothing more is asked", async () => {
  const { flake, asked } = scripted([{ status: "stopped", message: "took more than 10 s" }], []);
  const verdicts = await runChecks(flake, exercise, source);
  assert.deepEqual(asked, ["evaluate one"]);
  assert.deepEqual(
    verdicts.map(({ passed, error }) => [passed, error]),
    Array(3).fill([false, "took more than 10 s"]),
  );
});

test("an error of the flake fails its check, with Nix's words and the place in the reader's files", async () => {
  const ok = { status: "ok", value: "true" };
  const place = { of: "flake", file: "flake.nix", line: 3, column: 1, length: 1 };
  const failed = (at?: object) => ({ status: "failed", failure: { message: "attribute 'x' missing", place: at } });
  const { flake } = scripted([ok, ok], [failed(place), failed({ ...place, of: "expression" }), ok]);
  const [a, b, c] = await runChecks(flake, exercise, source);
  assert.equal(a!.error, "attribute 'x' missing\n(flake.nix, line 3)");
  assert.equal(b!.error, "attribute 'x' missing");
  assert.equal(c!.passed, true);
});

test("a check whose changes do not fit the reader's files fails and says so", async () => {
  const ok = { status: "ok", value: "true" };
  const { flake } = scripted([ok], [ok, ok]);
  const [, , c] = await runChecks(flake, exercise, { ...source, files: { ...source.files, list: "three" } });
  assert.deepEqual([c!.passed, c!.error], [false, "'one' stands 0 times in 'list', and should once"]);
});
