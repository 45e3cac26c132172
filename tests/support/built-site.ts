/** The built site as it lies on disk: tests find their pages here, never in a typed list. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const dist = resolve(import.meta.dirname, "../../dist");

/** The addresses of all built pages, sorted: `/lessons/first-flake/`, `/404.html`. @throws Error where nothing is built. */
export function findPages(folder = dist): string[] {
  if (!existsSync(join(folder, "index.html"))) throw new Error("there is no built site: run 'npm run build' first");
  return globSync("**/*.html", { cwd: folder })
    .map((file) => `/${file.replace(/(^|\/)index\.html$/, "$1")}`)
    .sort();
}

/**
 * As `findPages`, but of the pages that are one template filled with files, those of the examples and the labs, only the
 * longest of each kind: for checks that are too slow for every one of them.
 */
export function findKindsOfPages(): string[] {
  const filled = /^\/(examples|lab)\/[^/]+\/$/;
  const pages = findPages();
  const longest = ["examples", "lab"].flatMap((kind) => {
    const [first] = pages
      .filter((path) => filled.exec(path)?.[1] === kind)
      .sort((a, b) => readPage(b).length - readPage(a).length);
    return first ?? [];
  });
  return [...pages.filter((path) => !filled.test(path)), ...longest];
}

/** The addresses of all built lessons. @throws Error where there are none. */
export function findLessons(): string[] {
  const lessons = findPages().filter((path) => /^\/lessons\/[^/]+\/$/.test(path));
  if (lessons.length === 0) throw new Error("the built site has no lessons");
  return lessons;
}

/** The HTML of a page that `findPages` gave. */
export function readPage(path: string, folder = dist): string {
  return readFileSync(join(folder, path.endsWith("/") ? `${path}index.html` : path), "utf8");
}

/** The lessons whose HTML has `text`. @throws Error where none has: then what is to be tested is nowhere to be seen. */
export function lessonsWith(text: string): string[] {
  const found = findLessons().filter((path) => readPage(path).includes(text));
  if (found.length === 0) throw new Error(`no lesson has '${text}'`);
  return found;
}

/** The lesson whose HTML is the longest, for checks that are too slow for every page. */
export function longestLesson(): string {
  const [longest = ""] = findLessons().sort((a, b) => readPage(b).length - readPage(a).length);
  return longest;
}
