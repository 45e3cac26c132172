/** What `generate` prints besides files. */
import { choices, defaultChoices, notesInWords, presets, type Choice, type Generated } from "#generator";

const width = 26;

/** A name and its meaning, below the name where it is long. */
const entry = (name: string, meaning: string, indent = 2): string => {
  const start = `${" ".repeat(indent)}${name}`;
  return start.length < width ? `${start.padEnd(width)}${meaning}` : `${start}\n${" ".repeat(width)}${meaning}`;
};

/** The name of a choice's flag: `shellHook` is `--shell-hook`. */
export const flagName = (id: string): string => `--${id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function choiceHelp(choice: Choice): string[] {
  const flag = flagName(choice.id);
  if (choice.kind === "switch") {
    const isOn = defaultChoices[choice.id] === true;
    return [entry(isOn ? flag.replace("--", "--no-") : flag, `${isOn ? "Leave out: " : ""}${choice.meaning}`)];
  }
  const chosen = defaultChoices[choice.id];
  const preset = Array.isArray(chosen) ? chosen.join(",") : typeof chosen === "string" ? chosen : "";
  return [
    entry(`${flag} ${choice.placeholder ?? "TEXT"}`, `${choice.meaning}${preset === "" ? "" : ` [${preset}]`}`),
    ...(choice.values ?? []).map(({ id, meaning }) => entry(id, meaning, 6)),
  ];
}

/** The text of `generate --help`. */
export function generateHelp(): string {
  const lines = [
    "Usage: generate [FILE | -] [options]",
    "",
    "Makes a flake from requirements.txt, pyproject.toml, uv.lock or poetry.lock. Without FILE, one of these is looked for in",
    "the current folder; '-' is the standard input. Prints flake.nix, or writes all files with --out.",
    "",
    "Choices:",
    ...choices.flatMap(choiceHelp),
    "",
    "Presets, which also serve as the list where no FILE is named:",
    entry("--preset ID", "Choices for a kind of project."),
    ...presets.map(({ id, meaning }) => entry(id, meaning, 6)),
    "",
    "Output:",
    entry("--out DIR", "Writes all files into a folder; never over a file that differs."),
    entry("--force", "With --out: replaces such files."),
    entry("--json", "Prints everything as JSON: files, problems, notes, table, recommendation."),
    entry("--explain", "Prints what you will get, in place of the flake."),
    "",
    "Exit status: 0 if everything was taken over, 2 if lines of the files were left out (they are named), 1 if nothing was done.",
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** What the reader will get, in words. */
export function explanation(made: Generated): string {
  const rows = made.table.map(({ name, asked, given, verdict }) => [name, asked, given, verdict]);
  const head = ["package", "asked", "given", "as asked?"];
  const widths = head.map((title, column) =>
    rows.reduce((width, row) => Math.max(width, row[column]!.length), title.length),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd();
  const hints = made.table.flatMap(({ name, command, near, exact }) => [
    ...(near.length > 0 ? [`${name}: did you mean ${near.join(" or ")}?`] : []),
    ...(command !== undefined ? [`${name}: ${command}`] : []),
    ...(exact.length > 0 && command === undefined ? [`${name}: exactly as asked with ${exact.join(" or ")}`] : []),
  ]);
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ["", title, ...lines.map((each) => `  ${each}`)];
  const lines = [
    ...(rows.length === 0 ? ["The files ask for no package."] : [head, ...rows].map(line)),
    ...section("To find out more:", [...new Set(hints)]),
    ...section(
      "Left out, or different:",
      made.problems.map(({ file, line: at, message, help }) => `${file}:${at}: ${message}. ${help}`),
    ),
    ...section(
      "Notes:",
      notesInWords(made.notes).map(({ message, help }) => `${message}.${help === undefined ? "" : ` ${help}`}`),
    ),
    ...section("Best for these files:", [`${made.recommendation.approach}. ${made.recommendation.reason}`]),
    ...section(
      "Files:",
      made.files.map(({ path, about, origin }) => `${path}: ${origin === "yours" ? "your own file." : about}`),
    ),
    ...section("Next:", made.nextCommands),
  ];
  return lines.map((each) => `${each}\n`).join("");
}
