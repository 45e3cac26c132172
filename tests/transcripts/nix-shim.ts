/**
 * Stands before the real `nix` in a transcript's session: adds `--override-input` for the stand-ins, so that the lesson
 * can show what the reader types, and drops the notice that the lock file was not written.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { overrideInputs } from "../support/nix-run.ts";

const args = process.argv.slice(2);
const real = process.env["REAL_NIX"] ?? "nix";
const words = args.filter((arg) => !arg.startsWith("-"));
const [first = "", second = ""] = words;
const evaluates =
  ["develop", "build", "run", "eval", "shell", "print-dev-env", "fmt"].includes(first) ||
  (first === "flake" && ["check", "show", "archive"].includes(second));
const replaced = process.env["TRANSCRIPT_INPUTS"] !== "real" && evaluates && !args.includes("--expr");

/** The flake that the command names, or the one around the current folder; undefined for a reference to elsewhere. */
function flakeFolder(): string | undefined {
  const commandEnd = args.findIndex((arg) => ["-c", "--command", "--"].includes(arg));
  const named = (commandEnd < 0 ? args : args.slice(0, commandEnd))
    .slice(first === "flake" ? 2 : 1)
    .find((arg) => /^(\.|\/|path:|git\+file:)/.test(arg));
  const start = resolve((named ?? ".").replace(/^(path:|git\+file:(\/\/)?)/, "").replace(/[#?].*$/s, "") || ".");
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "flake.lock"))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

const folder = replaced ? flakeFolder() : undefined;
const extra = folder === undefined ? [] : ["--no-write-lock-file", ...overrideInputs(folder)];
const position = first === "flake" ? args.indexOf(second) + 1 : args.indexOf(first) + 1;
const full = [...args.slice(0, position), ...extra, ...args.slice(position)];
const child = spawn(real, full, { stdio: ["inherit", "inherit", "pipe"] });
let inNotice = false;
createInterface({ input: child.stderr }).on("line", (line) => {
  if (extra.length > 0 && line.includes("not writing modified lock file")) inNotice = true;
  else if (!inNotice || !/^(•|    |  →)/.test(line)) {
    inNotice = false;
    process.stderr.write(`${line}\n`);
  }
});
child.on("close", (code, signal) => {
  process.exitCode = signal ? 1 : (code ?? 1);
});
