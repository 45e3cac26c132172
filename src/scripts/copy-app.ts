/** `node src/scripts/copy-app.ts`: copies the contacts app from `examples/contacts` into every example. */
import { cpSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

const examples = resolve(import.meta.dirname, "../../examples");
const app = join(examples, "contacts");

for (const name of readdirSync(examples, { withFileTypes: true })) {
  if (!name.isDirectory() || !/^\d\d-/.test(name.name)) continue;
  for (const part of readdirSync(app)) {
    const target = join(examples, name.name, part);
    rmSync(target, { recursive: true, force: true });
    cpSync(join(app, part), target, {
      recursive: true,
      filter: (file) => !file.includes("__pycache__"),
    });
  }
  console.log(`copied the app into examples/${name.name}`);
}
