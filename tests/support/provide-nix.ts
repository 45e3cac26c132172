/**
 * Finds or provides a real Nix. In this order: `NIX_BIN`, a 2.34 on `PATH`, our own copy unpacked from Debian's
 * packages into `.cache/nix`, any Nix >= 2.18 on `PATH`. Root is not needed: `apt-get` works on folders of its own.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { loaderCommand, unpackDebian } from "./unpack-debian.ts";

/** The minor version with which wordings and transcripts were recorded. */
export const recordedMinor = "2.34";
const oldestUsable = [2, 18] as const;

const root = resolve(import.meta.dirname, "../..");
const cache = join(root, ".cache/nix");
const programs = ["nix", "nix-instantiate", "nix-store", "nix-build", "nix-shell", "nix-hash", "nix-env"];

/** A usable Nix: `bin` is the folder of its programs; `recorded` tells whether wording may be compared. */
export interface Nix {
  bin: string;
  version: string;
  recorded: boolean;
  origin: "NIX_BIN" | "PATH" | "unpacked from Debian's packages";
}

/** @throws Error that says how to install Nix, where none can be had. */
export function provideNix(log: (line: string) => void = () => {}): Nix {
  const named = process.env["NIX_BIN"];
  if (named) {
    const bin = resolve(named);
    const version = versionOf(bin);
    if (version === undefined) throw new Error(`NIX_BIN is '${named}', but '${bin}/nix --version' does not run`);
    return accept(bin, version, "NIX_BIN");
  }
  const onPath = findOnPath("nix");
  const pathVersion = onPath === undefined ? undefined : versionOf(onPath);
  if (onPath !== undefined && pathVersion !== undefined && isRecorded(pathVersion)) {
    return accept(onPath, pathVersion, "PATH");
  }
  const own = ownNix(log);
  if (own !== undefined) return own;
  if (onPath !== undefined && pathVersion !== undefined) return accept(onPath, pathVersion, "PATH");
  throw new Error(
    `no usable Nix found. Install Nix ${recordedMinor} (https://nixos.org/download), or on a Debian-like system make ` +
      "'apt-get' and 'dpkg' available, or set NIX_BIN to the folder of a Nix >= 2.18",
  );
}

function accept(bin: string, version: string, origin: Nix["origin"]): Nix {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < oldestUsable[0] || (major === oldestUsable[0] && minor < oldestUsable[1])) {
    throw new Error(`Nix ${version} in '${bin}' is too old: the examples need Nix >= 2.18`);
  }
  return { bin, version, recorded: isRecorded(version), origin };
}

const isRecorded = (version: string) => version.startsWith(`${recordedMinor}.`);

function versionOf(bin: string): string | undefined {
  const run = spawnSync(join(bin, "nix"), ["--version"], { encoding: "utf8" });
  return run.status === 0 ? /(\d+\.\d+[.\d]*)/.exec(run.stdout)?.[1] : undefined;
}

function findOnPath(program: string): string | undefined {
  return (process.env["PATH"] ?? "").split(":").find((folder) => folder !== "" && existsSync(join(folder, program)));
}

function ownNix(log: (line: string) => void): Nix | undefined {
  const bin = join(cache, "bin");
  const version = existsSync(join(cache, "complete")) ? versionOf(bin) : undefined;
  if (version !== undefined) return accept(bin, version, "unpacked from Debian's packages");
  if (!findOnPath("apt-get") || !findOnPath("dpkg")) return undefined;
  log("real Nix: downloading Debian's nix-bin into .cache/nix (about 41 MB)");
  rmSync(cache, { recursive: true, force: true });
  const system = unpackDebian(["nix-bin"], cache);
  writeWrappers(bin, system);
  const found = versionOf(bin);
  if (found === undefined) throw new Error(`Nix was unpacked into '${cache}', but 'nix --version' does not run there`);
  writeFileSync(join(cache, "complete"), `${found}\n`);
  return accept(bin, found, "unpacked from Debian's packages");
}

/** A script for each program, which starts it through the loader of its own C library. */
function writeWrappers(bin: string, system: string): void {
  mkdirSync(bin, { recursive: true });
  for (const program of programs) {
    const file = join(bin, program);
    const command = [...loaderCommand(system, program), join(system, "usr/bin/nix")]
      .map((word) => `'${word}'`)
      .join(" ");
    writeFileSync(file, `#!/bin/sh\nexec ${command} "$@"\n`);
    chmodSync(file, 0o755);
  }
}
