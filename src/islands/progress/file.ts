/** Progress as a file: written by export, read by import. */
import { isSame, PathError, Project, type Snapshot } from "../lab/project.ts";
import { merge, type Both } from "./merge.ts";
import type { Kept, ProgressStore } from "./store.ts";

const format = "flakes-for-snakes progress";
const version = 1;

/** A file that is not taken, and why, in words. */
export class ImportError extends Error {
  override name = "ImportError";
}

/** What an import brought that was not there before. */
export interface Imported {
  readonly lessons: number;
  readonly exercises: number;
  readonly projects: number;
  /** Files that differed here and there, and are kept in both forms. */
  readonly both: readonly Both[];
}

interface Written {
  lessons: Record<string, string>;
  exercises: Record<string, string>;
  projects: Record<string, Snapshot>;
}

/** The text of the file. */
export function exportText({ lessons, exercises, projects }: Kept): string {
  const { fromEntries } = Object;
  const written: Written = {
    lessons: fromEntries(lessons),
    exercises: fromEntries(exercises),
    projects: fromEntries([...projects].map(([slug, { snapshot }]) => [slug, snapshot])),
  };
  return `${JSON.stringify({ format, version, ...written }, null, 2)}\n`;
}

/**
 * Adds what the file has to what is kept. Nothing is lost: where a lab's file differs, both forms stay.
 * @throws ImportError where the text is no such file; then nothing has changed
 */
export async function importText(store: ProgressStore, text: string): Promise<Imported> {
  const read = readWritten(text);
  const kept = await store.kept();
  const isNew = (known: ReadonlyMap<string, string>, id: string): boolean => !known.has(id);
  const lessons = Object.entries(read.lessons).filter(([slug]) => isNew(kept.lessons, slug));
  const exercises = Object.entries(read.exercises).filter(([id]) => isNew(kept.exercises, id));
  for (const [slug, when] of lessons) await store.setLesson(slug, true, when);
  for (const [id, when] of exercises) await store.setExercise(id, when);
  let projects = 0;
  const both: Both[] = [];
  for (const [slug, snapshot] of Object.entries(read.projects)) {
    const added = await addProject(store, slug, snapshot);
    if (added === undefined) continue;
    projects++;
    both.push(...added);
  }
  return { lessons: lessons.length, exercises: exercises.length, projects, both };
}

const nothing: Snapshot = { files: {}, index: {}, head: {} };

async function addProject(store: ProgressStore, slug: string, theirs: Snapshot): Promise<readonly Both[] | undefined> {
  for (;;) {
    const kept = await store.project(slug);
    // Nobody knows what the two have in common, so nothing counts as removed.
    const { snapshot, both } =
      kept === undefined ? { snapshot: theirs, both: [] } : merge(nothing, kept.snapshot, theirs, "imported");
    if (kept !== undefined && isSame(snapshot, kept.snapshot)) return undefined;
    const { isSaved } = await store.saveProject(slug, snapshot, kept?.revision ?? "");
    if (isSaved) return both;
  }
}

function readWritten(text: string): Written {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw new ImportError(`This is not JSON: ${(error as Error).message}.`);
  }
  if (!isRecord(read) || read["format"] !== format)
    throw new ImportError("This is no file of progress from this site.");
  if (read["version"] !== version)
    throw new ImportError(`The file has version ${String(read["version"])}; this page reads version ${version}.`);
  return {
    lessons: dates(read, "lessons"),
    exercises: dates(read, "exercises"),
    projects: entriesOf(read, "projects", "projects", (value, place) => ({
      files: texts(value, "files", place),
      index: texts(value, "index", place),
      head: texts(value, "head", place),
    })),
  };
}

const dates = (read: unknown, name: string): Record<string, string> =>
  entriesOf(read, name, name, (value, place) => {
    if (typeof value === "string" && !Number.isNaN(Date.parse(value))) return value;
    throw new ImportError(`'${place}' is not a date.`);
  });

function texts(read: unknown, name: string, within: string): Record<string, string> {
  const folder = Project.of({});
  entriesOf(read, name, `${within}.${name}`, (value, place, path) => {
    if (typeof value !== "string") throw new ImportError(`'${place}' is not a text.`);
    try {
      folder.write(path, value, "import");
    } catch (error) {
      throw error instanceof PathError ? new ImportError(`'${within}.${name}': ${error.message}.`) : error;
    }
  });
  return folder.snapshot().files;
}

function entriesOf<Value>(
  read: unknown,
  name: string,
  place: string,
  each: (value: unknown, place: string, key: string) => Value,
): Record<string, Value> {
  const found = isRecord(read) ? read[name] : undefined;
  if (!isRecord(found)) throw new ImportError(`'${place}' is missing, or is not a list of names and values.`);
  return Object.fromEntries(Object.entries(found).map(([key, value]) => [key, each(value, `${place}.${key}`, key)]));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
