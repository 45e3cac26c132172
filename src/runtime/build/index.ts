/** What the build publishes of the evaluator: the worker's scripts and the packs, under names that change with them. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { packed } from "../packs.ts";
import { bundleWorker } from "./bundle.ts";
import { makePacks } from "./packs.ts";

export { evaluateFlake } from "./evaluate.ts";

/** The evaluator as it is published. */
export interface WorkerFiles {
  /** Contents by file name. */
  readonly files: ReadonlyMap<string, string>;
  /** The name of the script that `new Worker` takes. */
  readonly worker: string;
}

/** The folder of the site in which all files stand. */
const folder = "/evaluator/";

/** The address of a file for pages: `EvaluatorClient` takes that of the worker. */
export const addressOf = (file: string): string => folder + file;

// The build of the site bundles this module into another folder, so its own place says nothing.
const root = process.cwd();

let made: Promise<WorkerFiles> | undefined;

/**
 * Bundles the worker and packs the stand-ins. The same sources give the same bytes. A build of the site does it once for all
 * pages; the author's server anew for each, because the sources may have changed.
 */
export function makeWorkerFiles(): Promise<WorkerFiles> {
  return process.env["NODE_ENV"] === "production" ? (made ??= make()) : make();
}

async function make(): Promise<WorkerFiles> {
  const files = new Map<string, string>();
  const add = (name: string, ending: string, text: string): string => {
    const file = `${name}-${createHash("sha256").update(text).digest("hex").slice(0, 8)}.${ending}`;
    files.set(file, text);
    return file;
  };
  const packs = Array.from(makePacks(join(root, "src/inputs")), ([name, pack]): [string, string] => [
    name,
    add(name, "pack.txt", packed(pack)),
  ]);
  const worker = await bundleWorker(Object.fromEntries(packs), (name, text) => add(name, "js", text));
  return { files, worker };
}
