/**
 * A project on its way to the page with the sandbox, which is another document. The lab's database has it, too, but a moment
 * after each edit, and not in every browser; the tab keeps it at once.
 */
import { addressOf } from "../address.ts";
import type { Project, Snapshot } from "../lab/project.ts";

const keyOf = (slug: string): string => `sandbox-${slug}`;

/** Keeps the project as it is and goes to the page where a sandbox can start. @throws Error where the browser keeps nothing */
export function goToSandbox(slug: string, project: Project): void {
  sessionStorage.setItem(keyOf(slug), JSON.stringify(project.snapshot()));
  location.assign(addressOf(`/lab/${slug}/?sandbox`));
}

/** Whether this page was opened for a sandbox. */
export const wantsSandbox = (): boolean => new URLSearchParams(location.search).has("sandbox");

/** Gives the project the edits that came along, once. */
export function takeEdits(slug: string, project: Project): void {
  const text = sessionStorage.getItem(keyOf(slug));
  if (text === null) return;
  sessionStorage.removeItem(keyOf(slug));
  project.restore(JSON.parse(text) as Snapshot, "sandbox");
}
