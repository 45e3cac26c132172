import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { nixEnvironment, runNix, type NixResult } from "../support/nix-run.ts";
import type { Nix } from "../support/provide-nix.ts";

const main = resolve(import.meta.dirname, "../../src/runtime/main.ts");

/** What a command gave in our CLI and in real Nix, each with its state and its store in `state`. */
export function runBoth(nix: Nix, state: string, args: string[], cwd: string): { ours: NixResult; real: NixResult } {
  const env = { ...nixEnvironment(nix, state), PWD: cwd };
  const { stdout, stderr, status, error } = spawnSync(process.execPath, [main, "nix", ...args], {
    cwd,
    env,
    encoding: "utf8",
    timeout: 120_000,
    killSignal: "SIGKILL",
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  const real = runNix(nix, state, args, { cwd });
  const store = join(state, "store");
  // A store in a folder of its own shows in the places of Nix's messages, and only there.
  const clean = (text: string) => text.replaceAll(`${store}/nix/store/`, "/nix/store/");
  return {
    ours: { stdout, stderr, status: status ?? -1 },
    real: { ...real, stderr: clean(real.stderr), stdout: clean(real.stdout) },
  };
}
