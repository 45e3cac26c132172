import { readdirSync } from "node:fs";
import { resolve } from "node:path";

/** What a run of a case gave; the folder of the cases is written `/pwd`, and texts are byte strings. */
export interface CaseRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Cases that must pass, and cases that are known to fail. */
export const folders = {
  cases: resolve(import.meta.dirname, "cases"),
  notYetPassing: resolve(import.meta.dirname, "not-yet-passing"),
};

/** The names of the cases of a folder, without `.nix`. */
export function caseNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => /^(eval|parse)-(okay|fail)-.*\.nix$/.test(file))
    .map((file) => file.slice(0, -".nix".length));
}

/** The arguments of `nix-instantiate` for a case. */
export function caseArguments(name: string): string[] {
  return [...(name.startsWith("parse-") ? ["--parse"] : ["--eval", "--strict"]), `${name}.nix`];
}

/** The home folder as the recorded cases name it. */
export const recordedHome = "/home/snake";

/** A run with `/pwd` for the folder that it stood in, and the recorded home folder for its own. */
export function withoutFolders({ status, stdout, stderr }: CaseRun, folder: string, home: string): CaseRun {
  const clean = (text: string) => text.replaceAll(folder, "/pwd").replaceAll(home, recordedHome);
  return { status, stdout: clean(stdout), stderr: clean(stderr) };
}
