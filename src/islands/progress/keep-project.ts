/** Keeps a lab's project in the browser, in step with other tabs that have it open. */
import { isSame, type Project, type Snapshot } from "../lab/project.ts";
import { freePath, merge } from "./merge.ts";
import { openStore, StoreChange, type KeptProject, type ProgressStore } from "./store.ts";

const pause = 300;

/** What the reader can do about a sentence. It says in words what was done. */
export interface Choice {
  readonly words: string;
  readonly act: () => string;
}

/**
 * Restores what was kept of a project, then keeps each change. `say` is given a sentence for the reader, now and then.
 * With `isNew`, the project takes the place of what was kept. Gives what ends it, and saves what is left.
 */
export async function keepProject(
  slug: string,
  project: Project,
  say: (words: string, choices?: readonly Choice[]) => void,
  { opening = openStore(), isNew = false }: { opening?: Promise<ProgressStore>; isNew?: boolean } = {},
): Promise<() => Promise<void>> {
  const start = project.snapshot();
  const store = await opening;
  const kept = await store.project(slug);
  let base: Snapshot = kept?.snapshot ?? start;
  let revision = kept?.revision ?? "";
  // The reader may have begun to edit while the database was opened.
  if (kept !== undefined && !isNew) restore(merge(start, project.snapshot(), kept.snapshot, "before"));
  let said = false;
  warn();

  let timer: ReturnType<typeof setTimeout> | undefined;
  let work = Promise.resolve();
  const save = (): Promise<void> => (work = work.then(saveNow));
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), pause);
  };
  const changedElsewhere = (event: Event): void => {
    if (event instanceof StoreChange && event.isElsewhere && event.key === `project/${slug}`) void save();
  };
  const hidden = (): void => void save();
  project.addEventListener("change", later);
  store.addEventListener("change", changedElsewhere);
  // Before a page is left it is hidden, and no timer may come again. When it is back, others may have saved.
  globalThis.document?.addEventListener("visibilitychange", hidden);
  if (!isSame(project.snapshot(), base)) later();

  async function saveNow(): Promise<void> {
    clearTimeout(timer);
    const newest = await store.project(slug);
    if (newest !== undefined && newest.revision !== revision) takeOver(newest);
    // Another tab may save at any moment; each round takes over what it saved.
    for (let mine = project.snapshot(); !isSame(mine, base); mine = project.snapshot()) {
      const { isSaved, kept: now } = await store.saveProject(slug, mine, revision);
      if (isSaved) [base, revision] = [mine, now?.revision ?? ""];
      else if (now !== undefined) takeOver(now);
      else revision = "";
    }
    warn();
  }

  function takeOver(theirs: KeptProject): void {
    const merged = merge(base, project.snapshot(), theirs.snapshot, "other-tab");
    const moved = movedAside(base.files, theirs.snapshot.files);
    base = theirs.snapshot;
    revision = theirs.revision;
    restore(merged);
    for (const [path, copy] of moved) say(`Another tab put its text into ${path}. What stood here is in ${copy}.`);
  }

  function restore({ snapshot, both }: ReturnType<typeof merge>): void {
    if (!isSame(snapshot, project.snapshot())) project.restore(snapshot, "progress");
    for (const { path, copy } of both)
      say(`${path} was changed in two places. Both are kept: yours, and the other as ${copy}.`, [
        { words: "Keep mine", act: () => `${path} stays yours. The other is in ${copy} until you delete that.` },
        { words: "Take the other", act: () => takeOther(path, copy) },
      ]);
  }

  /** Changes sides: what stood here becomes the copy. */
  function takeOther(path: string, copy: string): string {
    const [mine, other] = [project.files.get(path), project.files.get(copy)];
    if (mine === undefined || other === undefined)
      return `${mine === undefined ? path : copy} is no longer there. Nothing was changed.`;
    project.remove(copy, "progress");
    const saved = freePath(project.files, path, "mine", mine);
    project.write(saved, mine, "progress");
    project.write(path, other, "progress");
    return `${path} is the other now. Yours is in ${saved} until you delete that.`;
  }

  function warn(): void {
    if (said || store.trouble === undefined) return;
    said = true;
    say(store.trouble);
  }

  return async () => {
    project.removeEventListener("change", later);
    store.removeEventListener("change", changedElsewhere);
    globalThis.document?.removeEventListener("visibilitychange", hidden);
    await save();
  };
}

/** Files that another tab gave another text, with the new files in which their texts are kept. */
function movedAside(before: Snapshot["files"], after: Snapshot["files"]): (readonly [path: string, copy: string])[] {
  const copies = Object.keys(after).filter((path) => !Object.hasOwn(before, path));
  return Object.entries(before).flatMap(([path, text]) => {
    const copy = after[path] === text ? undefined : copies.find((each) => after[each] === text);
    return copy === undefined || !Object.hasOwn(after, path) ? [] : [[path, copy] as const];
  });
}
