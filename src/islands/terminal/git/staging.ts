/** The commands that change what Git knows: `add`, `rm`, `mv`, `commit`. */
import { me } from "../project-fs.ts";
import { nothing, sortedPaths, subject, type Printed } from "./command.ts";
import { summary } from "./diff.ts";
import { ignoredBy } from "./ignore.ts";
import { compareBytes } from "./objects.ts";
import { below, quoted, readWords, type Place } from "./paths.ts";
import { GitFailure, type Change } from "./repository.ts";
import { longStatus } from "./status.ts";

export function add(args: readonly string[], place: Place): Printed {
  const words = readWords(args, {
    "-A": "all",
    "--all": "all",
    "-N": "intent",
    "--intent-to-add": "intent",
    "-f": "force",
    "--force": "force",
    "-u": "update",
    "--update": "update",
    "-v": "verbose",
    "--verbose": "verbose",
  });
  const { repository } = place;
  const { files, index } = repository.project;
  const { options } = words;
  const typed = [...words.operands, ...(words.paths ?? [])];
  if (typed.length === 0 && !options.has("all") && !options.has("update"))
    return {
      err:
        "Nothing specified, nothing added.\nhint: Maybe you wanted to say 'git add .'?\n" +
        'hint: Turn this message off by running\nhint: "git config advice.addEmptyPathspec false"\n',
    };
  const isIgnored = options.has("force") ? () => false : ignoredBy(files);
  const all = sortedPaths(files, index).filter((path) => index.has(path) || !isIgnored(path));
  const wanted = new Set<string>();
  const refused: string[] = [];
  for (const each of typed.length === 0 ? [""] : typed) {
    const at = each === "" ? "" : place.resolve(each);
    const found = below(all, at);
    if (found.length === 0 && at !== "") {
      if (below(files.keys(), at).length === 0)
        throw new GitFailure(`fatal: pathspec '${each}' did not match any files`);
      refused.push(at);
    }
    for (const path of found) if (!options.has("update") || index.has(path)) wanted.add(path);
  }
  const changed = [...wanted].filter((path) => files.get(path) !== index.get(path) || repository.isIntended(path));
  if (options.has("intent")) for (const path of changed.filter((path) => !index.has(path))) repository.intend(path);
  else repository.stage(changed);
  const out = options.has("verbose")
    ? changed.map((path) => `${files.has(path) ? "add" : "remove"} '${path}'\n`).join("")
    : "";
  if (refused.length === 0) return { out };
  return {
    out,
    err:
      `The following paths are ignored by one of your .gitignore files:\n${refused.join("\n")}\n` +
      "hint: Use -f if you really want to add them.\n" +
      'hint: Turn this message off by running\nhint: "git config advice.addIgnoredFile false"\n',
    status: 1,
  };
}

export function rm(args: readonly string[], place: Place): Printed {
  const words = readWords(args, {
    "--cached": "cached",
    "-r": "recursive",
    "-f": "force",
    "--force": "force",
    "-q": "quiet",
    "--quiet": "quiet",
  });
  const { repository } = place;
  const { project } = repository;
  const { options } = words;
  const typed = [...words.operands, ...(words.paths ?? [])];
  if (typed.length === 0) throw new GitFailure("fatal: No pathspec was given. Which files should I remove?");
  const gone = new Set<string>();
  for (const each of typed) {
    const at = place.resolve(each);
    const found = below(sortedPaths(project.index), at);
    if (found.length === 0) throw new GitFailure(`fatal: pathspec '${each}' did not match any files`);
    if (!project.index.has(at) && !options.has("recursive"))
      throw new GitFailure(`fatal: not removing '${each}' recursively without -r`);
    for (const path of found) gone.add(path);
  }
  const paths = [...gone].sort(compareBytes);
  if (!options.has("force")) checkRemovable(paths, options.has("cached"), place);
  project.forget(paths, me);
  if (!options.has("cached")) for (const path of paths) project.remove(path, me);
  return options.has("quiet") ? nothing : { out: paths.map((path) => `rm '${path}'\n`).join("") };
}

