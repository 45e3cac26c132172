/** The entries of the error museum as they stand in `content/errors`; their shape is checked when the site is built. */
import { globSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parse } from "smol-toml";
import type { KnownError } from "../../src/islands/errors/recognise.ts";

export interface Entry extends KnownError {
  readonly tool: string;
  readonly reproduce?: { in: string; inputs: "real" | "stand-ins"; run?: string; expression?: string };
}

const folder = resolve(import.meta.dirname, "../../content/errors");

export const entries: readonly Entry[] = globSync("*.md", { cwd: folder })
  .sort()
  .map((file) => {
    const [, front = ""] = readFileSync(join(folder, file), "utf8").split(/^\+\+\+$/m);
    return { id: basename(file, ".md"), ...(parse(front) as unknown as Omit<Entry, "id">) };
  });
