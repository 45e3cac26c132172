/** Compares what a terminal block shows with what really came. */
import { stripVTControlCharacters } from "node:util";
import type { Block } from "./lessons.ts";

/** What one command gave, with home folder, store hashes and times masked. */
export interface CommandResult {
  output: string[];
  status: number;
}

/** Each way in which a block's commands did not do what the lesson shows. None where all agree. */
export function blockProblems({ commands, meta }: Block, results: CommandResult[]): string[] {
  return commands.flatMap(({ command, output: shown }, i) => {
    const { output = [], status = -1 } = results[i] ?? {};
    const wanted = i === commands.length - 1 ? meta.exit : 0;
    const name = `'${firstLine(command)}'`;
    return [
      ...(status === wanted ? [] : [`${name} ended with status ${status}, the lesson says ${wanted}`]),
      ...(matches(shown, output) ? [] : [`${name} shows\n${shown.join("\n")}\nbut printed\n${output.join("\n")}`]),
    ];
  });
}

/** A command for a title: its further lines are left out. */
export const firstLine = (command: string) => command.replace(/\n.*/s, " …");

/**
 * Replaces what differs from run to run on both sides: the scratch folder, store hashes, git revisions of the reader's
 * own repository, times, and temporary files. Revisions of a lock's inputs stay: they are the same for everybody.
 */
export function mask(text: string, home?: string): string {
  return stripVTControlCharacters(home === undefined ? text : text.replaceAll(home, "/home/you"))
    .replace(/\/nix\/store\/[0-9a-z]{32}-/g, "/nix/store/…-")
    .replace(/\brev=[0-9a-f]{40}\b/g, "rev=…")
    .replace(/^(Revision|Fingerprint)(: +)[0-9a-f]{40,64}(-dirty)?$/gm, "$1$2…")
    .replace(/^(\[\w+(?: \(root-commit\))?) [0-9a-f]{7,12}\]/gm, "$1 …]")
    .replace(/\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\b/g, "…")
    .replace(/\/tmp\/[\w.-]*\.[A-Za-z0-9]{6,}\b/g, "/tmp/…");
}

/** Without the notice that Nix did not write the lock file: it comes of the stand-ins, and no reader sees it. */
export function withoutLockNotice(lines: string[]): string[] {
  let inNotice = false;
  return lines.filter((line) => {
    inNotice = line.includes("not writing modified lock file") || (inNotice && /^(•|    |  →)/.test(line));
    return !inNotice;
  });
}

/**
 * Whether `actual` is what the block shows. In `expected`, a line of `…` alone stands for any number of lines, and `…`
 * within a line for any text.
 */
export function matches(expected: string[], actual: string[]): boolean {
  const patterns = trimEnd(expected).map((line) => (line.trim() === "…" ? undefined : linePattern(line)));
  const lines = trimEnd(actual);
  // Row by row: reachable[j] tells whether the patterns so far match the first j lines. No backtracking.
  let reachable = lines.map(() => false);
  reachable = [true, ...reachable];
  for (const pattern of patterns) {
    const next = reachable.map(() => false);
    for (let j = 0; j <= lines.length; j++) {
      if (pattern === undefined) next[j] = reachable[j] === true || (j > 0 && next[j - 1] === true);
      else next[j] = j > 0 && reachable[j - 1] === true && pattern.test(lines[j - 1] ?? "");
    }
    reachable = next;
  }
  return reachable.at(-1) === true;
}

function linePattern(line: string): RegExp {
  const parts = mask(line).trimEnd().split("…");
  return new RegExp(`^${parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join(".*")}$`);
}

function trimEnd(lines: string[]): string[] {
  const trimmed = lines.map((line) => line.trimEnd());
  while (trimmed.at(-1) === "") trimmed.pop();
  return trimmed;
}
