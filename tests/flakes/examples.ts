/** The examples and their flakes, as they stand on disk: nothing here is a list that could forget one. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** The folder of all examples. */
export const examplesFolder = resolve(import.meta.dirname, "../../examples");

/** What a lesson promises of one output; see `examples/README.md`. */
export interface OutputPromise {
  systems?: string[];
  packages?: string[];
  distributions?: string[];
  env?: Record<string, string | null>;
  shellHook?: string[];
  options?: Record<string, unknown>;
  name?: string;
  mainProgram?: string | null;
  program?: string;
  description?: string;
  /** What differs on some systems: these go before the keys beside it. */
  on?: Record<string, Omit<OutputPromise, "systems" | "on">>;
}

/** What a lesson promises of one flake. */
export interface FlakePromises {
  impure?: boolean;
  systems: string[];
  outputs: Record<string, OutputPromise>;
}

/** One flake of an example. `flake` is its folder within the example, `.` for the root. */
export interface ExampleFlake {
  /** `NN-slug`, or `NN-slug/2023` for a flake in a sub-folder. */
  name: string;
  example: string;
  /** The example's folder. */
  folder: string;
  flake: string;
  /** Undefined where the promises file, or its entry for this flake, is missing. */
  promises: FlakePromises | undefined;
  /** Whether there is a `flake.nix`; false for an entry of a promises file that nothing on disk answers to. */
  onDisk: boolean;
}

/** The names of all examples: folders `NN-slug`, and promises files without their folder. */
export function exampleNames(examples: string = examplesFolder): string[] {
  const names = readdirSync(examples)
    .filter((name) => /^\d\d-/.test(name))
    .map((name) => name.replace(/\.promises\.json$/, ""));
  return [...new Set(names)].sort();
}

/** The flakes of an example, on disk or promised. @throws Error naming a promises file that is no JSON. */
export function flakesOf(example: string, examples: string = examplesFolder): ExampleFlake[] {
  const folder = join(examples, example);
  const promises = readPromises(join(examples, `${example}.promises.json`));
  const found = existsSync(folder) ? flakeFolders(folder) : [];
  return [...new Set([...found, ...Object.keys(promises)])].sort().map((flake) => ({
    name: flake === "." ? example : `${example}/${flake}`,
    example,
    folder,
    flake,
    promises: promises[flake],
    onDisk: found.includes(flake),
  }));
}

function flakeFolders(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === "flake.nix")
    .map((entry) => relative(folder, dirname(join(entry.parentPath, entry.name))) || ".")
    .filter((name) => !/(^|\/)\.(direnv|devenv)(\/|$)/.test(name));
}

function readPromises(file: string): Record<string, FlakePromises> {
  if (!existsSync(file)) return {};
  try {
    return (JSON.parse(readFileSync(file, "utf8")) as { flakes: Record<string, FlakePromises> }).flakes;
  } catch (error) {
    throw new Error(`'${file}' cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
