/** How long builds take; and what Lighthouse says of the landing page and the longest lesson. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { startServer } from "#server";
import { browserFlags } from "../support/browser-flags.ts";
import { dist, longestLesson } from "../support/built-site.ts";
import { copyProject, root } from "../support/project-copy.ts";
import { provideChromium } from "../support/provide-chromium.ts";
import type { Measure, Part } from "./measures.ts";

const runs = 5;

/** The least median of each category. On a noisy machine, 99 in performance counts as 100. */
const goals = { performance: 99, accessibility: 100, "best-practices": 100, seo: 100 };

export const benchSite: Part = async (log) => {
  const measures = buildTimes(log);
  build(root);
  const server = await startServer({ root: dist });
  const chrome = await launch({ chromePath: provideChromium(log), chromeFlags: ["--headless=new", ...browserFlags] });
  try {
    for (const path of ["/", longestLesson()]) {
      const scores = new Map<string, number[]>(Object.keys(goals).map((category) => [category, []]));
      for (let run = 1; run <= runs; run++) {
        log(`Lighthouse ${path}, run ${run} of ${runs}`);
        const result = await lighthouse(server.url + path, {
          port: chrome.port,
          logLevel: "silent",
          onlyCategories: [...scores.keys()],
        });
        if (!result) throw new Error(`Lighthouse gave no result for '${path}'`);
        const { categories, audits, runtimeError } = result.lhr;
        if (runtimeError) throw new Error(`Lighthouse failed on '${path}': ${runtimeError.message}`);
        for (const [category, values] of scores) {
          const { score, auditRefs } = categories[category] ?? { score: null, auditRefs: [] };
          values.push(Math.round((score ?? 0) * 100));
          for (const { id, weight } of auditRefs) {
            const audit = audits[id];
            if (weight > 0 && audit && audit.score !== null && audit.score < 0.9) log(`  ${category}: ${audit.title}`);
          }
        }
      }
      for (const [category, values] of scores)
        measures.push({
          name: `${path} ${category}`,
          values,
          unit: "",
          atLeast: goals[category as keyof typeof goals],
        });
    }
  } finally {
    chrome.kill();
    await server.close();
  }
  return measures;
};

/** In seconds, on two cores. */
const buildGoals = { cold: 60, warm: 30 };
const times = 10;

/** How long a build takes in a fresh copy of the project, once more there, and with many more lessons. */
function buildTimes(log: (line: string) => void): Measure[] {
  const copy = copyProject();
  try {
    log("building a fresh copy, and again");
    const cold = build(copy);
    const warm = build(copy);
    multiplyLessons(join(copy, "content/lessons"));
    log(`building ${times} times the lessons`);
    const many = build(copy);
    return [
      { name: "build, cold", values: [cold], unit: "s", atMost: buildGoals.cold },
      { name: "build, warm", values: [warm], unit: "s", atMost: buildGoals.warm },
      { name: `build, ${times} times the lessons`, values: [many], unit: "s" },
      { name: "against the warm build", values: [many / warm], unit: "x", atMost: times },
    ];
  } finally {
    rmSync(copy, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Copies each lesson under other numbers and names. The copies show the same examples: those have numbers of two digits. */
function multiplyLessons(folder: string): void {
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".mdx"))) {
    const text = readFileSync(join(folder, file), "utf8");
    const [number = "", slug = ""] = file.replace(".mdx", "").split(/-(.*)/);
    for (let copy = 1; copy < times; copy++) {
      const other = copy * 100 + Number(number);
      writeFileSync(join(folder, `${other}-${slug}-${copy}.mdx`), text.replace(/^number: .*$/m, `number: ${other}`));
    }
  }
}

/** Builds the project in `folder`; gives the seconds that it took. @throws Error with the build's words where it fails */
function build(folder: string): number {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--run", "build"], { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`the build failed:\n${stdout}${stderr}`);
  return (performance.now() - start) / 1000;
}
