/** A real direnv for the transcripts: the one on `PATH`, or Debian's, unpacked without root. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { unpackDebian } from "./unpack-debian.ts";

const cache = resolve(import.meta.dirname, "../../.cache/direnv");

/** The folder that holds `direnv`; undefined where there is none and this is no Debian. */
export function provideDirenv(): string | undefined {
  const onPath = (process.env["PATH"] ?? "").split(delimiter).find((folder) => existsSync(join(folder, "direnv")));
  if (onPath !== undefined) return onPath;
  const bin = join(cache, "root/usr/bin");
  if (existsSync(join(cache, "complete"))) return bin;
  const suite =
    existsSync("/etc/debian_version") && /VERSION_CODENAME=(\w+)/.exec(readFileSync("/etc/os-release", "utf8"));
  if (!suite) return undefined;
  const half = `${cache}.${process.pid}`;
  unpackDebian(["direnv"], half, { suite: suite[1], dependencies: false });
  writeFileSync(join(half, "complete"), "");
  // Test files run side by side: the one that comes second finds the folder of the first.
  if (!existsSync(cache)) renameSync(half, cache);
  else rmSync(half, { recursive: true });
  return bin;
}
