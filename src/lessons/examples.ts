/** The example repositories as they lie on disk: what the pages show of them is read here and nowhere else. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What tools leave behind in a working copy, and no reader would commit. */
const leftBehind = new Set([".git", ".devenv", ".direnv", ".venv", "__pycache__", "result", "node_modules"]);

// The build bundles this module into another folder, so its own place says nothing about where the project is.
const examplesFolder = join(process.cwd(), "examples");

/** The names of all examples (`NN-slug`), in order. */
export function listExamples(folder = examplesFolder): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d\d-/.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}

/** The paths of an example's files, relative to it: those of its root first, then folder by folder. */
export function listExampleFiles(example: string, folder = examplesFolder): string[] {
  const walk = (path: string): string[] => {
    const entries = readdirSync(join(folder, example, path), { withFileTypes: true })
      .filter(({ name }) => !leftBehind.has(name))
      .sort((a, b) => a.name.localeCompare(b.name, "en"));
    const files = entries.filter((entry) => entry.isFile()).map(({ name }) => join(path, name));
    return [...files, ...entries.filter((entry) => entry.isDirectory()).flatMap(({ name }) => walk(join(path, name)))];
  };
  return walk("");
}

/** A file's text, or `undefined` where the example has no such file. */
export function readExampleFile(example: string, path: string, folder = examplesFolder): string | undefined {
  const file = join(folder, example, path);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
