/** Builds the site, and asks Lighthouse about the landing page and the longest lesson. */
import { spawnSync } from "node:child_process";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { startServer } from "#server";
import { browserFlags } from "../support/browser-flags.ts";
import { dist, longestLesson } from "../support/built-site.ts";
import { root } from "../support/project-copy.ts";
import { provideChromium } from "../support/provide-chromium.ts";
import type { Measure, Part } from "./measures.ts";

const runs = 5;

/** The least median of each category. On a noisy machine, 99 in performance counts as 100. */
const goals = { performance: 99, accessibility: 100, "best-practices": 100, seo: 100 };

export const benchSite: Part = async (log) => {
  const measures: Measure[] = [buildTime()];
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

function buildTime(): Measure {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--run", "build"], { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`the build failed:\n${stdout}${stderr}`);
  return { name: "build", values: [(performance.now() - start) / 1000], unit: "s" };
}
