/** The commands that only tell: `status`, `log`, `diff`, `ls-files`. */
import type { Files } from "../../lab/project.ts";
import { sortedPaths, startAndPaths, subject, type Printed } from "./command.ts";
import { fileDiff } from "./diff.ts";
import type { Commit } from "./objects.ts";
import { below, quoted, readWords, type Place } from "./paths.ts";
import { changes, GitFailure, withRenames } from "./repository.ts";
import { longStatus, shortStatus } from "./status.ts";

export function status(args: readonly string[], place: Place): Printed {
  const { options } = readWords(args, {
    "-s": "short",
    "--short": "short",
    "--porcelain": "porcelain",
    "-b": "branch",
    "--branch": "branch",
    "--long": "long",
  });
  if (!options.has("short") && !options.has("porcelain")) return { out: longStatus(place) };
  return { out: shortStatus(place, { fromRoot: options.has("porcelain"), branch: options.has("branch") }) };
}

export function log(args: readonly string[], place: Place): Printed {
  const counted = args.flatMap((arg) => (/^-\d+$/.test(arg) ? ["-n", arg.slice(1)] : [arg]));
  const { options, operands, paths } = readWords(counted, {
    "--oneline": "oneline",
    "-n": "count=",
    "--max-count": "count=",
  });
  const { commits } = place.repository;
  if (commits.length === 0) throw new GitFailure("fatal: your current branch 'main' does not have any commits yet");
  const { start, wanted } = startAndPaths(place, operands, paths);
  const shown = commits
    .slice(commits.indexOf(start ?? commits[0]!))
    .filter((each, at, all) => {
      if (wanted.length === 0) return true;
      const touched = changes(all[at + 1]?.files ?? new Map(), each.files).map(({ path }) => path);
      return wanted.some((path) => below(touched, path).length > 0);
    })
    .slice(0, Number(options.get("count") ?? commits.length));
  if (options.has("oneline"))
    return { out: shown.map((each) => `${each.hash.slice(0, 7)} ${subject(each)}\n`).join("") };
  return { out: shown.map(longCommit).join("\n") };
}

function longCommit({ hash, by, message }: Commit): string {
  const date = new Date(by.time * 1000).toUTCString();
  const [, day, number, month, year, time] = /^(\w+), 0?(\d+) (\w+) (\d+) ([\d:]+)/.exec(date)!;
  const text = message.replace(/^(?=.)/gm, "    ");
  return `commit ${hash}\nAuthor: ${by.name} <${by.email}>\nDate:   ${day} ${month} ${number} ${time} ${year} +0000\n\n${text}\n`;
}

export function diff(args: readonly string[], place: Place): Printed {
  const { options, operands, paths } = readWords(args, {
    "--cached": "cached",
    "--staged": "cached",
    "--name-only": "names",
    "--name-status": "states",
  });
  const { repository } = place;
  const { project } = repository;
  const { start, wanted } = startAndPaths(place, operands, paths);
  const tracked: Files = new Map([...project.files].filter(([path]) => project.index.has(path)));
  const before = start?.files ?? (options.has("cached") ? project.head : repository.staged);
  const after = options.has("cached") ? repository.staged : tracked;
  const all = withRenames(before, after).filter(
    ({ path }) => wanted.length === 0 || wanted.some((at) => below([path], at).length > 0),
  );
  if (options.has("names")) return { out: all.map(({ path }) => `${quoted(path)}\n`).join("") };
  if (options.has("states"))
    return {
      out: all
        .map(({ kind, from, path }) => [kind === "R" ? "R100" : kind, ...(from ? [from] : []), path].join("\t"))
        .map((row) => `${row}\n`)
        .join(""),
    };
  return { out: all.map((change) => fileDiff(change, before, after)).join("") };
}

export function lsFiles(args: readonly string[], place: Place): Printed {
  const words = readWords(args, {
    "-c": "cached",
    "--cached": "cached",
    "-o": "others",
    "--others": "others",
    "-m": "modified",
    "--modified": "modified",
    "-d": "deleted",
    "--deleted": "deleted",
    "--exclude-standard": "standard",
  });
  const { repository, prefix } = place;
  const { options } = words;
  const unstaged = repository.unstagedChanges();
  const lists: readonly [string, () => readonly string[]][] = [
    ["others", () => (options.has("standard") ? repository.untracked() : repository.others())],
    ["cached", () => sortedPaths(repository.project.index)],
    ["deleted", () => unstaged.filter(({ kind }) => kind === "D").map(({ path }) => path)],
    ["modified", () => unstaged.map(({ path }) => path)],
  ];
  const chosen = lists.filter(([name]) => options.has(name));
  const found = (chosen.length === 0 ? [lists[1]!] : chosen).flatMap(([, list]) => list());
  const typed = [...words.operands, ...(words.paths ?? [])];
  const wanted = typed.length === 0 ? [prefix] : typed.map((each) => place.resolve(each));
  const shown = found.filter((path) => wanted.some((at) => below([path], at).length > 0));
  return { out: shown.map((path) => `${quoted(place.show(path))}\n`).join("") };
}
