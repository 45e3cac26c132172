/** An example as it is taken home: its files with their bytes, and the chain of examples that leads to it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { listExampleFiles } from "#lessons";

/** A file of an example. `path` is relative to the example's folder. */
export interface TakenFile {
  path: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** What the page `/examples/index.json` says of an example: the lesson that tells of it, and where it starts from. */
export interface ToldExample {
  example: string;
  lesson: number;
  title: string;
  /** One sentence: what the reader has at the lesson's end. */
  summary: string;
  /** The example that this one was made from; `null` for a first one. */
  from: string | null;
}

/** The files of `examples/NAME`, sorted by path. `examples` is the folder of all examples. */
export function readExampleFiles(examples: string, name: string): TakenFile[] {
  return listExampleFiles(name, examples)
    .sort()
    .map((path) => ({ path, bytes: new Uint8Array(readFileSync(join(examples, name, path))) }));
}

/**
 * The examples on the way to `name`, itself last.
 * @throws Error naming an example that no lesson tells of, or that comes from itself.
 */
export function chainTo(name: string, told: readonly ToldExample[]): ToldExample[] {
  const chain: ToldExample[] = [];
  for (let next: string | null = name; next !== null; next = chain[0]!.from) {
    const found = told.find(({ example }) => example === next);
    if (found === undefined) throw new Error(`no lesson tells of the example '${next}', from which '${name}' comes`);
    if (chain.includes(found)) throw new Error(`the example '${next}' comes from itself`);
    chain.unshift(found);
  }
  return chain;
}
