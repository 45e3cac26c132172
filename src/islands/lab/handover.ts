/** Files on their way from another page to `/lab/own/`. They stay with the tab, so that a reload has them, too. */

import { addressOf } from "../address.ts";

const key = "lab-own";

interface Handover {
  readonly files: Readonly<Record<string, string>>;
  /** Whether no lab has opened them yet: then nothing older may come in their place. */
  readonly isNew: boolean;
}

/** Keeps files and goes to the lab. @throws Error where the browser keeps nothing, or not so much */
export function openInLab(files: Handover["files"]): void {
  sessionStorage.setItem(key, JSON.stringify({ files, isNew: true } satisfies Handover));
  location.assign(addressOf("/lab/own/"));
}

/** The files that were handed over last, if any. */
export function takeHandover(): Handover | undefined {
  try {
    const text = sessionStorage.getItem(key);
    if (text === null) return undefined;
    const handover = JSON.parse(text) as Handover;
    sessionStorage.setItem(key, JSON.stringify({ ...handover, isNew: false } satisfies Handover));
    return handover;
  } catch {
    return undefined;
  }
}
