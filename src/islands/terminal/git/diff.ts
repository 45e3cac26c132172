import { structuredPatch } from "diff";
import type { Files } from "../../lab/project.ts";
import { blobHash } from "./objects.ts";
import { quoted } from "./paths.ts";
import type { Change } from "./repository.ts";

const noHash = "0".repeat(7);

/** One file's part of `git diff`. The lines that it shows are those of the `diff` package, which at times finds others. */
export function fileDiff({ path, from, kind }: Change, before: Files, after: Files): string {
  const [oldPath, newPath] = [from ?? path, path];
  const [old, now] = [before.get(oldPath), after.get(newPath)];
  const lines = [`diff --git ${quoted(`a/${oldPath}`)} ${quoted(`b/${newPath}`)}`];
  if (kind === "A") lines.push("new file mode 100644");
  if (kind === "D") lines.push("deleted file mode 100644");
  if (kind === "R")
    lines.push("similarity index 100%", `rename from ${quoted(oldPath)}`, `rename to ${quoted(newPath)}`);
  if (old !== now) {
    const mode = old === undefined || now === undefined ? "" : " 100644";
    lines.push(`index ${shortHash(old)}..${shortHash(now)}${mode}`);
  }
  if ((old ?? "") !== (now ?? "")) {
    lines.push(old === undefined ? "--- /dev/null" : `--- ${named("a", oldPath)}`);
    lines.push(now === undefined ? "+++ /dev/null" : `+++ ${named("b", newPath)}`, ...hunks(old ?? "", now ?? ""));
  }
  return `${lines.join("\n")}\n`;
}

const shortHash = (text: string | undefined): string => (text === undefined ? noHash : blobHash(text).slice(0, 7));

/** A name with a blank ends with a tab, so that programs find its end. */
const named = (side: string, path: string): string => quoted(`${side}/${path}`) + (path.includes(" ") ? "\t" : "");

function hunks(old: string, now: string): string[] {
  const before = old.split("\n");
  return structuredPatch("", "", old, now, "", "", { context: 3 }).hunks.flatMap((hunk) => {
    const range = (start: number, count: number): string => (count === 1 ? `${start}` : `${start},${count}`);
    const start = hunk.oldLines === 0 ? 0 : hunk.oldStart;
    // What the hunk belongs to: the last line above it that starts at the margin.
    const heading = before.slice(0, Math.max(start - 1, 0)).findLast((line) => /^[A-Za-z_$]/.test(line));
    const place = `@@ -${range(start, hunk.oldLines)} +${range(hunk.newLines === 0 ? 0 : hunk.newStart, hunk.newLines)} @@`;
    return [place + (heading === undefined ? "" : ` ${heading.slice(0, 80).trimEnd()}`), ...hunk.lines];
  });
}

/** How many lines a change adds and removes. */
function counts(change: Change, before: Files, after: Files): { added: number; removed: number } {
  const lines = hunks(before.get(change.from ?? change.path) ?? "", after.get(change.path) ?? "");
  const count = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length;
  return { added: count("+"), removed: count("-") };
}

/** `1 file changed, 2 insertions(+)`. */
export function summary(all: readonly Change[], before: Files, after: Files): string {
  const each = all.map((change) => counts(change, before, after));
  const sum = (of: "added" | "removed"): number => each.reduce((total, count) => total + count[of], 0);
  const [added, removed] = [sum("added"), sum("removed")];
  const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
  const parts = [` ${plural(all.length, "file")} changed`];
  if (added > 0 || removed === 0) parts.push(`${plural(added, "insertion")}(+)`);
  if (removed > 0 || added === 0) parts.push(`${plural(removed, "deletion")}(-)`);
  return parts.join(", ");
}
