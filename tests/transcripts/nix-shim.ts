/**
 * Stands before the real `nix` in a transcript's session: adds `--override-input` for the stand-ins, so that the lesson
 * can show what the reader types. The notice that the lock file was not written is taken out of the record afterwards.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const args = process.argv.slice(2);
const commandEnd = args.findIndex((arg) => ["-c", "--command", "--"].includes(arg));
const own = commandEnd < 0 ? args : args.slice(0, commandEnd);
const [first = "", second = ""] = own.filter((arg) => !arg.startsWith("-"));
const evaluates =
  ["develop", "build", "run", "eval", "shell", "print-dev-env", "fmt"].includes(first) ||
  (first === "flake" && ["check", "show", "archive"].includes(second));
const withoutFlake = own.some((arg) => ["--expr", "--file", "-f", "--help"].includes(arg));
const folder = process.env["TRANSCRIPT_INPUTS"] !== "real" && evaluates && !withoutFlake ? flakeFolder() : undefined;

/** The flake that the command names, or the one around the current folder; undefined for a reference to elsewhere. */
function flakeFolder(): string | undefined {
  const positional = own.slice(own.indexOf(first === "flake" ? second : first) + 1);
  const isLocal = (arg: string) => /^(\.|\/|path:|git\+file:)/.test(arg);
  const named = positional.find(isLocal);
  if (named === undefined && positional.some((arg) => /^(?!-)([\w+.-]+:|[\w-]+#)/.test(arg))) return undefined;
  const start = resolve((named ?? ".").replace(/^(path:|git\+file:(\/\/)?)/, "").replace(/[#?].*$/s, "") || ".");
  for (let each = start; ; each = dirname(each)) {
    if (existsSync(join(each, "flake.lock"))) return each;
    if (each === dirname(each) || existsSync(join(each, "flake.nix"))) return undefined;
  }
}

let extra: string[] = [];
if (folder !== undefined) {
  const { overrideInputs } = await import("../support/override-inputs.ts");
  extra = ["--no-write-lock-file", ...overrideInputs(folder)];
}
// On a terminal Nix shows progress in a line that vanishes; elsewhere it prints it, unless it is quieter by one.
const position = args.indexOf(first === "flake" ? second : first) + 1;
const run = spawnSync(
  process.env["REAL_NIX"] ?? "nix",
  ["--quiet", ...args.slice(0, position), ...extra, ...args.slice(position)],
  { stdio: "inherit" },
);
process.exitCode = run.status ?? 1;
