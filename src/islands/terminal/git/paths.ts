/** Paths as Git reads and prints them. */
import { GitFailure, type Repository } from "./repository.ts";

/** Where a command runs: in the project's folder or below. */
export class Place {
  readonly repository: Repository;
  /** The current folder, relative to the project's; empty there. */
  readonly prefix: string;

  /** @throws GitFailure outside the project */
  constructor(repository: Repository, cwd: string) {
    const { root } = repository;
    if (cwd !== root && !cwd.startsWith(`${root}/`))
      throw new GitFailure("fatal: not a git repository (or any of the parent directories): .git");
    this.repository = repository;
    this.prefix = cwd.slice(root.length + 1);
  }

  /** A path that was typed, relative to the project; empty for its folder. @throws GitFailure outside the project */
  resolve(typed: string): string {
    const { root } = this.repository;
    const parts: string[] = [];
    for (const part of (typed.startsWith("/") ? typed : `${root}/${this.prefix}/${typed}`).split("/"))
      if (part === "..") parts.pop();
      else if (part !== "" && part !== ".") parts.push(part);
    const full = `/${parts.join("/")}`;
    if (full !== root && !full.startsWith(`${root}/`))
      throw new GitFailure(`fatal: ${typed}: '${typed}' is outside repository at '${root}'`);
    return full.slice(root.length + 1);
  }

  /** A path of the project as it is seen from here. */
  show(path: string): string {
    if (this.prefix === "") return path;
    const [from, to] = [this.prefix.split("/"), path.split("/")];
    let same = 0;
    while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
    return [...from.slice(same).map(() => ".."), ...to.slice(same)].join("/");
  }
}

/** Those paths that something typed names: itself, or what is below it. */
export function below(paths: Iterable<string>, at: string): string[] {
  return [...paths].filter((path) => at === "" || path === at || path.startsWith(`${at}/`));
}

const named: Readonly<Record<string, string>> = { "\t": "\\t", "\n": "\\n", '"': '\\"', "\\": "\\\\" };

/** A path in quotes where it has characters that Git does not print (`core.quotePath`). */
export function quoted(path: string): string {
  // oxlint-disable-next-line no-control-regex
  if (!/[\x00-\x1f"\\\x7f-\uffff]/.test(path)) return path;
  const bytes = Array.from(new TextEncoder().encode(path), (byte) => {
    const character = String.fromCharCode(byte);
    return named[character] ?? (byte < 32 || byte > 126 ? `\\${byte.toString(8).padStart(3, "0")}` : character);
  });
  return `"${bytes.join("")}"`;
}

/** Options and operands of a command. */
export interface Words {
  /** Options by their long names; an option with a value has its last one. */
  readonly options: ReadonlyMap<string, string | true>;
  readonly operands: readonly string[];
  /** What stands behind `--`, which is a path for sure; `undefined` where there is no `--`. */
  readonly paths: readonly string[] | undefined;
}

/**
 * Reads options as Git does: `-am text`, `--message=text`, `-n2`.
 * @param known each option by each of its spellings; a `=` at the end says that a value belongs to it
 * @throws GitFailure for an option that is not known here
 */
export function readWords(args: readonly string[], known: Readonly<Record<string, string>>): Words {
  const options = new Map<string, string | true>();
  const operands: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (arg === "--") return { options, operands, paths: args.slice(at + 1) };
    if (arg.startsWith("--")) {
      const [, name = arg, value] = /^(--[^=]+)=([^]*)$/.exec(arg) ?? [];
      const meaning = known[name] ?? refuse(`option \`${name.slice(2)}'`);
      if (!meaning.endsWith("=")) options.set(meaning, true);
      else options.set(meaning.slice(0, -1), value ?? args[++at] ?? refuse(`value of '${name}'`));
    } else if (arg.startsWith("-") && arg !== "-") {
      for (let letter = 1; letter < arg.length; letter++) {
        const meaning = known[`-${arg[letter]!}`] ?? refuse(`switch \`${arg[letter]!}'`);
        if (!meaning.endsWith("=")) {
          options.set(meaning, true);
          continue;
        }
        const rest = arg.slice(letter + 1);
        options.set(meaning.slice(0, -1), rest === "" ? (args[++at] ?? refuse(`value of '${arg}'`)) : rest);
        break;
      }
    } else operands.push(arg);
  }
  return { options, operands, paths: undefined };
}

function refuse(what: string): never {
  throw new GitFailure(`error: unknown ${what} (this terminal's git has few options: see 'git help')`, 129);
}
