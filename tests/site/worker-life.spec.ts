/** The worker as something that starts, stops, runs out and fails. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { openEvaluator, plain, shellSource, type EvaluatorGlobals } from "../support/evaluator.ts";
import { expect, test } from "./fixtures.ts";

/** The page's globals, for functions that run in it. */
declare const client: EvaluatorGlobals["client"];
declare const flake: EvaluatorGlobals["flake"];

test("an endless evaluation is stopped within a second, by hand or by the time limit, and the client lives on", async ({
  page,
}) => {
  await openEvaluator(page, { timeLimit: 3000 });
  const endless = plain("let f = n: if n < 2 then n else f (n - 1) + f (n - 2); in { lib = f 90; }");
  const given = await page.evaluate(
    async ([endless, good]) => {
      await flake.evaluate(good);
      const running = flake.evaluate(endless);
      await new Promise((done) => setTimeout(done, 300));
      const start = performance.now();
      client.stop();
      const stopped = await running;
      const took = performance.now() - start;
      const other = client.flake();
      return { took, stopped, limit: await other.evaluate(endless), after: await flake.evaluate(good) };
    },
    [endless, plain("{ lib = 1; }")] as const,
  );
  expect(given.took).toBeLessThan(1000);
  expect(given.stopped).toEqual({ status: "stopped", message: "the evaluation was stopped" });
  expect(given.limit).toEqual({ status: "stopped", message: "the evaluation was stopped after 3 s" });
  expect(given.after).toMatchObject({ status: "ok" });
});

test("after a stop, questions about a flake that was evaluated before are answered", async ({ page }) => {
  await openEvaluator(page);
  const outcome = await page.evaluate(async (source) => {
    await flake.evaluate(source);
    client.stop();
    return flake.read(["lib"]);
  }, plain("{ lib.a = 1; }"));
  expect(outcome).toMatchObject({ status: "ok", value: { children: [{ attribute: "a", value: "1" }] } });
});

test("of many quick edits only the last is shown, and the older ones are stale", async ({ page }) => {
  await openEvaluator(page);
  const statuses = await page.evaluate(
    async (sources) => {
      const outcomes = await Promise.all(sources.map((source) => flake.evaluate(source)));
      return outcomes.map((outcome) => (outcome.status === "ok" ? outcome.value.outputs[0]!.value : outcome.status));
    },
    Array.from({ length: 200 }, (_, edit) => plain(`{ lib = ${edit}; }`)),
  );
  expect(statuses).toEqual([...Array<string>(199).fill("stale"), "199"]);
});

test("two flakes at once do not get each other's files", async ({ page }) => {
  await openEvaluator(page);
  const given = await page.evaluate(
    async ([one, two]) => {
      const other = client.flake();
      await Promise.all([flake.evaluate(one), other.evaluate(two)]);
      await flake.evaluate({ ...one });
      return [await flake.read(["lib"]), await other.read(["lib"]), await other.apply("o: o.lib.file")];
    },
    [
      { files: { ...plain("{ lib.file = builtins.readFile ./a; }").files, a: "one" } },
      { files: { ...plain("{ lib.file = builtins.readFile ./a; }").files, a: "two" } },
    ] as const,
  );
  expect(given).toMatchObject([
    { value: { children: [{ value: '"one"' }] } },
    { value: { children: [{ value: '"two"' }] } },
    { value: '"two"' },
  ]);
});

test("calls nest 1,500 deep, and deeper ones end with Nix's own error", async ({ page }) => {
  await openEvaluator(page);
  const depth = await page.evaluate(async () => {
    const reaches = async (n: number) => {
      const text = `{ outputs = { self }: let f = n: if n == 0 then 0 else 1 + f (n - 1); in { lib = f ${n}; }; }`;
      const outcome = await flake.evaluate({ files: { "flake.nix": text } });
      return outcome.status === "ok" ? (outcome.value.outputs[0]!.failure?.message ?? "reached") : outcome.status;
    };
    const cold = await reaches(1500);
    let [low, high] = [0, 10_000];
    const beyond = await reaches(high);
    while (high - low > 50) {
      const middle = (low + high) >> 1;
      if ((await reaches(middle)) === "reached") low = middle;
      else high = middle;
    }
    return { cold, low, beyond, after: await reaches(100) };
  });
  console.log(`calls nest ${depth.low} deep`);
  expect(depth.cold).toBe("reached");
  expect(depth.low).toBeGreaterThanOrEqual(1500);
  expect(depth.beyond).toBe("stack overflow; max-call-depth exceeded");
  expect(depth.after).toBe("reached");
});

test("a worker that the browser does not start is reported, and the page goes on", async ({ page, problems }) => {
  await openEvaluator(page, { worker: "/evaluator/worker-gone.js" });
  const missing = await page.evaluate((source) => flake.evaluate(source), plain("{ }"));
  expect(missing).toEqual({
    status: "unavailable",
    message: "the evaluator could not be started in this browser: its script could not be loaded",
  });
  await page.route("**/evaluator/evaluator-*", (route) => route.abort());
  await openEvaluator(page);
  const half = await page.evaluate((source) => flake.evaluate(source), plain("{ }"));
  expect(half).toMatchObject({ status: "unavailable", message: expect.stringContaining("could not be started") });
  await openEvaluator(page, { worker: "https://example.org/worker.js" });
  const foreign = await page.evaluate((source) => flake.evaluate(source), plain("{ }"));
  expect(foreign).toMatchObject({ status: "unavailable", message: expect.stringContaining("could not be started") });
  await page.evaluate(() => Object.assign(globalThis, { Worker: undefined }));
  const [none, after] = await page.evaluate(
    async (source) => [await flake.evaluate(source), await flake.evaluate(source)],
    plain("{ }"),
  );
  expect(none).toMatchObject({ status: "unavailable" });
  expect(after).toMatchObject({ status: "unavailable" });
  problems.length = 0;
});

test("a pack that cannot be fetched is named, and the next evaluation tries again", async ({ page, problems }) => {
  await openEvaluator(page);
  await page.route("**/evaluator/nixpkgs-*", (route) => route.abort());
  const before = await page.evaluate((source) => flake.evaluate(source), shellSource);
  expect(JSON.stringify(before)).toContain("the stand-in for an input could not be loaded");
  await page.unroute("**/evaluator/nixpkgs-*");
  const after = await page.evaluate((source) => flake.evaluate(source), shellSource);
  expect(after).toMatchObject({ status: "ok", value: { outputs: [{ kind: "set" }] } });
  expect(JSON.stringify(after)).not.toContain('"error"');
  problems.length = 0;
});

test("the worker runs on a page that is isolated from other origins, as the sandbox needs it", async ({ page }) => {
  await page.route("**/glossary/", async (route) => {
    const response = await route.fetch();
    await route.fulfill({
      response,
      headers: { ...response.headers(), "cross-origin-embedder-policy": "require-corp" },
    });
  });
  await openEvaluator(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const outcome = await page.evaluate((source) => flake.evaluate(source), plain("{ lib = 1; }"));
  expect(outcome).toMatchObject({ status: "ok" });
});

test("the page's policy lets workers of the site run, and no others", () => {
  const headers = readFileSync(join(resolve(import.meta.dirname, "../.."), "public/_headers"), "utf8");
  expect(/worker-src ([^;]*)/.exec(headers)?.[1]).toBe("'self'");
});
