/**
 * Finds or provides a real Chromium: `CHROMIUM_PATH`, Playwright's own, the system's, or Debian's package (as root).
 * Playwright's own download is never needed.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright";

/** The path of a Chromium that can be started. @throws Error that says how to get one. */
export function provideChromium(log: (line: string) => void = () => {}): string {
  const named = process.env["CHROMIUM_PATH"];
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH is '${named}', but there is no such file`);
  }
  const found = [chromium.executablePath(), ...systemCandidates()].find((file) => existsSync(file));
  if (found !== undefined) return found;
  if (existsSync("/etc/debian_version") && process.getuid?.() === 0) {
    log("Chromium: installing Debian's package with apt-get");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
      const run = spawnSync("apt-get", args, { encoding: "utf8", env });
      if (run.status !== 0) throw new Error(`apt-get ${args.join(" ")} failed:\n${run.stderr}`);
    }
    const installed = systemCandidates().find((file) => existsSync(file));
    if (installed !== undefined) return installed;
  }
  throw new Error(
    "no Chromium found. Set CHROMIUM_PATH to one, install your system's chromium package, or run 'npx playwright install chromium'",
  );
}

function systemCandidates(): string[] {
  const folders = (process.env["PATH"] ?? "").split(":").filter((folder) => folder !== "");
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
  return [...names.flatMap((name) => [...folders, "/usr/bin"].map((folder) => join(folder, name))), mac];
}
