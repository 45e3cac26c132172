/** Brings together what two tabs made of one project. No edit is ever lost: what both changed is kept in both forms. */
import type { Snapshot } from "../lab/project.ts";

/** A file that is kept in both forms: `path` has this tab's, `copy` the other's. */
export interface Both {
  readonly path: string;
  readonly copy: string;
}

export interface Merged {
  readonly snapshot: Snapshot;
  readonly both: readonly Both[];
}

type Texts = Readonly<Record<string, string>>;

/**
 * Merges file by file. `base` is what both sides began with; `label` names the copies: `flake.other-tab.nix`.
 * An edit outlives a removal. Of what Git holds, where both sides differ, `mine` stays: it is made anew with `git add`.
 */
export function merge(base: Snapshot, mine: Snapshot, theirs: Snapshot, label: string): Merged {
  const { merged: files, clashes } = threeWay(base.files, mine.files, theirs.files);
  const both: Both[] = [];
  // One side may have made a folder where the other has a file.
  for (const path of [...files.keys()].filter((each) => hasBelow(files, each))) {
    const copy = freePath(files, path, label);
    files.set(copy, files.get(path)!);
    files.delete(path);
    both.push({ path, copy });
  }
  for (const [path, text] of clashes) {
    const copy = freePath(files, path, label, text);
    files.set(copy, text);
    both.push({ path, copy });
  }
  const index = threeWay(base.index, mine.index, theirs.index).merged;
  const head = threeWay(base.head, mine.head, theirs.head).merged;
  const { fromEntries } = Object;
  return { snapshot: { files: fromEntries(files), index: fromEntries(index), head: fromEntries(head) }, both };
}

function threeWay(
  base: Texts,
  mine: Texts,
  theirs: Texts,
): { merged: Map<string, string>; clashes: [string, string][] } {
  // Maps, because a file may be called `__proto__`.
  const [before, here, there] = [toMap(base), toMap(mine), toMap(theirs)];
  const merged = new Map<string, string>();
  const clashes: [string, string][] = [];
  for (const path of new Set([...here.keys(), ...there.keys()])) {
    const [old, left, right] = [before.get(path), here.get(path), there.get(path)];
    const taken = right === old ? left : left === old ? right : (left ?? right);
    if (taken !== undefined) merged.set(path, taken);
    if (taken !== right && right !== old && right !== undefined) clashes.push([path, right]);
  }
  return { merged, clashes };
}

const toMap = (texts: Texts): Map<string, string> => new Map(Object.entries(texts));

/** A path beside `path` that is free, or that has this very text already. */
export function freePath(files: ReadonlyMap<string, string>, path: string, label: string, text?: string): string {
  const [, stem = path, ending = ""] = /^(.*[^/])(\.[^./]+)$/s.exec(path) ?? [];
  for (let number = 1; ; number++) {
    const copy = `${stem}.${label}${number === 1 ? "" : `-${number}`}${ending}`;
    if (hasBelow(files, copy)) continue;
    if (!files.has(copy) || files.get(copy) === text) return copy;
  }
}

const hasBelow = (files: ReadonlyMap<string, string>, path: string): boolean =>
  [...files.keys()].some((each) => each.startsWith(`${path}/`));
