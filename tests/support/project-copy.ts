/** A copy of the project for tests that spoil something and build. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** The project's root folder. */
export const root = resolve(import.meta.dirname, "../..");

/**
 * Copies what a build reads into a scratch folder, which the caller removes. Packages are linked one by one: with the
 * folder linked as a whole, the copy's build would write into the project's own caches in `node_modules`.
 */
export function copyProject(): string {
  const copy = mkdtempSync(join(tmpdir(), "project-"));
  const left = ["node_modules", "dist", "tests", "test-results"];
  for (const name of readdirSync(root))
    if (!left.includes(name) && !name.startsWith(".")) cpSync(join(root, name), join(copy, name), { recursive: true });
  mkdirSync(join(copy, "node_modules"));
  for (const name of readdirSync(join(root, "node_modules")))
    if (!name.startsWith(".") || name === ".bin")
      symlinkSync(join(root, "node_modules", name), join(copy, "node_modules", name));
  return copy;
}
