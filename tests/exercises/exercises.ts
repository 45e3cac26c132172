/** The exercises as they lie on disk, with the files that each starts from. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "smol-toml";
import { startOf, type ExerciseText, type Work } from "#exercises";
import { exerciseSchema } from "#exercises/schema";
import { listExampleFiles } from "#lessons";
import type { FlakeFiles } from "../../src/runtime/messages.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = join(root, "content/exercises");

export interface Exercise extends ExerciseText {
  /** `04-1-one-more-machine`: lesson, place in it, name. */
  readonly id: string;
  readonly lesson: number;
  readonly begin: Work;
}

/** The files of an example that are text. */
function exampleFiles(example: string): Record<string, string> {
  const examples = join(root, "examples");
  const paths = listExampleFiles(example, examples);
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(examples, example, path), "utf8")]));
}

/** @throws Error naming the file where its form is wrong */
export function readExercises(): Exercise[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".toml"))
    .sort()
    .map((name) => {
      try {
        const text = exerciseSchema.parse(parse(readFileSync(join(folder, name), "utf8")));
        const begin = startOf(text, exampleFiles(text.example));
        return { ...text, id: name.replace(/\.toml$/, ""), lesson: Number(name.slice(0, 2)), begin };
      } catch (error) {
        throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
      }
    });
}

/** A flake as a page gives it to the evaluator. Shells of devenv look where they stand. */
export function flakeOf({ example }: Exercise, { files, tracked }: Work): FlakeFiles {
  const place = `/home/you/${example}`;
  // Shells of devenv ask in which folder they stand, as the lab says it to them alone.
  const isImpure = /\bdevenv\b/.test(files["flake.nix"] ?? "");
  return { files, tracked, root: place, ...(isImpure ? { impure: { PWD: place } } : {}) };
}
