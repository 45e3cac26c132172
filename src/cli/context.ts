import {
  flakeRefToString,
  flakesOf,
  lockDifference,
  parseInputPath,
  printLock,
  type Evaluation,
  type Flake,
  type InputAttributes,
  type LockedFlake,
  type Value,
} from "#nix";
import { evaluationFor } from "./evaluation.ts";
import { refusal, UsageError } from "./failures.ts";
import { flakeArgument } from "./flake-reference.ts";
import { parseFlags, type Flag } from "./flags.ts";
import { evaluationFlags, initialSettings, settingFlags, type AutoArgument, type CommandSettings } from "./settings.ts";
import type { System } from "./system.ts";

/** What the flags about lock files ask for. */
interface LockFlags {
  readonly overrides: Map<string, InputAttributes>;
  readonly updates: Set<string>;
  recreate: boolean;
  write: boolean;
  allowUpdate: boolean;
}

/** One of the new commands while it runs: its settings, and the evaluation that they ask for. */
export class CommandContext {
  readonly system: System;
  readonly settings: CommandSettings;
  readonly autoArgs: AutoArgument[] = [];
  private readonly lockFlags: LockFlags = {
    overrides: new Map(),
    updates: new Set(),
    recreate: false,
    write: true,
    allowUpdate: true,
  };
  private made: Evaluation | undefined;

  constructor(system: System) {
    this.system = system;
    this.settings = initialSettings(system);
  }

  /** Runs the flags of a command, its own among them; gives the other arguments. @throws UsageError */
  parse(args: readonly string[], own: readonly Flag[], most = Infinity): string[] {
    const rest = parseFlags(args, [
      ...settingFlags(this.settings, this.system),
      ...evaluationFlags(this.settings, this.autoArgs, this.system),
      ...this.flakeFlags(),
      ...own,
    ]);
    if (rest.length > most) throw new UsageError(`unexpected argument '${rest[most]}'`);
    return rest;
  }

  private flakeFlags(): Flag[] {
    const flags = this.lockFlags;
    const fixed = () => (flags.write = false);
    return [
      { names: ["--no-write-lock-file"], run: fixed },
      { names: ["--no-update-lock-file"], run: () => (flags.allowUpdate = false) },
      { names: ["--recreate-lock-file"], run: () => (flags.recreate = true) },
      { names: ["--commit-lock-file", "--no-registries", "--no-eval-cache"], run: () => {} },
      {
        names: ["--override-input"],
        arity: 2,
        run: (path, ref) => {
          fixed();
          flags.overrides.set(parseInputPath(path!).join("/"), flakeArgument(ref!, this.system).attributes);
        },
      },
      {
        names: ["--update-input"],
        arity: 1,
        run: (path) => flags.updates.add(parseInputPath(path!).join("/")),
      },
      { names: ["--inputs-from", "--reference-lock-file", "--output-lock-file"], arity: 1, run: () => {} },
    ];
  }

  /** The evaluation; pure unless a flag says otherwise. */
  get evaluation(): Evaluation {
    this.made ??= evaluationFor(this.settings, this.system, true);
    return this.made;
  }

  warn(message: string): void {
    this.system.stderr(`warning: ${message}\n`);
  }

  /** What Nix says that it is doing; on a terminal such a line vanishes again. */
  doing(text: string): void {
    if (!this.settings.quiet && this.system.terminal !== true) this.system.stderr(`${text}\n`);
  }

  /** A flake with its inputs fixed; says what its lock file would have to become. To be used inside `Evaluation.run`. */
  lock(ref: InputAttributes): LockedFlake {
    const { recreate, overrides, updates } = this.lockFlags;
    const flakes = flakesOf(this.evaluation.state);
    const flake = flakes.lock(ref, { overrides, update: recreate ? true : updates });
    if (flake.changed) this.lockChanged(flake);
    return flake;
  }

  private lockChanged(flake: LockedFlake): void {
    const { write, allowUpdate } = this.lockFlags;
    const name = flakeRefToString(flake.original);
    const difference = lockDifference(flake.oldLock, flake.lock);
    if (!write) {
      this.warn(`not writing modified lock file of flake '${name}':\n${difference}`);
      return;
    }
    const folder = sourceFolder(flake.original);
    if (folder === undefined)
      throw refusal(`cannot write modified lock file of flake '${name}' (use '--no-write-lock-file' to ignore)`);
    if (!allowUpdate)
      throw refusal(
        `flake '${name}' requires lock file changes but they're not allowed due to '--no-update-lock-file'`,
      );
    const dir = flake.original.get("dir");
    const path = `${folder}${typeof dir === "string" ? `/${dir}` : ""}/flake.lock`;
    const exists = this.system.pathType(path) !== undefined;
    if (this.system.replaceFile === undefined) {
      this.warn(`not writing modified lock file of flake '${name}':\n${difference}`);
      return;
    }
    this.system.replaceFile(path, `${indentJson(printLock(flake.lock).json)}\n`);
    this.warn(
      exists ? `updating lock file "${path}":\n${difference}` : `creating lock file "${path}": \n${difference}`,
    );
  }

  /** The value of a locked flake. To be used inside `Evaluation.run`. */
  call(flake: LockedFlake): Value {
    const dirty = flake.changed && !this.lockFlags.write;
    return flakesOf(this.evaluation.state).call(flake, dirty);
  }

  /** Reads only the `flake.nix`. To be used inside `Evaluation.run`. */
  read(ref: InputAttributes): Flake {
    return flakesOf(this.evaluation.state).read(ref);
  }

  /** An error's text with the folders that people know in place of their copies in the store. */
  readable(text: string): string {
    if (this.made === undefined) return text;
    for (const [storePath, { root }] of flakesOf(this.made.state).fetcher.workTrees)
      text = text.replaceAll(`${storePath}/`, `${root}/`);
    return text;
  }
}

/** The folder on this machine that a reference names. */
function sourceFolder(ref: InputAttributes): string | undefined {
  if (ref.get("type") === "path") return String(ref.get("path"));
  const url = String(ref.get("url") ?? "");
  return ref.get("type") === "git" && url.startsWith("file://") ? url.slice("file://".length) : undefined;
}

/** JSON text as Nix writes lock files: two spaces a level. Texts stay bytes. */
export function indentJson(json: string): string {
  let depth = 0;
  return json.replace(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^"{}[\],:]+/g, (token, offset: number) => {
    const line = (text: string) => `\n${"  ".repeat(depth)}${text}`;
    switch (token) {
      case "{":
      case "[":
        if ("}]".includes(json[offset + 1]!)) return token;
        depth++;
        return token + line("");
      case "}":
      case "]":
        if ("{[".includes(json[offset - 1]!)) return token;
        depth--;
        return line(token);
      case ",":
        return token + line("");
      case ":":
        return ": ";
      default:
        return token;
    }
  });
}
