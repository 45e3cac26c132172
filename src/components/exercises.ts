/** The exercises as pages show them: with the files from which each starts. */
import { getCollection } from "astro:content";
import { answered, startOf, type ExerciseText, type LabExercise, type PrintedBlock, type Work } from "#exercises";
import { compareFiles, linesOf, type DifferenceBlock } from "#lessons";
import { getLessons } from "../walk.ts";
import { labFiles } from "./lab-files.ts";

export interface PageExercise extends ExerciseText {
  /** `04-1-one-more-machine`: lesson, place in it, name. */
  readonly id: string;
  /** The example as it is. */
  readonly original: Work;
  readonly begin: Work;
  readonly solved: Work;
}

/** All exercises in order. @throws Error naming the file whose changes do not fit its example */
async function readExercises(): Promise<PageExercise[]> {
  const entries = await getCollection("exercises");
  entries.sort((a, b) => a.id.localeCompare(b.id, "en"));
  return entries.map(({ id, data, filePath }) => {
    try {
      const files = labFiles(data.example);
      const begin = startOf(data, files);
      const original = { files, tracked: Object.keys(files) };
      return { ...data, id, original, begin, solved: answered(begin, data.solution) };
    } catch (error) {
      throw new Error(`${filePath}: ${(error as Error).message}`, { cause: error });
    }
  });
}

/** Those of a lesson, by its number. */
export async function exercisesOfLesson(number: number): Promise<PageExercise[]> {
  return (await readExercises()).filter(({ id }) => Number(id.slice(0, 2)) === number);
}

/** Those that start from an example, as its lab loads them. */
export async function labExercises(example: string): Promise<LabExercise[]> {
  const lessons = await getLessons();
  return (await readExercises())
    .filter((exercise) => exercise.example === example)
    .map(({ id, title, task, start, checks, begin, solved }) => {
      const number = Number(id.slice(0, 2));
      const href = lessons.find((lesson) => lesson.number === number)?.href ?? "/lessons/";
      const files = changedFiles(begin, solved).map(({ file, before, after }) => {
        const sides = { old: linesOf(before), new: linesOf(after) };
        const print = (block: DifferenceBlock): PrintedBlock => ({
          kind: block.kind,
          old: block.old.map((line) => [line, sides.old[line - 1] ?? ""]),
          new: block.new.map((line) => [line, sides.new[line - 1] ?? ""]),
        });
        return { file, hunks: compareFiles(before, after).map((hunk) => hunk.map(print)) };
      });
      const solution = { files, add: addedFiles(begin, solved) };
      return { id, title, task, start, checks, lesson: { number, href: `${href}#exercise-${id}` }, solution };
    });
}

/** The files that differ between two states, each with both texts. */
export function changedFiles(before: Work, after: Work): { file: string; before: string; after: string }[] {
  const files = [...new Set([...Object.keys(before.files), ...Object.keys(after.files)])];
  return files
    .map((file) => ({ file, before: before.files[file] ?? "", after: after.files[file] ?? "" }))
    .filter(({ before, after }) => before !== after);
}

/** The files that Git is told of on the way. */
export const addedFiles = (before: Work, after: Work): string[] =>
  after.tracked.filter((path) => !before.tracked.includes(path));
