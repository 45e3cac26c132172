/** `generate`: a flake from the reader's requirements and choices. The choices are those of the page, from one source. */
import {
  choices as allChoices,
  generate,
  notesInWords,
  presets,
  type Choice,
  type Choices,
  type Generated,
  type GeneratedFile,
  type Input,
} from "#generator";
import { decodeUtf8, encodeUtf8 } from "#nix";
import { read } from "#requirements";
import { refusal, UsageError } from "./failures.ts";
import { parseFlags, type Flag } from "./flags.ts";
import { explanation, flagName, generateHelp } from "./generate-text.ts";
import type { System } from "./system.ts";

/** What the command line asks for. */
interface Request {
  readonly choices: Record<string, unknown>;
  readonly env: Record<string, string>;
  preset?: string;
  out?: string;
  force: boolean;
  json: boolean;
  explain: boolean;
  help: boolean;
}

/** Files that are looked for in the current folder where none is named, the first one first. */
const usual = ["pyproject.toml", "requirements.txt", "uv.lock", "poetry.lock"];
/** Files that are read along with the one that was named. */
const besides = ["pyproject.toml", "uv.lock", "poetry.lock", "python-packages.nix"];

/**
 * `generate [FILE | -] [options]`. Gives 0 where all was taken over, 2 where lines or choices were left out.
 * @throws UsageError, NixError
 */
export function generateCommand(args: readonly string[], system: System): number {
  const request: Request = { choices: {}, env: {}, force: false, json: false, explain: false, help: false };
  const rest = parseFlags(args.flatMap(withValue), flagsOf(request));
  if (request.help) {
    write(system, generateHelp());
    return 0;
  }
  if (rest.length > 1) throw new UsageError(`unexpected argument '${rest[1]}'`);
  const preset = presets.find(({ id }) => id === request.preset);
  if (request.preset !== undefined && preset === undefined)
    throw new UsageError(`'${request.preset}' is not a preset; there are ${presets.map(({ id }) => id).join(", ")}`);
  const input = preset !== undefined && rest.length === 0 ? preset.input : inputFrom(rest[0], system);
  const env = Object.keys(request.env).length === 0 ? {} : { env: request.env };
  const made = generate(input, { ...preset?.choices, ...(request.choices as Partial<Choices>), ...env });
  const refused = made.notes.find(({ kind, choice }) => kind === "refused" && choice !== undefined);
  if (refused !== undefined) throw new UsageError(encodeUtf8(`${refused.message}. ${refused.help ?? ""}`.trim()));
  if (request.out !== undefined) writeOut(system, request.out, made.files, request.force);
  if (request.json) write(system, `${JSON.stringify(made, null, 2)}\n`);
  else if (request.explain) write(system, explanation(made));
  else {
    if (request.out === undefined) write(system, made.files[0]!.text);
    system.stderr(encodeUtf8(remarks(made, request.out !== undefined)));
  }
  return isWhole(made) ? 0 : 2;
}

const write = (system: System, text: string): void => system.stdout(encodeUtf8(text));

const isWhole = ({ problems, notes }: Generated): boolean =>
  problems.every(({ level }) => level === "note") && notes.every(({ kind }) => kind !== "refused");

/** `--name=value` as two arguments. */
function withValue(arg: string): string[] {
  const at = arg.indexOf("=");
  return arg.startsWith("--") && at > 0 ? [arg.slice(0, at), arg.slice(at + 1)] : [arg];
}

function flagsOf(request: Request): Flag[] {
  return [
    ...allChoices.flatMap((choice) => choiceFlags(choice, request)),
    { names: ["--preset"], arity: 1, run: (id) => (request.preset = decodeUtf8(id!)) },
    { names: ["--out", "-o"], arity: 1, run: (folder) => (request.out = folder!) },
    { names: ["--force"], run: () => (request.force = true) },
    { names: ["--json"], run: () => (request.json = true) },
    { names: ["--explain"], run: () => (request.explain = true) },
    { names: ["--help", "-h"], run: () => (request.help = true) },
  ];
}

function choiceFlags({ id, kind }: Choice, request: Request): Flag[] {
  const name = flagName(id);
  const set = (value: unknown) => (request.choices[id] = value);
  switch (kind) {
    case "switch":
      return [
        { names: [name], run: () => set(true) },
        { names: [name.replace("--", "--no-")], run: () => set(false) },
      ];
    case "several":
    case "texts":
      return [{ names: [name], arity: 1, run: (text) => set(decodeUtf8(text!).split(",").filter(Boolean)) }];
    case "pairs":
      return [
        {
          names: [name],
          arity: 1,
          run(pair) {
            const [, key, value] = /^([^=]*)=(.*)$/s.exec(decodeUtf8(pair!)) ?? [];
            if (key === undefined) throw new UsageError(`'${name} ${pair}' has no '=' between a name and a value`);
            Object.defineProperty(request.env, key, { value, enumerable: true, configurable: true });
          },
        },
      ];
    default:
      return [{ names: [name], arity: 1, run: (text) => set(decodeUtf8(text!)) }];
  }
}

