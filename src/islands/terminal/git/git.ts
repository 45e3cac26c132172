import { commandLine } from "../elsewhere.ts";
import type { GitCommand, Printed } from "./command.ts";
import { diff, log, lsFiles, status } from "./looking.ts";
import { Place } from "./paths.ts";
import { GitFailure, type Repository } from "./repository.ts";
import { checkout, reset, restore } from "./restoring.ts";
import { add, commit, mv, rm } from "./staging.ts";

/** A project is a repository from the start. */
const init: GitCommand = (_args, { repository: { root } }) => ({
  out: `Reinitialized existing Git repository in ${root}/.git/\n`,
});

const commands: Readonly<Record<string, GitCommand>> = {
  add,
  checkout,
  commit,
  diff,
  init,
  log,
  "ls-files": lsFiles,
  mv,
  reset,
  restore,
  rm,
  status,
};

export interface GitResult {
  readonly out: string;
  readonly err: string;
  readonly status: number;
}

/** Commands that need another computer or a history with branches. */
const elsewhere = new Set(
  (
    "bisect blame branch cherry-pick clean clone config fetch grep merge notes pull push rebase reflog remote revert show " +
    "stash submodule switch tag worktree"
  ).split(" "),
);

/** What the terminal's `git` has. */
export const gitNames: readonly string[] = Object.keys(commands);

/** Runs `git` in a folder. */
export function git(args: readonly string[], repository: Repository, cwd: string): GitResult {
  const [name = "help", ...rest] = args;
  if (name === "--version" || name === "version") return printed({ out: "git: the lab's own, with a few commands\n" });
  if (name === "help" || name === "--help")
    return printed({ out: `This terminal's git knows: ${gitNames.join(", ")}.\nIt has one branch, 'main'.\n` });
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    if (!elsewhere.has(name))
      return printed({ err: `git: '${name}' is not a git command. See 'git --help'.\n`, status: 1 });
    const line = commandLine(["git", ...args]);
    return printed({ err: `'git ${name}' is not in this terminal. Run on your own machine: ${line}\n`, status: 1 });
  }
  try {
    return printed(command(rest, new Place(repository, cwd)));
  } catch (error) {
    if (error instanceof GitFailure) return printed({ err: `${error.message}\n`, status: error.status });
    throw error;
  }
}

const printed = ({ out = "", err = "", status = 0 }: Printed): GitResult => ({ out, err, status });
