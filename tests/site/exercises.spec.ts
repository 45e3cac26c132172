import { answered, judge, roundsOf, withTools, type Verdict } from "#exercises";
import { flakeOf, readExercises } from "../exercises/exercises.ts";
import type { FlakeLab } from "../../src/islands/lab/flake-lab.ts";
import { openEvaluator, type EvaluatorGlobals } from "../support/evaluator.ts";
import { expect, test } from "./fixtures.ts";
import { expectKept } from "./kept.ts";

/** The page's global, for functions that run in it. */
declare const flake: EvaluatorGlobals["flake"];

const exercises = readExercises();
const failing = (verdicts: readonly Verdict[]) => verdicts.filter(({ passed }) => !passed).map(({ check }) => check.id);

test("an exercise is started by its address, failed, solved, reset and left", async ({ page }) => {
  const { id, solution, wrong, begin, title, checks } = exercises.find(({ id }) => id.startsWith("04-1"))!;
  const write = (text: string) =>
    page.evaluate(
      (text) => document.querySelector<FlakeLab>("flake-lab")!.project.write("flake.nix", text, "test"),
      text,
    );
  const read = () =>
    page.evaluate(() => document.querySelector<FlakeLab>("flake-lab")!.project.files.get("flake.nix") ?? "");
  await page.goto(`/lab/04-every-system/#exercise-${id}`);
  await expect(page.locator("flake-lab[data-ready]")).toBeAttached();
  const exercise = page.locator(`#lab-exercise-${id}`);
  const status = page.locator("lab-exercises").getByRole("status");
  await expect(exercise.getByText("The other three keep theirs.")).toBeVisible();
  await exercise.getByRole("button", { name: "Check" }).click();
  await expect(status).toHaveText("1 of 2 hold.");
  await expect(exercise.getByText("there is no devShells.x86_64-darwin.default")).toBeVisible();
  await expect(exercise.locator(".exercise-hint")).toHaveCount(1);

  await write(
    answered(
      begin,
      wrong.find(({ name }) => name.startsWith("a comma"))!,
    ).files["flake.nix"]!,
  );
  await exercise.getByRole("button", { name: "Check" }).click();
  await expect(status).toHaveText("0 of 2 hold.");
  await expect(exercise.locator(".exercise-found").first()).toContainText("flake.nix, line 14");
  await expect(exercise.locator(".exercise-hint")).toHaveCount(checks.length);

  await page.evaluate(() => {
    document.addEventListener("exercise-done", (event) => {
      document.title = (event as CustomEvent<{ id: string }>).detail.id;
    });
  });
  await write(answered(begin, solution).files["flake.nix"]!);
  await exercise.getByRole("button", { name: "Check" }).click();
  await expect(status).toHaveText(`Solved: ${title}.`);
  await expect(page).toHaveTitle(id);
  await expect(exercise.getByText("done", { exact: true })).toBeVisible();

  await exercise.getByText("Show the solution").click();
  await expect(exercise.locator(".changes .new .line").filter({ hasText: "+" })).toHaveText(/"x86_64-darwin"/);
  await expectKept(page, "04-every-system", /x86_64-darwin/);
  // A reload finds the exercise begun, also by an address that is none.
  await page.goto("about:blank");
  await page.goto("/lab/04-every-system/#exercise-%");
  await expect(page.locator("flake-lab[data-ready]")).toBeAttached();
  await exercise.locator("summary").first().click();
  await expect(exercise.getByRole("button", { name: "Start" })).toBeHidden();
  await exercise.getByRole("button", { name: "Reset" }).click();
  expect(await read()).toBe(begin.files["flake.nix"]);
  await exercise.getByRole("button", { name: "Back to my files" }).click();
  await expect(exercise.getByRole("button", { name: "Start" })).toBeVisible();
});

test("each exercise is solved and failed in a browser", async ({ page }) => {
  test.setTimeout(240_000);
  await openEvaluator(page);
  for (const exercise of exercises)
    for (const answer of [exercise.solution, exercise.wrong[0]!]) {
      const { rounds, blocked } = roundsOf(exercise, answered(exercise.begin, answer));
      const verdicts = [...blocked];
      for (const { work, checks } of rounds) {
        const outcomes = await page.evaluate(
          async ({ source, expressions }) => {
            await flake.evaluate(source);
            return Promise.all(expressions.map((expression) => flake.apply(expression)));
          },
          { source: flakeOf(exercise, work), expressions: checks.map(({ expression }) => withTools(expression)) },
        );
        for (const [index, outcome] of outcomes.entries()) {
          expect(["ok", "failed"], exercise.id).toContain(outcome.status);
          const found = outcome.status === "ok" ? ({ ok: true, json: outcome.value } as const) : undefined;
          verdicts.push(judge(checks[index]!, found ?? { ok: false, error: outcome.status }));
        }
      }
      const wanted = answer === exercise.solution ? [] : exercise.wrong[0]!.fails;
      expect(failing(verdicts).toSorted(), `${exercise.id}: ${answer.name}`).toEqual(wanted.toSorted());
    }
});

test("a lesson without script has its exercises with a solution each", async ({ browser, site }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${site.url}/lessons/every-system/`);
  const part = page.getByRole("region", { name: "Try it" });
  await expect(part.getByRole("heading", { level: 3 })).toHaveCount(2);
  await part.getByText("A solution").first().click();
  await expect(part.locator("details[open] .new .line").filter({ hasText: "+" })).toHaveText(/"x86_64-darwin"/);
  await expect(part.getByRole("link", { name: "Open in the lab" }).first()).toHaveAttribute(
    "href",
    /^\/lab\/04-every-system\/#exercise-04-1/,
  );
  await context.close();
});
