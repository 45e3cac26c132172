import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { Index } from "#inputs";
import type { Pack } from "../packs.ts";
import { minifyNix } from "./minify.ts";

/** The stand-ins in the folders of `inputs`, minified, by the names of the folders. */
export function makePacks(inputs: string): ReadonlyMap<string, Pack> {
  const folders = readdirSync(inputs, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return new Map(folders.map(({ name }) => [name, makePack(join(inputs, name))]));
}

const order = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Files of a kind stand together, because gzip finds what is alike only if it is near. */
function makePack(folder: string): Pack {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    // Written anew for each lock node.
    .filter((file) => file !== "node.json")
    .sort((a, b) => order(extname(a), extname(b)) || order(a, b));
  return Object.fromEntries(files.map((file) => [file, minify(file, readFileSync(join(folder, file), "utf8"))]));
}

/** What the stand-in for nixpkgs reads of its index. Where versions come from is for the generator and the pages. */
function readByNix({ interpreters, packages }: Index): Partial<Index> {
  const lines = Object.entries(packages).map(([attr, { version, runtime }]) => [attr, { version, runtime }]);
  return { interpreters, packages: Object.fromEntries(lines) };
}

function minify(file: string, text: string): string {
  try {
    if (file.endsWith(".nix")) return minifyNix(text);
    if (file === "index.json") return JSON.stringify(readByNix(JSON.parse(text) as Index));
    return /\.(json|lock)$/.test(file) && text !== "" ? JSON.stringify(JSON.parse(text)) : text;
  } catch (error) {
    throw new Error(`'${file}' cannot be minified: ${(error as Error).message}`, { cause: error });
  }
}
