/** The evaluator in a Chromium worker, on every flake of the examples: from `new Worker` to the outputs, and after an edit. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright";
import { startServer } from "#server";
import { browserFlags } from "../support/browser-flags.ts";
import { dist } from "../support/built-site.ts";
import { exampleFlakes, openEvaluator, type EvaluatorGlobals, type ExampleFlake } from "../support/evaluator.ts";
import { root } from "../support/project-copy.ts";
import { provideChromium } from "../support/provide-chromium.ts";
import type { Measure, Part } from "./measures.ts";

declare const client: EvaluatorGlobals["client"];
declare const flake: EvaluatorGlobals["flake"];

const runs = 5;

/** In milliseconds. */
const goals = { first: 150, edit: 30 };

export const benchWorker: Part = async (log) => {
  const built = spawnSync(process.execPath, ["--run", "build"], { cwd: root, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`the build failed:\n${built.stdout}${built.stderr}`);
  const server = await startServer({ root: dist });
  // With a profile, as a reader's browser has: it keeps what it has compiled as well as the files.
  const profile = mkdtempSync(join(tmpdir(), "profile-"));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: provideChromium(log),
    args: browserFlags,
    baseURL: server.url,
  });
  try {
    const page = await browser.newPage();
    await openEvaluator(page);
    const measures: Measure[] = [];
    for (const example of exampleFlakes()) {
      log(example.name);
      const { first, edits } = await timesOf(page, example);
      measures.push(
        { name: `${example.name}: first`, values: first, unit: "ms", atMost: goals.first },
        { name: `${example.name}: edit`, values: edits, unit: "ms", atMost: goals.edit },
      );
    }
    return measures;
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
    await server.close();
  }
};

/** Each first evaluation has a worker of its own; the edits follow the last of them. Files come from the browser's cache, as on a second visit. */
function timesOf(page: Page, { folder, source }: ExampleFlake): Promise<{ first: number[]; edits: number[] }> {
  return page.evaluate(
    async ([source, file, runs]) => {
      const time = async (edit: number) => {
        const files = { ...source.files, [file]: `${source.files[file] as string}${" ".repeat(edit)}` };
        const start = performance.now();
        const outcome = await flake.evaluate({ ...source, files });
        if (outcome.status !== "ok") throw new Error(JSON.stringify(outcome));
        return performance.now() - start;
      };
      const first: number[] = [];
      const edits: number[] = [];
      for (let run = 0; run < runs; run++) {
        client.stop();
        first.push(await time(0));
      }
      for (let run = 1; run <= runs; run++) edits.push(await time(run));
      return { first, edits };
    },
    [source, folder === "" ? "flake.nix" : `${folder}/flake.nix`, runs] as const,
  );
}
