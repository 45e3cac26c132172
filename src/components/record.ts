/** The record of what the tests checked: `examples/checked.json`, written by `npm run record`. */
import { existsSync, readFileSync } from "node:fs";
import { listExampleFiles } from "#lessons";

/** What is checked of each flake, and what a passed check means. */
export const checks = {
  lock: "the lock file fits the flake, and nothing is missing from it",
  evaluates: "every output evaluates, for every system",
  promises: "it offers what the lesson says, no less and no more",
} as const;

/** How one check went. Without a date it was not run; a lock is read and not evaluated, so it has no `how`. */
interface CheckEntry {
  how?: string;
  nix?: string;
  date?: string;
}

/** What is known of one flake of an example. */
type FlakeRecord = { locked?: Record<string, string> } & Partial<Record<keyof typeof checks, CheckEntry>>;

/** By the flake's folder within the example (`.` is the root). Empty where nothing was recorded. */
export function recordOf(example: string): Record<string, FlakeRecord> {
  const file = "examples/checked.json";
  if (!existsSync(file)) return {};
  const record = JSON.parse(readFileSync(file, "utf8")) as Record<string, Record<string, FlakeRecord>>;
  return record[example] ?? {};
}

/** The folders of an example's flakes; `.` is its root. */
export function flakeFolders(example: string): string[] {
  return listExampleFiles(example)
    .filter((file) => /(^|\/)flake\.nix$/.test(file))
    .map((file) => file.replace(/\/?flake\.nix$/, "") || ".");
}
