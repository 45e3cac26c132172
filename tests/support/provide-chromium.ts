/**
 * Finds or provides a real Chromium: `CHROMIUM_PATH`, Playwright's own, Debian's package (as root), or the system's.
 * Playwright's own download is never needed. A headless shell, Chromium without the browser's window, comes before the
 * whole program: it renders the same, and opens a page sooner.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { chromium } from "playwright";

const headlessShell = "chromium-headless-shell";
const chromeOnMac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** The path of a Chromium that can be started. @throws Error that says how to get one. */
export function provideChromium(log: (line: string) => void = () => {}): string {
  const named = process.env["CHROMIUM_PATH"];
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH is '${named}', but there is no such file`);
  }
  const own = chromium.executablePath();
  const shell = existsSync(own) ? own : findProgram([headlessShell]);
  if (shell !== undefined) return shell;
  if (existsSync("/etc/debian_version") && process.getuid?.() === 0) {
    log(`Chromium: installing Debian's ${headlessShell} with apt-get`);
    const problem = install(headlessShell);
    const installed = findProgram([headlessShell]);
    if (installed !== undefined) return installed;
    log(`Chromium: ${problem ?? "the package has no such program"}`);
  }
  const whole = findProgram(["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", chromeOnMac]);
  if (whole !== undefined) return whole;
  throw new Error(
    "no Chromium found. Set CHROMIUM_PATH to one, install your system's chromium package, or run 'npx playwright install chromium'",
  );
}

/** What went wrong, if anything did. */
function install(name: string): string | undefined {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", name]]) {
    const run = spawnSync("apt-get", args, { encoding: "utf8", env });
    if (run.status !== 0) return `apt-get ${args.join(" ")} failed:\n${run.stderr}`;
  }
  return undefined;
}

function findProgram(names: readonly string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(":").filter((folder) => folder !== "");
  const files = names.flatMap((name) => [...folders, "/usr/bin"].map((folder) => resolve(folder, name)));
  return files.find((file) => existsSync(file));
}
