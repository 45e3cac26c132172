/** `npm test`: provides real Nix and Chromium, runs the static checks and every suite, and adds up their results. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { provideChromium } from "./support/provide-chromium.ts";
import { provideNix } from "./support/provide-nix.ts";

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const root = resolve(import.meta.dirname, "..");
const results = join(root, ".cache/results");
const programs = join(root, "node_modules/.bin");

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const nix = provideNix(console.log);
console.log(`real Nix: ${nix.version} (${nix.origin})${nix.recorded ? "" : "; comparisons of wording are skipped"}`);
const chromium = provideChromium(console.log);
console.log(`Chromium: ${chromium}`);

const env: NodeJS.ProcessEnv = {
  ...process.env,
  NIX_BIN: nix.bin,
  CHROMIUM_PATH: chromium,
  ASTRO_TELEMETRY_DISABLED: "1",
};
const succeeds = (command: string, ...args: string[]) =>
  spawnSync(command, args, { cwd: root, stdio: "inherit", env }).status === 0;

/** The static checks count as one test, the build as another. */
function step(name: string, ok: boolean): Counts {
  console.log(`${name}: ${ok ? "ok" : "FAILED"}`);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

function nodeTests(name: string, ...patterns: string[]): Counts {
  const file = join(results, `${name}.json`);
  const ok = succeeds(
    process.execPath,
    "--test",
    "--test-concurrency=2",
    "--test-reporter=dot",
    "--test-reporter-destination=stdout",
    "--test-reporter=./tests/support/count-reporter.ts",
    `--test-reporter-destination=${file}`,
    ...patterns,
  );
  return suite(name, ok, () => JSON.parse(readFileSync(file, "utf8")) as Counts);
}

function browserTests(name: string): Counts {
  const file = join(results, `${name}.json`);
  env["PLAYWRIGHT_JSON_OUTPUT_NAME"] = file;
  const ok = succeeds(join(programs, "playwright"), "test", `--project=${name}`, "--reporter=list,json");
  return suite(name, ok, () => {
    const { stats } = JSON.parse(readFileSync(file, "utf8")) as {
      stats: { expected: number; unexpected: number; flaky: number; skipped: number };
    };
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
  });
}

/** A suite that ran nothing, or that failed without saying where, counts as a failure. */
function suite(name: string, ok: boolean, read: () => Counts): Counts {
  let counts: Counts;
  try {
    counts = read();
  } catch (error) {
    console.error(`suite '${name}' left no result: ${String(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  if (counts.passed + counts.failed === 0) console.error(`suite '${name}' ran nothing`);
  const hidden = counts.failed === 0 && (!ok || counts.passed === 0) ? 1 : 0;
  console.log(`suite '${name}': ${counts.passed} passed, ${counts.failed + hidden} failed, ${counts.skipped} skipped`);
  return { ...counts, failed: counts.failed + hidden };
}

const all: Counts[] = [
  step("check", succeeds(process.execPath, "src/scripts/check.ts")),
  step("build", succeeds(process.execPath, "--run", "build")),
  nodeTests("unit", "src/**/*.test.ts"),
  nodeTests("whole", "tests/**/*.test.ts"),
  browserTests("flakes"),
  browserTests("site"),
];
const sum = (key: keyof Counts) => all.reduce((total, counts) => total + counts[key], 0);
const skipped = sum("skipped");
console.log(`${sum("passed")} passed, ${sum("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = sum("failed") === 0 ? 0 : 1;
