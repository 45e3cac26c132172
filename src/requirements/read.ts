/** Reads the reader's files, from the one that was given on through those that it names. */
import { contradictions } from "./contradictions.ts";
import { acceptText, formatOf, refuseByName, type Refusal } from "./input.ts";
import { readPoetryLock, readUvLock } from "./lock-files.ts";
import type {
  Format,
  LocalProject,
  LockedPackage,
  PipOption,
  Place,
  Problem,
  Project,
  Reading,
  Requirement,
} from "./model.ts";
import { readPyproject } from "./pyproject.ts";
import { readRequirementsFile, type RequirementsEntry } from "./requirements-txt.ts";
import { finish, type Steps } from "./steps.ts";

/** The reader's files by name; `/` stands between folders. */
export type Files = Readonly<Record<string, string>>;

/**
 * Reads the file `entry`, and what it names with `-r` and `-c`, out of `files`. A lock file beside a `pyproject.toml` is
 * read with it. Never throws: what cannot be read is among the problems.
 */
export function read(files: Files, entry: string): Reading {
  return finish(readInSteps(files, entry));
}

/** The same in steps of some milliseconds. */
export const readInSteps = (files: Files, entry: string): Steps<Reading> => new Reader(files).read(entry);

/** So many lines are read in a step. */
const slice = 1000;

class Reader {
  private readonly requirements: Requirement[] = [];
  private readonly constraints: Requirement[] = [];
  private readonly local: LocalProject[] = [];
  private readonly options: PipOption[] = [];
  private readonly problems: Problem[] = [];
  private readonly locked: LockedPackage[] = [];
  private readonly names: string[] = [];
  private readonly missing: string[] = [];
  private readonly included = new Set<string>();
  private project: Project | undefined;
  private readonly files: Files;

  constructor(files: Files) {
    this.files = files;
  }

  *read(entry: string): Steps<Reading> {
    const text = this.open(entry, { file: entry, line: 1 }, "");
    const format = text === undefined ? formatByName(entry) : formatOf(entry, text);
    if (text !== undefined) yield* this.readAs(format, entry, text);
    if (format === "pyproject.toml") this.readLockBeside(entry);
    const { requirements, constraints, local, options, locked, project } = this;
    return {
      format,
      requirements,
      constraints,
      local,
      options,
      locked,
      ...(project === undefined ? {} : { project }),
      problems: [...this.problems, ...contradictions(requirements, constraints)],
      files: this.names,
      missing: this.missing,
    };
  }

  /** The text of a file; where it cannot be read, the reason goes among the problems, at the place that names it. */
  private open(file: string, place: Place, text: string): string | undefined {
    const content = Object.hasOwn(this.files, file) ? this.files[file] : undefined;
    if (content === undefined) {
      this.missing.push(file);
      return this.fail(place, text, missing(file));
    }
    const accepted = refuseByName(file) ?? acceptText(content);
    if (typeof accepted !== "string") return this.fail({ file, line: 1 }, "", accepted);
    if (!this.names.includes(file)) this.names.push(file);
    return accepted;
  }

  private fail({ file, line }: Place, text: string, { message, help }: Refusal): undefined {
    this.problems.push({ file, line, text, level: "error", message, help });
  }

  private *readAs(format: Format, file: string, text: string): Steps<void> {
    if (format === "requirements.txt") return yield* this.readList(file, text, [file], false);
    const reading =
      format === "pyproject.toml"
        ? readPyproject(file, text)
        : format === "uv.lock"
          ? readUvLock(file, text)
          : readPoetryLock(file, text);
    this.requirements.push(...reading.requirements);
    this.problems.push(...reading.problems);
    this.project = reading.project;
    if ("local" in reading) this.local.push(...reading.local);
    else this.locked.push(...reading.locked);
  }

  private readLockBeside(pyproject: string): void {
    for (const [name, readLock] of [
      ["uv.lock", readUvLock],
      ["poetry.lock", readPoetryLock],
    ] as const) {
      const file = join(pyproject, name);
      if (!Object.hasOwn(this.files, file)) continue;
      const text = this.open(file, { file, line: 1 }, "");
      if (text === undefined) continue;
      const { locked, problems } = readLock(file, text);
      this.locked.push(...locked);
      this.problems.push(...problems);
    }
  }

  /** Reads a requirements file; `way` is the files through which one came to it. */
  private *readList(file: string, text: string, way: readonly string[], constraint: boolean): Steps<void> {
    let lines = 0;
    for (const entries of readRequirementsFile(file, text)) {
      if (++lines % slice === 0) yield;
      for (const entry of entries)
        switch (entry.type) {
          case "requirement":
            (constraint ? this.constraints : this.requirements).push(entry.value);
            break;
          case "local":
            this.local.push(entry.value);
            break;
          case "option":
            this.options.push(entry.value);
            break;
          case "problem":
            this.problems.push(entry.value);
            break;
          case "include":
            yield* this.include(file, entry, way, constraint || entry.constraint);
        }
    }
  }

  private *include(
    from: string,
    { line, text, path }: Extract<RequirementsEntry, { type: "include" }>,
    way: readonly string[],
    constraint: boolean,
  ): Steps<void> {
    const place = { file: from, line };
    const file = join(from, path);
    if (/^[a-z][a-z0-9+.-]+:/i.test(path))
      return this.fail(place, text, {
        message: `'${path}' is on the network, and nothing is fetched here`,
        help: "Download it, and give it with the other files.",
      });
    if (way.includes(file))
      return this.fail(place, text, {
        message: `the files include each other in a circle: ${[...way.slice(way.indexOf(file)), file].join(" → ")}`,
        help: "Take out one of these lines; the rest was read.",
      });
    // A second inclusion on another way says nothing new.
    const key = `${constraint ? "-c" : "-r"} ${file}`;
    if (this.included.has(key)) return;
    this.included.add(key);
    const content = this.open(file, place, text);
    if (content === undefined) return;
    if (formatOf(file, content) === "requirements.txt")
      return yield* this.readList(file, content, [...way, file], constraint);
    this.fail(place, text, {
      message: `'${path}' is not a requirements file`,
      help: "Only requirements files can be named by '-r' and '-c'.",
    });
  }
}

const formatByName = (file: string): Format => formatOf(file, "");

const missing = (file: string): Refusal => ({
  message: `'${file}' is not among the files that were given`,
  help: `Give '${file}' as well, or paste its lines in place of this one.`,
});

/** A path seen from the folder of a file, without `.` and `..`. */
function join(file: string, path: string): string {
  const from = path.startsWith("/") ? [] : file.split("/").slice(0, -1);
  const parts: string[] = [];
  for (const part of [...from, ...path.split("/")]) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return `${path.startsWith("/") ? "/" : ""}${parts.join("/")}`;
}
