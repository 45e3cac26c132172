/** `npm test`: provides real Nix and Chromium, runs the static checks and every suite, and adds up their results. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { addCounts, countPlaywright, judge, printCounts, type Counts } from "./support/counts.ts";
import { provideChromium } from "./support/provide-chromium.ts";
import { provideNix } from "./support/provide-nix.ts";

const root = resolve(import.meta.dirname, "..");
const results = join(root, ".cache/results");
const playwright = join(root, "node_modules/.bin/playwright");
const env: NodeJS.ProcessEnv = { ...process.env, ASTRO_TELEMETRY_DISABLED: "1" };

const succeeds = (command: string, ...args: string[]) =>
  spawnSync(command, args, { cwd: root, stdio: "inherit", env }).status === 0;

/** All suites in order, by name. */
const suites: Record<string, () => Counts> = {
  check: () => step(succeeds(process.execPath, "src/scripts/check.ts")),
  build: () => {
    // A build that fails must not leave the last one to the browser tests.
    rmSync(join(root, "dist"), { recursive: true, force: true });
    return step(succeeds(process.execPath, "--run", "build"));
  },
  unit: () => nodeTests("unit", "dot", "src/**/*.test.ts"),
  whole: () => nodeTests("whole", "spec", "tests/**/*.test.ts"),
  flakes: () => playwrightTests("flakes"),
  site: () => playwrightTests("site"),
};

/** The static checks count as one test, the build as another. */
function step(ok: boolean): Counts {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

function nodeTests(name: string, reporter: "dot" | "spec", pattern: string): Counts {
  const file = join(results, `${name}.json`);
  const ok = succeeds(
    process.execPath,
    "--test",
    "--test-concurrency=2",
    "--test-timeout=1200000",
    `--test-reporter=${reporter}`,
    "--test-reporter-destination=stdout",
    "--test-reporter=./tests/support/count-reporter.ts",
    `--test-reporter-destination=${file}`,
    pattern,
  );
  return read(name, ok, () => JSON.parse(readFileSync(file, "utf8")) as Counts);
}

function playwrightTests(name: string): Counts {
  const file = join(results, `${name}.json`);
  env["PLAYWRIGHT_JSON_OUTPUT_NAME"] = file;
  const ok = succeeds(playwright, "test", `--project=${name}`, "--reporter=list,json");
  return read(name, ok, () => countPlaywright(JSON.parse(readFileSync(file, "utf8"))));
}

function read(name: string, ok: boolean, counts: () => Counts): Counts {
  try {
    const judged = judge(counts(), ok);
    if (judged.complaint !== undefined) console.error(`error: suite '${name}' ${judged.complaint}`);
    return judged;
  } catch (error) {
    console.error(`error: suite '${name}' left no result: ${(error as Error).message}`);
    return step(false);
  }
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
try {
  const nix = provideNix(console.log);
  console.log(`real Nix: ${nix.version} (${nix.origin})${nix.recorded ? "" : "; comparisons of wording are skipped"}`);
  env["NIX_BIN"] = nix.bin;
  env["CHROMIUM_PATH"] = provideChromium(console.log);
  console.log(`Chromium: ${env["CHROMIUM_PATH"]}`);
} catch (error) {
  console.error(`error: ${(error as Error).message}`);
  process.exit(1);
}

const all: [name: string, counts: Counts, seconds: number][] = [];
for (const [name, run] of Object.entries(suites)) {
  console.log(`\n── ${name} ${"─".repeat(60 - name.length)}`);
  const start = performance.now();
  const counts = run();
  all.push([name, counts, Math.round((performance.now() - start) / 1000)]);
  console.log(`suite '${name}': ${printCounts(counts)}`);
}

console.log(`\n── all suites ${"─".repeat(50)}`);
for (const [name, counts, seconds] of all)
  console.log(`${name.padEnd(8)}${`${seconds} s`.padStart(6)}  ${printCounts(counts)}`);
const total = addCounts(all.map(([, counts]) => counts));
console.log(printCounts(total));
process.exitCode = total.failed === 0 ? 0 : 1;
