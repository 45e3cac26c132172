/** Runs a real Nix in a state of its own: settings, store, home and caches are those of one test, never the user's. */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Nix } from "./provide-nix.ts";

/** What one run of Nix gave. `status` is -1 where a signal or the time limit ended it. */
export interface NixResult {
  stdout: string;
  stderr: string;
  status: number;
}

/** Longer than any evaluation of an example takes, also on two busy cores. In milliseconds. */
const timeLimit = 120_000;
/** The same where nixpkgs is downloaded first. */
const networkTimeLimit = 1_800_000;

/**
 * The environment in which Nix reads no setting of the user, asks no network (unless `network` is true), and keeps store
 * and caches in `state`, which is made. The store is a folder: evaluation needs neither `/nix` nor root.
 */
export function nixEnvironment(nix: Nix, state: string, network = false): NodeJS.ProcessEnv {
  const home = join(state, "home");
  const settings = join(state, "settings");
  for (const folder of [home, settings, join(state, "cache")]) mkdirSync(folder, { recursive: true });
  const kept = Object.entries(process.env).filter(([name]) => !/^(NIX_|XDG_|GIT_|DIRENV_|IN_NIX_SHELL)/.test(name));
  return {
    ...Object.fromEntries(kept),
    PATH: `${nix.bin}:${process.env["PATH"] ?? ""}`,
    HOME: home,
    XDG_CACHE_HOME: join(state, "cache"),
    NIX_CONF_DIR: settings,
    NIX_CONFIG: [
      "experimental-features = nix-command flakes",
      `store = ${join(state, "store")}`,
      "build-users-group =",
      "build-hook =",
      "sandbox = false",
      "flake-registry =",
      ...(network ? [] : ["substituters =", "connect-timeout = 5", "download-attempts = 1"]),
    ].join("\n"),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    NO_COLOR: "1",
    LC_ALL: "C.UTF-8",
  };
}

/** Runs `nix ARGS` in `cwd` with its state in `state`. @throws Error where the program itself cannot be started. */
export function runNix(
  nix: Nix,
  state: string,
  args: string[],
  options: { cwd: string; network?: boolean },
): NixResult {
  const timeout = options.network ? networkTimeLimit : timeLimit;
  const { stdout, stderr, status, error } = spawnSync(join(nix.bin, "nix"), args, {
    cwd: options.cwd,
    env: { ...nixEnvironment(nix, state, options.network), PWD: options.cwd },
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout,
  });
  if (error && (error as NodeJS.ErrnoException).code !== "ETIMEDOUT") throw error;
  return { stdout, stderr: error ? `${stderr}\nended after ${timeout / 1000} s` : stderr, status: status ?? -1 };
}