/** Git does not remove what exists nowhere else. */
function checkRemovable(paths: readonly string[], isCached: boolean, { repository }: Place): void {
  const { files, index, head } = repository.project;
  const isEdited = (path: string): boolean => files.has(path) && files.get(path) !== index.get(path);
  const isStaged = (path: string): boolean => index.get(path) !== head.get(path) && !repository.isIntended(path);
  const both = paths.filter((path) => files.has(path) && isStaged(path) && isEdited(path));
  const staged = isCached ? [] : paths.filter((path) => files.has(path) && isStaged(path) && !isEdited(path));
  const edited = isCached ? [] : paths.filter((path) => !isStaged(path) && isEdited(path));
  const say = (found: readonly string[], what: string, many: string, help: string): string => {
    if (found.length === 0) return "";
    const which = found.length === 1 ? `the following file has ${what}` : `the following files have ${many}`;
    return `error: ${which}:\n${found.map((path) => `    ${path}\n`).join("")}${help}\n`;
  };
  const different = "staged content different from both the\nfile and the HEAD";
  const keep = "(use --cached to keep the file, or -f to force removal)";
  const message =
    say(both, different, different, "(use -f to force removal)") +
    say(staged, "changes staged in the index", "changes staged in the index", keep) +
    say(edited, "local modifications", "local modifications", keep);
  if (message !== "") throw new GitFailure(message.trimEnd(), 1);
}

export function mv(args: readonly string[], place: Place): Printed {
  const words = readWords(args, { "-f": "force", "--force": "force", "-v": "verbose", "-k": "skip" });
  const { project } = place.repository;
  const typed = [...words.operands, ...(words.paths ?? [])];
  if (typed.length < 2) throw new GitFailure("usage: git mv [<options>] <source>... <destination>", 129);
  const target = place.resolve(typed.at(-1)!);
  const isFolder = target === "" || (below(project.files.keys(), target).length > 0 && !project.files.has(target));
  for (const each of typed.slice(0, -1)) {
    const source = place.resolve(each);
    const name = source.slice(source.lastIndexOf("/") + 1);
    const to = isFolder ? [target, name].filter((part) => part !== "").join("/") : target;
    const fail = (reason: string): never => {
      throw new GitFailure(`fatal: ${reason}, source=${source}, destination=${to}`);
    };
    const tracked = below(project.index.keys(), source);
    if (below(project.files.keys(), source).length === 0) fail("bad source");
    if (tracked.length === 0) fail("not under version control");
    if (project.files.has(to)) {
      if (!words.options.has("force")) fail("destination exists");
      project.remove(to, me);
    }
    const moved = tracked.flatMap((path): [string, string | undefined][] => [
      [path, undefined],
      [to + path.slice(source.length), project.index.get(path)],
    ]);
    project.rename(source, to, me);
    project.stage(Object.fromEntries(moved), me);
  }
  return nothing;
}

export function commit(args: readonly string[], place: Place): Printed {
  const { options } = readWords(args, {
    "-m": "message=",
    "--message": "message=",
    "-a": "all",
    "--all": "all",
    "-q": "quiet",
    "--quiet": "quiet",
    "--allow-empty": "empty",
  });
  const { repository } = place;
  if (options.has("all")) {
    const tracked = repository.unstagedChanges().filter(({ path }) => repository.project.index.has(path));
    repository.stage(tracked.map(({ path }) => path));
  }
  const staged = repository.stagedChanges();
  if (staged.length === 0 && !options.has("empty")) return { out: longStatus(place), status: 1 };
  const message = options.get("message");
  if (message === undefined)
    return {
      err: "error: Terminal is dumb, but EDITOR unset\nPlease supply the message using either -m or -F option.\n",
      status: 1,
    };
  const text = String(message).trim();
  if (text === "") return { err: "Aborting commit due to empty commit message.\n", status: 1 };
  const before = new Map(repository.project.head);
  const isFirst = repository.commits.length === 0;
  const made = repository.commit(text);
  if (options.has("quiet")) return nothing;
  const lines = [`[main ${isFirst ? "(root-commit) " : ""}${made.hash.slice(0, 7)}] ${subject(made)}`];
  if (staged.length > 0) lines.push(summary(staged, before, made.files), ...staged.flatMap(modeLine));
  return { out: `${lines.join("\n")}\n` };
}

function modeLine({ kind, path, from }: Change): string[] {
  if (kind === "A") return [` create mode 100644 ${quoted(path)}`];
  if (kind === "D") return [` delete mode 100644 ${quoted(path)}`];
  return kind === "R" ? [` rename ${renameLine(from!, path)} (100%)`] : [];
}

/** `contacts/{server.py => app.py}`: what both names share stands once. */
function renameLine(from: string, to: string): string {
  const [old, now] = [from.split("/"), to.split("/")];
  let start = 0;
  while (start < Math.min(old.length, now.length) - 1 && old[start] === now[start]) start++;
  let end = 0;
  while (end < Math.min(old.length, now.length) - 1 - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  if (start + end === 0) return `${from} => ${to}`;
  const middle = (parts: string[]): string => parts.slice(start, parts.length - end).join("/");
  const [head, tail] = [old.slice(0, start), old.slice(old.length - end)];
  return [...head, `{${middle(old)} => ${middle(now)}}`, ...tail].join("/");
}
