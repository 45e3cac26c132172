import { difference, type Files, type Project } from "../../lab/project.ts";
import { me } from "../project-fs.ts";
import { ignoredBy } from "./ignore.ts";
import { compareBytes, makeCommit, type Commit, type Signature } from "./objects.ts";

/** How a path differs between two sides; a rename has its old name. */
export interface Change {
  readonly path: string;
  readonly kind: "A" | "M" | "D" | "R";
  readonly from?: string;
}

/** A failure of Git: what it prints, and its exit status. */
export class GitFailure extends Error {
  override name = "GitFailure";
  readonly status: number;

  constructor(message: string, status = 128) {
    super(message);
    this.status = status;
  }
}

const author = { name: "You", email: "you@example.org" };

/** A project's Git repository. Files, index and last commit are the project's; older commits live as long as this. */
export class Repository {
  readonly project: Project;
  /** The project's folder. */
  readonly root: string;
  readonly #now: () => number;
  #commits: Commit[];
  /** What `git add --intent-to-add` took: their content in the index is empty, and no commit has them. */
  readonly #intended = new Set<string>();

  /** @param now the time in seconds since 1970 */
  constructor(project: Project, root: string, now: () => number) {
    this.project = project;
    this.root = root;
    this.#now = now;
    this.#commits = project.head.size === 0 ? [] : [this.#first()];
  }

  /** The commits, the newest first. Where somebody else made one meanwhile, such as the lab, it has no message of its own. */
  get commits(): readonly Commit[] {
    const { head } = this.project;
    const [last] = this.#commits;
    if (last === undefined) {
      if (head.size > 0) this.#commits = [this.#first()];
    } else if (difference(last.files, head).length > 0) {
      const first = this.#commits.at(-1)!;
      if (difference(first.files, head).length === 0) this.#commits = [first];
      else this.#add("Change made in the lab");
    }
    return this.#commits;
  }

  /** Paths that the index has, without those that were only intended. */
  get staged(): Files {
    return new Map([...this.project.index].filter(([path]) => !this.isIntended(path)));
  }

  isIntended(path: string): boolean {
    return this.#intended.has(path) && this.project.index.get(path) === "" && !this.project.head.has(path);
  }

  /** From the last commit to the index: what a commit would take. */
  stagedChanges(): Change[] {
    return withRenames(this.project.head, this.staged);
  }

  /** From the index to the folder. */
  unstagedChanges(): Change[] {
    const tracked = new Map([...this.project.files].filter(([path]) => this.project.index.has(path)));
    const all = changes(this.staged, tracked).filter(({ path }) => !this.isIntended(path));
    const intended = [...tracked.keys()].filter((path) => this.isIntended(path));
    return sorted([...all, ...intended.map((path) => ({ path, kind: "A" }) as const)]);
  }

  /** Files that Git does not track and does not ignore. */
  untracked(): string[] {
    const isIgnored = ignoredBy(this.project.files);
    return this.others().filter((path) => !isIgnored(path));
  }

  /** Files that Git does not track. */
  others(): string[] {
    const { files, index } = this.project;
    return [...files.keys()].filter((path) => !index.has(path)).sort(compareBytes);
  }

  intend(path: string): void {
    this.#intended.add(path);
    this.project.stage({ [path]: "" }, me);
  }

  /** Takes a file into the index as it is now, or takes over that it is gone. */
  stage(paths: readonly string[]): void {
    for (const path of paths) this.#intended.delete(path);
    this.project.stage(Object.fromEntries(paths.map((path) => [path, this.project.files.get(path)])), me);
  }

  /** Makes a commit of the index. */
  commit(message: string): Commit {
    const intended = [...this.project.index.keys()].filter((path) => this.isIntended(path));
    const { commits } = this;
    this.project.forget(intended, me);
    this.project.commit(me);
    this.project.stage(Object.fromEntries(intended.map((path) => [path, ""])), me);
    this.#commits = [...commits];
    return this.#add(message);
  }

  /** Goes back to a commit; the index and the files stay as they are. */
  moveHead(to: Commit): void {
    const { files, index } = this.project.snapshot();
    this.#commits = this.commits.slice(this.commits.indexOf(to));
    this.project.restore({ files, index, head: Object.fromEntries(to.files) }, me);
  }

  /** The commit that `HEAD`, `HEAD~2`, `main` or the beginning of a hash names. */
  find(name: string): Commit | undefined {
    const [, base, steps] = /^(.+?)((?:\^|~\d*)*)$/.exec(name) ?? [];
    if (base === undefined) return undefined;
    const count = [...(steps ?? "").matchAll(/\^|~(\d*)/g)].reduce((sum, [, n]) => sum + Number(n || 1), 0);
    const start = ["HEAD", "@", "main"].includes(base)
      ? 0
      : this.commits.findIndex(({ hash }) => base.length >= 4 && hash.startsWith(base));
    return start < 0 ? undefined : this.commits[start + count];
  }

  #first(): Commit {
    const { head } = this.project;
    const message = "Start with the example";
    // A time of its own, so that the first commit has the same hash every day.
    return makeCommit({ parent: undefined, by: this.#sign(firstTime), message, files: new Map(head) });
  }

  #add(message: string): Commit {
    const made = makeCommit({
      parent: this.#commits[0]?.hash,
      by: this.#sign(this.#now()),
      message,
      files: new Map(this.project.head),
    });
    this.#commits = [made, ...this.#commits];
    return made;
  }

  #sign(time: number): Signature {
    return { ...author, time };
  }
}

/** 2026-01-01, midnight. */
export const firstTime = 1_767_225_600;

/** The changes between two sides by path. */
export function changes(from: Files, to: Files): Change[] {
  const letters = { new: "A", modified: "M", deleted: "D" } as const;
  return sorted(difference(from, to).map(({ path, state }) => ({ path, kind: letters[state] })));
}

/** The same, with a file that moved as it was shown once. Git also finds moved files that changed a little. */
export function withRenames(from: Files, to: Files): Change[] {
  const all = changes(from, to);
  const gone = all.filter(({ kind }) => kind === "D");
  const renamed = new Map<string, string>();
  for (const { path, kind } of all) {
    if (kind !== "A" || to.get(path) === "") continue;
    const free = gone.filter((each) => ![...renamed.values()].includes(each.path));
    const same = free.filter((each) => from.get(each.path) === to.get(path));
    const old = same.find((each) => nameOf(each.path) === nameOf(path)) ?? same[0];
    if (old !== undefined) renamed.set(path, old.path);
  }
  const old = new Set(renamed.values());
  return all
    .filter(({ path, kind }) => kind !== "D" || !old.has(path))
    .map((change) => {
      const before = renamed.get(change.path);
      return before === undefined ? change : { path: change.path, kind: "R", from: before };
    });
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
const sorted = (all: Change[]): Change[] => all.sort((a, b) => compareBytes(a.path, b.path));
