/** What the reader has done, and the files that the reader edited. All of it stays in this browser. */
import type { Snapshot } from "../lab/project.ts";
import type { Glance } from "./glance.ts";
import { MemoryShelf, openDatabase, type Shelf } from "./shelf.ts";

/** A project as it was saved last. A revision names one state of it, and is never used twice. */
export interface KeptProject {
  readonly snapshot: Snapshot;
  readonly revision: string;
  /** When, as an ISO date. */
  readonly saved: string;
}

/** Everything that is kept. Lessons and exercises say when they were done, as ISO dates. */
export interface Kept {
  readonly lessons: ReadonlyMap<string, string>;
  readonly exercises: ReadonlyMap<string, string>;
  readonly projects: ReadonlyMap<string, KeptProject>;
}

/** Something that is kept changed, in this tab or in another. `key` is `lesson/first-flake`, `project/01-first`, ... */
export class StoreChange extends Event {
  readonly key: string;
  readonly isElsewhere: boolean;

  constructor(key: string, isElsewhere: boolean) {
    super("change");
    this.key = key;
    this.isElsewhere = isElsewhere;
  }
}

let opened: Promise<ProgressStore> | undefined;

/** The page's store. It never fails: where the browser keeps nothing, `trouble` says so and memory serves. */
export function openStore(): Promise<ProgressStore> {
  opened ??= openDatabase().then(
    (shelf) => new ProgressStore(shelf),
    () => {
      const store = new ProgressStore(new MemoryShelf());
      store.trouble =
        "This browser keeps nothing for this site (a private window?): what you do here lasts until you leave the page.";
      return store;
    },
  );
  return opened;
}

/** Fires `change` (`StoreChange`) after each change, also after one of another tab. */
export class ProgressStore extends EventTarget {
  /** Why nothing outlives this page, in words; `undefined` where things are kept. */
  trouble: string | undefined;
  #shelf: Shelf;
  // Some browsers have none in private windows.
  readonly #channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("progress");

  constructor(shelf: Shelf) {
    super();
    this.#shelf = shelf;
    this.#channel?.addEventListener("message", ({ data }) => this.dispatchEvent(new StoreChange(String(data), true)));
  }

  async kept(): Promise<Kept> {
    const entries = await this.#try((shelf) => shelf.entries());
    const below = <Value>(folder: string): Map<string, Value> =>
      new Map(
        entries.flatMap(([key, value]) => (key.startsWith(folder) ? [[key.slice(folder.length), value as Value]] : [])),
      );
    return {
      lessons: below("lesson/"),
      exercises: below("exercise/"),
      projects: below("project/"),
    };
  }

  async setLesson(slug: string, isDone: boolean, when = new Date().toISOString()): Promise<void> {
    await this.#set(`lesson/${slug}`, (old) => (isDone ? (old ?? when) : undefined));
    await this.show();
  }

  async setExercise(id: string, when = new Date().toISOString()): Promise<void> {
    await this.#set(`exercise/${id}`, (old) => old ?? when);
    await this.show();
  }

  async project(slug: string): Promise<KeptProject | undefined> {
    return (await this.#try((shelf) => shelf.get(`project/${slug}`))) as KeptProject | undefined;
  }

  /**
   * Saves a project, unless another tab saved it since `revision`: then it gives what that one saved, and saves nothing.
   * `""` is the revision of a project that was never saved.
   */
  async saveProject(
    slug: string,
    snapshot: Snapshot,
    revision: string,
  ): Promise<{ isSaved: boolean; kept: KeptProject | undefined }> {
    const made: KeptProject = { snapshot, revision: newRevision(), saved: new Date().toISOString() };
    let isSaved = false;
    let kept: KeptProject | undefined;
    const change = (old: unknown): KeptProject | undefined => {
      const before = old as KeptProject | undefined;
      isSaved = (before?.revision ?? "") === revision;
      return (kept = isSaved ? made : before);
    };
    await this.#try((shelf) => shelf.update(`project/${slug}`, change));
    if (isSaved) this.#tell(`project/${slug}`);
    return { isSaved, kept };
  }

  /** Forgets everything. */
  async reset(): Promise<void> {
    await this.#try((shelf) => shelf.clear());
    await this.show({ last: undefined });
    this.#tell("");
  }

  /** Tells the page what to show at a glance (`glance.ts`). */
  async show(more: Partial<Glance> = {}): Promise<void> {
    const { lessons, exercises } = await this.kept();
    const detail = {
      lessons: [...lessons.keys()],
      exercises: [...exercises.keys()],
      ...more,
      isKept: this.trouble === undefined,
    };
    globalThis.document?.dispatchEvent(new CustomEvent("kept", { detail }));
  }

  close(): void {
    this.#channel?.close();
  }

  async #set(key: string, change: (old: unknown) => unknown): Promise<void> {
    await this.#try((shelf) => shelf.update(key, change));
    this.#tell(key);
  }

  #tell(key: string): void {
    this.dispatchEvent(new StoreChange(key, false));
    this.#channel?.postMessage(key);
  }

  /** A full disk, or a database that the browser took away, must not stop the page: memory takes over what can be read. */
  async #try<Result>(action: (shelf: Shelf) => Promise<Result>): Promise<Result> {
    const shelf = this.#shelf;
    try {
      return await action(shelf);
    } catch (error) {
      if (shelf instanceof MemoryShelf) throw error;
      if (this.#shelf === shelf) {
        const memory = new MemoryShelf(await shelf.entries().catch(() => []));
        // Another action may have failed meanwhile, and have gone on in its memory.
        if (this.#shelf === shelf) this.#shelf = memory;
        const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
        const why = isFull
          ? "The browser's space for this site is full"
          : "The browser no longer keeps data for this site";
        this.trouble = `${why}: what you do from here on lasts until you leave the page. Export your progress to keep it.`;
      }
      return action(this.#shelf);
    }
  }
}

const newRevision = (): string =>
  [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join("-");
