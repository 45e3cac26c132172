/**
 * The examples as bare Git repositories that any static host can serve ("dumb HTTP"). No git program is needed. The same
 * files and lessons give the same commit ids on every machine.
 */
import * as fs from "node:fs";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import git, { type TreeEntry } from "isomorphic-git";
import { chainTo, readExampleFiles, type TakenFile, type ToldExample } from "./files.ts";
import { commitMessage } from "./message.ts";

const branch = "refs/heads/main";

/** A day for the whole walk, an hour for each lesson: the day of the build would give other ids each time. */
export const commitTime = (lesson: number): Date => new Date(Date.UTC(2026, 0, 1, lesson));

/** The commit of an example, with the ids of the objects that the commits up to it do not have. */
interface Commit {
  id: string;
  objects: string[];
  files: TakenFile[];
}

/**
 * Writes `into/NAME.git` for each example that a lesson tells of. All commits are made in the folder `scratch` first,
 * because most examples share them; a repository is a pack of those on its own chain.
 */
export async function writeRepositories(
  told: readonly ToldExample[],
  { examples, into, scratch }: { examples: string; into: string; scratch: string },
): Promise<void> {
  await git.init({ fs, dir: scratch, gitdir: scratch, bare: true });
  const commits = new Map<string, Commit>();
  for (const { example } of told) {
    const chain = chainTo(example, told);
    for (const [index, link] of chain.entries()) {
      const before = commits.get(chain[index - 1]?.example ?? "");
      const files = readExampleFiles(examples, link.example);
      if (!commits.has(link.example)) commits.set(link.example, await writeCommit(scratch, link, files, before));
    }
    const chained = chain.map(({ example: each, lesson }) => ({ lesson, ...commits.get(each)! }));
    await writeRepository(join(into, `${example}.git`), chained, scratch);
  }
}

async function writeCommit(
  gitdir: string,
  told: ToldExample,
  files: TakenFile[],
  before: Commit | undefined,
): Promise<Commit> {
  const objects: string[] = [];
  const tree = await writeTree(gitdir, files, "", objects);
  const who = {
    name: "Flakes for Snakes",
    email: "flakes-for-snakes@example.org",
    timestamp: commitTime(told.lesson).getTime() / 1000,
    timezoneOffset: 0,
  };
  const message = commitMessage(told, before?.files ?? [], files);
  const parent = before === undefined ? [] : [before.id];
  const id = await git.writeCommit({ fs, gitdir, commit: { message, tree, parent, author: who, committer: who } });
  return { id, objects: [id, ...objects], files };
}

/** Writes the files below `prefix` as a tree, notes the ids of all that it writes in `objects`, and gives the tree's. */
async function writeTree(gitdir: string, files: TakenFile[], prefix: string, objects: string[]): Promise<string> {
  const entries = new Map<string, TreeEntry>();
  for (const { path, bytes } of files.filter((file) => file.path.startsWith(prefix))) {
    const [name = "", ...below] = path.slice(prefix.length).split("/");
    if (entries.has(name)) continue;
    if (below.length > 0) {
      const oid = await writeTree(gitdir, files, `${prefix}${name}/`, objects);
      entries.set(name, { mode: "040000", path: name, oid, type: "tree" });
    } else {
      const oid = await git.writeBlob({ fs, gitdir, blob: bytes });
      entries.set(name, { mode: "100644", path: name, oid, type: "blob" });
      objects.push(oid);
    }
  }
  const tree = await git.writeTree({ fs, gitdir, tree: [...entries.values()] });
  objects.push(tree);
  return tree;
}

/** Writes a bare repository: one pack, and the lists that `git update-server-info` would make. */
async function writeRepository(gitdir: string, chain: (Commit & { lesson: number })[], scratch: string): Promise<void> {
  rmSync(gitdir, { recursive: true, force: true });
  for (const folder of ["objects/pack", "objects/info", "info", "refs"])
    mkdirSync(join(gitdir, folder), { recursive: true });
  const write = (path: string, data: string | Uint8Array) => writeFileSync(join(gitdir, path), data);

  const oids = [...new Set(chain.toReversed().flatMap(({ objects }) => objects))];
  const { filename, packfile } = await git.packObjects({ fs, gitdir: scratch, oids });
  if (packfile === undefined) throw new Error(`no pack was made for '${gitdir}'`);
  write(`objects/pack/${filename}`, packfile);
  await git.indexPack({ fs, dir: gitdir, gitdir, filepath: `objects/pack/${filename}` });
  write("objects/info/packs", `P ${filename}\n\n`);

  const tags = chain.map(({ lesson, id }) => ({ name: `refs/tags/${tagOf(lesson)}`, id }));
  const refs = [{ name: branch, id: chain.at(-1)!.id }, ...tags.sort((a, b) => (a.name < b.name ? -1 : 1))];
  write("packed-refs", refs.map(({ name, id }) => `${id} ${name}\n`).join(""));
  write("info/refs", refs.map(({ name, id }) => `${id}\t${name}\n`).join(""));
  // Git takes a folder for a repository only if it has `refs`, and hosts do not publish empty folders.
  mkdirSync(join(gitdir, "refs/heads"));
  write("refs/heads/main", `${chain.at(-1)!.id}\n`);
  write("HEAD", `ref: ${branch}\n`);
  write("config", "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n");
}

/** The tag on the commit of a lesson: `lesson-04`. */
const tagOf = (lesson: number): string => `lesson-${String(lesson).padStart(2, "0")}`;
