import { compareBytes, type Commit } from "./objects.ts";
import { below, type Place } from "./paths.ts";
import { GitFailure } from "./repository.ts";
import type { Files } from "../../lab/project.ts";

/** What a command prints. */
export interface Printed {
  readonly out?: string;
  readonly err?: string;
  readonly status?: number;
}

export type GitCommand = (args: readonly string[], place: Place) => Printed;

export const nothing: Printed = {};

export const subject = ({ message }: Commit): string => message.split("\n")[0]!;

/** All paths of some sides, in Git's order. */
export const sortedPaths = (...all: Files[]): string[] =>
  [...new Set(all.flatMap((files) => [...files.keys()]))].sort(compareBytes);

/** A commit and paths, which Git tells apart by what is there. */
export function startAndPaths(place: Place, operands: readonly string[], behind: readonly string[] | undefined) {
  const typed = [...operands];
  const start = typed[0] === undefined ? undefined : place.repository.find(typed[0]);
  if (start !== undefined) typed.shift();
  for (const each of typed)
    if (below(place.repository.project.files.keys(), place.resolve(each)).length === 0)
      throw new GitFailure(
        `fatal: ambiguous argument '${each}': unknown revision or path not in the working tree.\n` +
          "Use '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'",
      );
  return { start, wanted: [...typed, ...(behind ?? [])].map((each) => place.resolve(each)) };
}