/** The reader's files: the one that is named, those that it names, and locks beside it. */
function inputFrom(named: string | undefined, system: System): Input {
  if (named === "-")
    return withIncluded({ "requirements.txt": decodeUtf8(system.readStdin()) }, "requirements.txt", system.cwd, system);
  const found = named ?? usual.find((file) => isFile(system, `${system.cwd}/${file}`));
  if (found === undefined)
    throw new UsageError(`there is no ${usual.join(", ")} here; name a file, or '-' for the standard input`);
  const path = found.startsWith("/") ? found : `${system.cwd}/${found}`;
  const at = path.lastIndexOf("/");
  const folder = path.slice(0, at);
  const entry = decodeUtf8(path.slice(at + 1));
  if (!isFile(system, path)) throw refusal(`'${found}' is not a file`);
  const files: Record<string, string> = { [entry]: decodeUtf8(system.readFile(path)) };
  for (const name of namesBeside(system, folder))
    if (name !== entry) files[name] = decodeUtf8(system.readFile(`${folder}/${name}`));
  return withIncluded(files, entry, folder, system);
}

const isFile = (system: System, path: string): boolean => system.pathType(path) === "regular";

function namesBeside(system: System, folder: string): string[] {
  return [...system.readDir(folder)]
    .filter(([name, type]) => type === "regular" && (besides.includes(name) || /^lock\.[a-z0-9_-]+\.json$/.test(name)))
    .map(([name]) => name)
    .sort();
}

/** Adds the files that are named by `-r` and `-c`, and by the files that these name. */
function withIncluded(files: Record<string, string>, entry: string, folder: string, system: System): Input {
  const pathOf = (name: string) => (name.startsWith("/") ? encodeUtf8(name) : `${folder}/${encodeUtf8(name)}`);
  for (;;) {
    const there = read(files, entry).missing.filter((name) => isFile(system, pathOf(name)));
    if (there.length === 0) return { files, entry };
    const found = there.map((name) => [name, decodeUtf8(system.readFile(pathOf(name)))] as const);
    // Spread anew: an assignment would not keep a file with the name `__proto__`, which then stays missing for ever.
    files = Object.fromEntries([...Object.entries(files), ...found]);
  }
}

/**
 * Writes all files, or none: a file that is there with other contents is only replaced with `force`. Lines of a
 * `.gitignore` that is there are added to it.
 */
function writeOut(system: System, out: string, files: readonly GeneratedFile[], force: boolean): void {
  if (system.writeFile === undefined || system.replaceFile === undefined) throw refusal("files cannot be written here");
  const folder = (out.startsWith("/") ? out : `${system.cwd}/${out}`).replace(/\/+$/, "");
  const writes: { path: string; text: string; exists: boolean }[] = [];
  const blocked: string[] = [];
  for (const file of files) {
    const path = `${folder}/${encodeUtf8(file.path)}`;
    const exists = system.pathType(path) !== undefined;
    const before = exists && isFile(system, path) ? system.readFile(path) : undefined;
    const text = file.path === ".gitignore" && before !== undefined ? merged(before, file.text) : encodeUtf8(file.text);
    if (before === text) continue;
    if (exists && !force && file.path !== ".gitignore") blocked.push(file.path);
    writes.push({ path, text, exists });
  }
  if (blocked.length > 0) {
    const names = blocked.map((path) => `'${path}'`).join(", ");
    throw refusal(encodeUtf8(`nothing was written: ${names} would be replaced (use '--force' to do so)`));
  }
  for (const { path, text, exists } of writes) {
    if (exists) system.replaceFile(path, text);
    else system.writeFile(path, text, false);
    system.stderr(`wrote '${path}'\n`);
  }
}

/** A `.gitignore` with the lines that it does not have yet. */
function merged(before: string, wanted: string): string {
  const there = new Set(before.split(/\r?\n/));
  const missing = wanted.split("\n").filter((line) => line !== "" && !there.has(line) && !there.has(`${line}/`));
  if (missing.length === 0) return before;
  return `${before === "" || before.endsWith("\n") ? before : `${before}\n`}${missing.join("\n")}\n`;
}

/** Problems and notes for the standard error, and with `next` the commands to run. */
function remarks({ problems, notes, needs, nextCommands }: Generated, next: boolean): string {
  const lines = [
    ...problems.map(
      (each) =>
        `${each.level === "error" ? "left out" : "note"}: ${each.file}:${each.line}: ${each.message}. ${each.help}`,
    ),
    ...notesInWords(notes).map(
      ({ kind, message, help }) =>
        `${kind === "refused" ? "left out" : kind}: ${message}.${help === undefined ? "" : ` ${help}`}`,
    ),
    ...needs.map(({ path, command }) => `needs: ${path}, which '${command}' makes.`),
    ...(next ? ["Next:", ...nextCommands.map((command) => `  ${command}`)] : []),
  ];
  return lines.map((line) => `${line}\n`).join("");
}
