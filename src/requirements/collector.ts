/** Gathers what the tables of a TOML file ask for. */
import type { LocalProject, Problem, Requirement } from "./model.ts";
import { parseRequirement } from "./requirement.ts";
import { list, type Lines } from "./toml.ts";

/** The problem that a mistake of TOML is. */
export function brokenToml(file: string, text: string, { line, message }: { line: number; message: string }): Problem {
  return {
    file,
    line,
    text: (text.split("\n")[line - 1] ?? "").trim(),
    level: "error",
    message: `this is not TOML: ${message}`,
    help: "Nothing of the file was read; correct the line and give it again.",
  };
}

/** Gathers requirements with their places. */
export class Collector {
  readonly requirements: Requirement[] = [];
  readonly local: LocalProject[] = [];
  readonly problems: Problem[] = [];
  readonly file: string;
  readonly lines: Lines;

  constructor(file: string, lines: Lines) {
    this.file = file;
    this.lines = lines;
  }

  /** Adds a list of PEP 508 texts. */
  addList(entries: unknown, group: string | undefined): void {
    for (const entry of list(entries)) {
      if (typeof entry === "string") this.addText(entry, this.lines.string(entry), group);
      else
        this.fail(
          this.lines.next(() => true),
          String(entry),
          "a dependency is not a text",
          "Write it in quotes.",
        );
    }
  }

  addText(entry: string, line: number, group: string | undefined): void {
    const place = { file: this.file, line, text: entry };
    const parsed = parseRequirement(entry);
    if (parsed.kind === "problem") this.fail(line, entry, parsed.message, parsed.help);
    else if (parsed.kind === "folder")
      this.local.push({ ...place, path: parsed.path, editable: false, extras: parsed.extras });
    else {
      const { kind: _, guessed: __, ...rest } = parsed;
      this.requirements.push({ ...place, ...rest, hashes: [], ...(group === undefined ? {} : { group }) });
    }
  }

  fail(line: number, text: string, message: string, help: string, level: Problem["level"] = "error"): void {
    this.problems.push({ file: this.file, line, text, level, message, help });
  }
}
