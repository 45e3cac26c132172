/**
 * `node src/scripts/copy-app.ts`: copies the contacts app from `examples/contacts` into every example. One with a
 * `poetry.lock` keeps its own `pyproject.toml`, in which Poetry has a table.
 */
import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

const examples = resolve(import.meta.dirname, "../../examples");
const app = join(examples, "contacts");

for (const name of readdirSync(examples, { withFileTypes: true })) {
  if (!name.isDirectory() || !/^\d\d-/.test(name.name)) continue;
  for (const part of readdirSync(app)) {
    if (part === "pyproject.toml" && existsSync(join(examples, name.name, "poetry.lock"))) continue;
    const target = join(examples, name.name, part);
    rmSync(target, { recursive: true, force: true });
    cpSync(join(app, part), target, {
      recursive: true,
      filter: (file) => !file.includes("__pycache__"),
    });
  }
  console.log(`copied the app into examples/${name.name}`);
}
