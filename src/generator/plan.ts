/** What a flake is made of, worked out once from the reader's files and choices, before any text is written. */
import { acceptText, normalizeName, readInSteps, type Files, type Reading, type Steps } from "#requirements";
import type { Choices } from "./choices.ts";
import { planPackages, type PlannedPackage } from "./packages.ts";
import type { Doc } from "./text/layout.ts";
import { comment } from "./text/nix.ts";

/** The reader's files, and the one to begin with. */
export interface Input {
  readonly files: Files;
  readonly entry: string;
}

/** `refused`: something that was asked for is not in the flake. `hash`, `code`: it does not build as it stands. */
export type NoteKind = "refused" | "hash" | "code" | "file" | "note";

/** A sentence for the reader; `choice` or `package` is what it is about, `line` the line of the file. */
export interface Note {
  readonly kind: NoteKind;
  readonly message: string;
  readonly help?: string;
  readonly choice?: string;
  readonly package?: string;
  readonly file?: string;
  readonly line?: number;
}

/** A file that only another tool can make. */
export interface NeededFile {
  readonly path: string;
  readonly command: string;
}

/** Everything that the writers of files need. */
export class Plan {
  readonly input: Input;
  readonly reading: Reading;
  readonly choices: Choices;
  readonly packages: readonly PlannedPackage[];
  /** The packages that the shell needs on some system: those of no group, and of groups for work on the project. */
  readonly wanted: readonly PlannedPackage[];
  readonly notes: Note[];
  /** The project's name, normalised. */
  readonly name: string;
  readonly description: string;

  constructor(input: Input, reading: Reading, choices: Choices, notes: readonly Note[]) {
    this.choices = choices;
    this.notes = [...notes];
    this.input = { files: this.readable(input.files), entry: input.entry };
    this.reading = reading;
    this.packages = planPackages(this.reading, choices.systems, choices.python);
    this.wanted = distinct(this.packages);
    this.name = normalizeName(choices.name || this.reading.project?.name || "my-project");
    this.description = choices.description || this.reading.project?.description || `The project ${this.name}`;
  }

  /** The files that are texts: no flake can use the others. UTF-16 was decoded wrongly on its way here, and is mended. */
  private readable(files: Files): Files {
    const texts = Object.entries(files).flatMap(([name, given]) => {
      const text = acceptText(given);
      if (typeof text === "string") return [[name, given.includes("\0") ? text : given] as const];
      this.note("file", `'${name}' is not among the files: it cannot be read`, { file: name });
      return [];
    });
    return Object.fromEntries(texts);
  }

  /** A comment, where comments are wanted. */
  say(text: string): Doc[] {
    return this.choices.comments ? comment(text) : [];
  }

  note(kind: NoteKind, message: string, more: Omit<Note, "kind" | "message"> = {}): void {
    this.notes.push({ kind, message, ...more });
  }

  get isParts(): boolean {
    return this.choices.layout === "flake-parts";
  }

  /** The attribute of the interpreter, `python313`. */
  get python(): string {
    return `python${this.choices.python.replace(".", "")}`;
  }

  /** How a binding that depends on the system is used: in the plain layout it is a function of `pkgs`. */
  use(name: string): string {
    return this.isParts ? name : `${name} pkgs`;
  }

  /** The same as an argument or an element of a list. */
  argument(name: string): string {
    return this.isParts ? name : `(${name} pkgs)`;
  }
}

/** Where only a choice has changed, the same files need not be read again. */
const readings = new WeakMap<Input, Reading>();

/** What the reader's files say. */
export function* readingOf(input: Input): Steps<Reading> {
  let reading = readings.get(input);
  if (reading === undefined) readings.set(input, (reading = yield* readInSteps(input.files, input.entry)));
  return reading;
}

/** The packages that some system needs, each once: what is asked for again with other extras is another. */
function distinct(packages: readonly PlannedPackage[]): PlannedPackage[] {
  const first = new Map<string, PlannedPackage>();
  const others = new Set<string>();
  return packages.filter((each) => {
    if (each.systems.length === 0) return false;
    const before = first.get(each.attr);
    if (before === undefined) first.set(each.attr, each);
    else {
      const key = `${each.attr} ${needs(each)}`;
      if (others.has(key) || needs(before) === needs(each)) return false;
      others.add(key);
    }
    return true;
  });
}

const needs = ({ requirement, systems }: PlannedPackage): string => `${requirement.extras.join()} ${systems.join()}`;
