/** The commands that go back: `restore`, `checkout -- FILE`, `reset`. */
import type { Files } from "../../lab/project.ts";
import { me } from "../project-fs.ts";
import { nothing, sortedPaths, startAndPaths, subject, type Printed } from "./command.ts";
import { below, readWords, type Place, type Words } from "./paths.ts";
import { GitFailure } from "./repository.ts";
import { shortStatus } from "./status.ts";

export function restore(args: readonly string[], place: Place): Printed {
  const words = readWords(args, {
    "-S": "staged",
    "--staged": "staged",
    "-W": "worktree",
    "--worktree": "worktree",
    "-s": "source=",
    "--source": "source=",
  });
  const { repository } = place;
  const { options } = words;
  const typed = [...words.operands, ...(words.paths ?? [])];
  if (typed.length === 0) throw new GitFailure("fatal: you must specify path(s) to restore");
  const source = options.get("source");
  const isStaged = options.has("staged");
  const given = source === undefined ? undefined : repository.find(String(source));
  if (source !== undefined && given === undefined) throw new GitFailure(`fatal: could not resolve ${String(source)}`);
  const from = given?.files ?? (isStaged ? repository.project.head : repository.staged);
  takeFrom(from, typed, place, { index: isStaged, files: !isStaged || options.has("worktree") });
  return nothing;
}

/** Sets paths to what they are elsewhere. @throws GitFailure where one is known to neither side */
function takeFrom(
  from: Files,
  typed: readonly string[],
  place: Place,
  to: { index: boolean; files: boolean },
): string[] {
  const { project } = place.repository;
  const paths = new Set<string>();
  for (const each of typed) {
    const found = below(sortedPaths(from, project.index), place.resolve(each));
    if (found.length === 0) throw new GitFailure(`error: pathspec '${each}' did not match any file(s) known to git`, 1);
    for (const path of found) paths.add(path);
  }
  if (to.index) project.stage(Object.fromEntries(Array.from(paths, (path) => [path, from.get(path)])), me);
  const changed = [...paths].filter((path) => project.files.get(path) !== from.get(path));
  if (to.files)
    for (const path of changed) {
      const text = from.get(path);
      if (text === undefined) project.remove(path, me);
      else project.write(path, text, me);
    }
  return changed;
}

export function checkout(args: readonly string[], place: Place): Printed {
  const { operands, paths }: Words = readWords(args, {});
  const { repository } = place;
  if (paths === undefined && operands.length === 1 && operands[0] === "main") return { err: "Already on 'main'\n" };
  const start = paths === undefined ? undefined : operands[0] === undefined ? undefined : repository.find(operands[0]);
  const typed = [...(start === undefined ? operands : operands.slice(1)), ...(paths ?? [])];
  if (typed.length === 0)
    return { out: shortStatus(place, { fromRoot: true, branch: false }).replaceAll(/^\?\?.*\n/gm, "") };
  const from = start?.files ?? repository.staged;
  const changed = takeFrom(from, typed, place, { index: start !== undefined, files: true });
  if (paths !== undefined && start === undefined && paths.length > 0 && operands.length === 0) return nothing;
  const where = start === undefined ? "the index" : start.hash.slice(0, 7);
  return { err: `Updated ${changed.length} path${changed.length === 1 ? "" : "s"} from ${where}\n` };
}

export function reset(args: readonly string[], place: Place): Printed {
  const { options, operands, paths } = readWords(args, {
    "--hard": "hard",
    "--soft": "soft",
    "--mixed": "mixed",
    "-q": "quiet",
    "--quiet": "quiet",
  });
  const { repository } = place;
  const { project } = repository;
  const { start, wanted } = startAndPaths(place, operands, paths);
  const target = start ?? repository.commits[0];
  const head = target?.files ?? new Map<string, string>();
  if (wanted.length > 0) {
    const touched = sortedPaths(head, project.index).filter((path) =>
      wanted.some((at) => below([path], at).length > 0),
    );
    project.stage(Object.fromEntries(touched.map((path) => [path, head.get(path)])), me);
    return { out: options.has("quiet") ? "" : afterReset(place) };
  }
  const trackedBefore = sortedPaths(project.index, project.head);
  if (target !== undefined && target !== repository.commits[0]) repository.moveHead(target);
  if (options.has("soft")) return nothing;
  const all = sortedPaths(head, project.index);
  project.stage(Object.fromEntries(all.map((path) => [path, head.get(path)])), me);
  if (!options.has("hard")) return { out: options.has("quiet") ? "" : afterReset(place) };
  for (const path of new Set([...trackedBefore, ...all])) {
    const text = head.get(path);
    if (text === undefined) project.remove(path, me);
    else project.write(path, text, me);
  }
  return target === undefined || options.has("quiet")
    ? nothing
    : { out: `HEAD is now at ${target.hash.slice(0, 7)} ${subject(target)}\n` };
}

function afterReset({ repository }: Place): string {
  const changed = repository.unstagedChanges();
  if (changed.length === 0) return "";
  return `Unstaged changes after reset:\n${changed.map(({ kind, path }) => `${kind}\t${path}\n`).join("")}`;
}
