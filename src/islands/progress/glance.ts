/**
 * What pages show of the reader's progress without opening the database: a copy in `localStorage` that is there at once.
 * The store (`store.ts`) tells what it keeps by the event `kept`, and so this file and the database never meet.
 */
export interface Glance {
  /** The slugs of the lessons that are done. */
  readonly lessons: readonly string[];
  /** The ids of the exercises that are done. */
  readonly exercises: readonly string[];
  /** The slug of the lesson that was open last. */
  readonly last?: string | undefined;
}

const key = "progress";
const nothing: Glance = { lessons: [], exercises: [] };
let current = read();

export const glance = (): Glance => current;

/** Calls `show` now, and whenever something changes, also in another tab. */
export function onGlance(show: () => void): void {
  document.addEventListener("glance", show);
  show();
}

export function setGlance(change: Partial<Glance>, isKept = true): void {
  current = { ...current, ...change };
  try {
    if (!isKept) return;
    // What stands there makes the landing page keep room for its card before the first paint (`public/theme.js`).
    if (current.lessons.length === 0 && current.last === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // Storage may be forbidden or full: then it holds for this page.
  } finally {
    document.dispatchEvent(new Event("glance"));
  }
}

function read(): Glance {
  try {
    return { ...nothing, ...JSON.parse(localStorage.getItem(key) ?? "{}") };
  } catch {
    return nothing;
  }
}

document.addEventListener("kept", (event) => {
  const { detail } = event as CustomEvent<Glance & { isKept: boolean }>;
  const { isKept, ...change } = detail;
  setGlance(change, isKept);
});
addEventListener("storage", (event) => {
  if (event.key !== key) return;
  current = read();
  document.dispatchEvent(new Event("glance"));
});
