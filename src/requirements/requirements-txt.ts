/** Requirements files as pip reads them. */
import { logicalLines } from "./logical-lines.ts";
import type { LocalProject, PipOption, Problem, Requirement } from "./model.ts";
import { parseRequirement, type NotARequirement } from "./requirement.ts";

/** What a line says; the files that it names are the caller's business. */
export type RequirementsEntry =
  | { readonly type: "requirement"; readonly value: Requirement }
  | { readonly type: "local"; readonly value: LocalProject }
  | { readonly type: "option"; readonly value: PipOption }
  | {
      readonly type: "include";
      readonly line: number;
      readonly text: string;
      readonly path: string;
      readonly constraint: boolean;
    }
  | { readonly type: "problem"; readonly value: Problem };

/** Options of pip that hold for the whole file: short name, long name, and whether a value follows. */
const options: readonly [short: string | undefined, long: string, value: boolean][] = [
  ["-i", "--index-url", true],
  [undefined, "--pypi-url", true],
  [undefined, "--extra-index-url", true],
  ["-f", "--find-links", true],
  [undefined, "--no-index", false],
  [undefined, "--trusted-host", true],
  [undefined, "--pre", false],
  [undefined, "--prefer-binary", false],
  [undefined, "--no-binary", true],
  [undefined, "--only-binary", true],
  [undefined, "--use-feature", true],
  [undefined, "--require-hashes", false],
  [undefined, "--always-unzip", false],
  ["-Z", "--always-unzip", false],
];

const includes: readonly [short: string, long: string, type: "include" | "constraint" | "editable"][] = [
  ["-r", "--requirement", "include"],
  ["-c", "--constraint", "constraint"],
  ["-e", "--editable", "editable"],
];

interface Line {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

const problem = (place: Line, level: Problem["level"], message: string, help: string): RequirementsEntry => ({
  type: "problem",
  value: { ...place, level, message, help },
});

interface KnownLine {
  readonly text: string;
  readonly entries: readonly RequirementsEntry[];
}

/** What each line of a file said the last time: where a list is typed, all but one come again with each key. */
const known = new Map<string, KnownLine[]>();
const mostFiles = 50;

/** Reads a requirements file: what each of its lines says. */
export function* readRequirementsFile(file: string, text: string): Generator<readonly RequirementsEntry[]> {
  if (known.size > mostFiles) known.clear();
  const before = known.get(file) ?? [];
  known.set(file, before);
  for (const { line, text: said } of logicalLines(text)) {
    let found = before[line];
    if (found?.text !== said) before[line] = found = { text: said, entries: readLine({ file, line, text: said }) };
    yield found.entries;
  }
}

function readLine(place: Line): readonly RequirementsEntry[] {
  const { line, text } = place;
  const failed = (message: string, help: string) => [problem(place, "error", message, help)];
  const variable = /\$\{[A-Z0-9_]+\}/.exec(text)?.[0];
  if (variable !== undefined)
    return failed(
      `the line takes '${variable}' from the environment, which is not known here`,
      `Write the value in place of '${variable}'.`,
    );
  if (!text.startsWith("-")) return requirementLine(place, text, false);
  for (const [short, long, type] of includes) {
    const path = valueOf(text, short, long);
    if (path === undefined) continue;
    if (path === "") return failed(`'${long}' has nothing behind it`, "Name a file or a folder behind it.");
    if (type === "editable") return requirementLine(place, path, true);
    return [{ type: "include", line, text, path, constraint: type === "constraint" }];
  }
  for (const [short, long, wantsValue] of options) {
    const value = valueOf(text, short, long);
    if (value === undefined) continue;
    if (wantsValue && value === "") return failed(`'${long}' has nothing behind it`, "Write its value behind it.");
    return [{ type: "option", value: { ...place, name: long, ...(wantsValue ? { value } : {}) } }];
  }
  return failed(
    `'${/^[^\s=]*/.exec(text)![0]}' is not an option that pip reads from a requirements file`,
    "Take the line out, or give the option to pip on the command line.",
  );
}

/** The value of an option, `""` without one; `undefined` where the line is about another option. */
function valueOf(text: string, short: string | undefined, long: string): string | undefined {
  if (text.startsWith(long)) {
    const rest = text.slice(long.length);
    if (rest === "" || /^[\s=]/.test(rest)) return unquote(rest.replace(/^\s*=|^\s+/, "").trim());
  }
  if (short !== undefined && text.startsWith(short) && !text.startsWith("--"))
    return unquote(text.slice(short.length).replace(/^\s*=/, "").trim());
  return undefined;
}

const unquote = (text: string): string => /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;

function requirementLine(place: Line, line: string, editable: boolean): RequirementsEntry[] {
  const failed = ({ message, help }: Pick<NotARequirement, "message" | "help">) => [
    problem(place, "error", message, help),
  ];
  const { body, hashes, build, wrong } = splitLineOptions(line);
  if (wrong !== undefined) return failed(wrong);
  const parsed = parseRequirement(body);
  if (parsed.kind === "problem") return failed(parsed);
  const notes = build.map((option) =>
    problem(
      place,
      "note",
      `'${option}' tells pip how to build the package; nothing else follows it`,
      "Set the same in the package's Nix expression, if the package needs it there.",
    ),
  );
  if (parsed.kind === "folder")
    return [{ type: "local", value: { ...place, path: parsed.path, editable, extras: parsed.extras } }, ...notes];
  const { name, spelled, extras, specifiers, marker, source, guessed } = parsed;
  // A name that is only guessed could stand for a package that nobody asked for.
  if (name === "" || guessed === true)
    return failed({
      message: "the address does not say which package it is",
      help: `Write the name before it: '${spelled || "name"} @ ${body}'.`,
    });
  const value: Requirement = {
    ...place,
    name,
    spelled,
    extras,
    specifiers,
    ...(marker && { marker }),
    ...(source && { source }),
    ...(editable && { editable }),
    hashes,
  };
  return [{ type: "requirement", value }, ...notes];
}

const none: readonly never[] = [];
const hash = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/i;
const buildOptions = ["--config-settings", "--config-setting", "-C", "--global-option", "--install-option"];

/** The options that a requirement may have on its own line. */
function splitLineOptions(line: string): {
  body: string;
  hashes: readonly string[];
  build: readonly string[];
  wrong?: Pick<NotARequirement, "message" | "help">;
} {
  const at = line.search(/\s-/);
  if (at < 0) return { body: line, hashes: none, build: none };
  const hashes: string[] = [];
  const build: string[] = [];
  const body = line.slice(0, at);
  for (const option of line
    .slice(at)
    .trim()
    .split(/\s+(?=-)/)) {
    const [, name = "", value = ""] = /^([^\s=]*)[\s=]*(.*)$/s.exec(option)!;
    if (name === "--hash" && hash.test(value)) hashes.push(value.toLowerCase());
    else if (buildOptions.includes(name)) build.push(option);
    else
      return {
        body,
        hashes,
        build,
        wrong:
          name === "--hash"
            ? {
                message: `'${value}' is not a hash that pip takes`,
                help: "Write 'sha256:' and 64 hexadecimal digits, as 'pip hash' prints them.",
              }
            : {
                message: `'${name}' is not an option of a single requirement`,
                help: "Write it on a line of its own, if it is for the whole file.",
              },
      };
  }
  return { body, hashes, build };
}
