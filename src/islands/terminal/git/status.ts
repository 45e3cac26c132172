import { compareBytes } from "./objects.ts";
import { below, quoted, type Place } from "./paths.ts";
import type { Change } from "./repository.ts";

const words = { A: "new file:   ", M: "modified:   ", D: "deleted:    ", R: "renamed:    " };

/** What `git status` says; also what `git commit` says where there is nothing to commit. */
export function longStatus(place: Place): string {
  const { repository } = place;
  const [staged, unstaged] = [repository.stagedChanges(), repository.unstagedChanges()];
  const untracked = untrackedFrom(place);
  const isFirst = repository.commits.length === 0;
  const unstage = isFirst ? "git rm --cached <file>..." : "git restore --staged <file>...";
  const add = unstaged.some(({ kind }) => kind === "D") ? "git add/rm <file>..." : "git add <file>...";
  const lines = ["On branch main", ...(isFirst ? ["", "No commits yet", ""] : [])];
  const section = (title: string, hints: readonly string[], entries: readonly string[]): void => {
    if (entries.length > 0)
      lines.push(title, ...hints.map((hint) => `  (use ${hint})`), ...entries.map((e) => `\t${e}`), "");
  };
  const shown = ({ path, kind, from }: Change): string =>
    words[kind] + (from === undefined ? "" : `${quoted(place.show(from))} -> `) + quoted(place.show(path));
  section("Changes to be committed:", [`"${unstage}" to unstage`], staged.map(shown));
  section(
    "Changes not staged for commit:",
    [`"${add}" to update what will be committed`, '"git restore <file>..." to discard changes in working directory'],
    unstaged.map(shown),
  );
  section("Untracked files:", ['"git add <file>..." to include in what will be committed'], untracked.map(quoted));
  if (staged.length === 0) lines.push(lastLine(unstaged.length > 0, untracked.length > 0, isFirst));
  return `${lines.join("\n")}\n`;
}

function lastLine(hasUnstaged: boolean, hasUntracked: boolean, isFirst: boolean): string {
  if (hasUnstaged) return 'no changes added to commit (use "git add" and/or "git commit -a")';
  if (hasUntracked) return 'nothing added to commit but untracked files present (use "git add" to track)';
  if (isFirst) return 'nothing to commit (create/copy files and use "git add" to track)';
  return "nothing to commit, working tree clean";
}

/** `git status --short`, seen from a folder, and `--porcelain`, always seen from the project's. */
export function shortStatus(place: Place, { fromRoot, branch }: { fromRoot: boolean; branch: boolean }): string {
  const { repository } = place;
  const [staged, unstaged] = [repository.stagedChanges(), repository.unstagedChanges()];
  const show = (path: string): string => {
    const seen = fromRoot ? path : place.show(path);
    const safe = quoted(seen);
    // A blank parts the columns, so that such a path has quotes here, and not in the long form.
    return safe === seen && seen.includes(" ") ? `"${seen}"` : safe;
  };
  const paths = [...new Set([...staged, ...unstaged].map(({ path }) => path))];
  const rows = paths.sort(compareBytes).map((path) => {
    const [first, second] = [staged, unstaged].map((side) => side.find((change) => change.path === path));
    const from = first?.from === undefined ? "" : `${show(first.from)} -> `;
    return `${first?.kind ?? " "}${second?.kind ?? " "} ${from}${show(path)}`;
  });
  const untracked = collapsed(place).map((path) => `?? ${show(path)}`);
  const head = branch ? [repository.commits.length === 0 ? "## No commits yet on main" : "## main"] : [];
  return [...head, ...rows, ...untracked].map((row) => `${row}\n`).join("");
}

function untrackedFrom(place: Place): string[] {
  return collapsed(place).map((path) => {
    if (path !== `${place.prefix}/`) return place.show(path);
    return "./";
  });
}

/** Untracked files; a folder in which nothing is tracked stands for all that is in it. */
function collapsed({ repository }: Place): string[] {
  const tracked = [...repository.project.index.keys()];
  const shown = repository.untracked().map((path) => {
    const parts = path.split("/");
    for (let length = 1; length < parts.length; length++) {
      const folder = parts.slice(0, length).join("/");
      if (below(tracked, folder).length === 0) return `${folder}/`;
    }
    return path;
  });
  return [...new Set(shown)];
}
