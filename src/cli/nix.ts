import { bestMatches, nixVersion } from "#nix";
import { CommandContext } from "./context.ts";
import { UsageError } from "./failures.ts";
import { derivationShow } from "./nix-derivation.ts";
import { nixEval } from "./nix-eval.ts";
import { flakeCheck, flakeMetadata, flakeShow } from "./nix-flake.ts";
import { flakeInit } from "./nix-flake-init.ts";
import { nixHash } from "./nix-hash.ts";
import { onlyLocally } from "./only-locally.ts";
import type { System } from "./system.ts";

type Command = (args: readonly string[], context: CommandContext) => void;

/** The commands of `nix` that are here, by their words. */
const commands: Readonly<Record<string, Command>> = {
  "derivation show": derivationShow,
  eval: nixEval,
  "flake check": flakeCheck,
  "flake info": flakeMetadata,
  "flake init": flakeInit,
  "flake metadata": flakeMetadata,
  "flake show": flakeShow,
  hash: nixHash,
};

/** Commands that need a store, a network or a terminal of the reader's own machine. */
const local = new Set(
  (
    "build bundle copy daemon develop edit flake-archive flake-clone flake-lock flake-new flake-prefetch flake-update " +
    "fmt formatter log path-info print-dev-env profile realisation registry repl run search shell store upgrade-nix"
  ).split(" "),
);

const subcommands: Readonly<Record<string, readonly string[]>> = {
  flake: "archive check clone info init lock metadata new prefetch-inputs prefetch show update".split(" "),
  derivation: ["add", "show"],
  hash: "convert file path to-base16 to-base32 to-base64 to-sri".split(" "),
};

const firstWords = [...new Set([...Object.keys(commands), ...local].map((name) => name.split(/[ -]/)[0]!))];

/** `nix` with its subcommands. @throws NixError */
export function nix(args: readonly string[], system: System): void {
  const context = new CommandContext(system);
  const at = args.findIndex((arg) => !arg.startsWith("-"));
  if (at < 0) {
    if (!args.includes("--version")) throw new UsageError("no subcommand specified");
    system.stdout(`nix (Nix) ${nixVersion}\n`);
    return;
  }
  const before = args.slice(0, at);
  const [word = "", ...rest] = args.slice(at);
  const below = subcommands[word];
  if (below === undefined) {
    if (local.has(word)) return onlyLocally(args);
    const command = commands[word];
    if (command === undefined)
      throw new UsageError(`'${word}' is not a recognised command`, bestMatches(firstWords, word));
    return runIn(context, command, [...before, ...rest]);
  }
  const sub = rest.findIndex((arg) => !arg.startsWith("-"));
  if (sub < 0) {
    const list = below.map((name) => `  \u00c2\u00b7 ${name}`).join("\n");
    throw new UsageError(`nix ${word} requires a sub-command. Available sub-commands:\n\n${list}`);
  }
  const second = rest[sub]!;
  if (!below.includes(second))
    throw new UsageError(`'${second}' is not a recognised command`, bestMatches(below, second));
  const command = commands[`${word} ${second}`] ?? (word === "hash" ? nixHash : undefined);
  if (command === undefined) return onlyLocally(args);
  const others = [...before, ...rest.slice(0, sub), ...rest.slice(sub + 1)];
  runIn(context, command, word === "hash" ? [second, ...others] : others);
}

/** Runs a command; its errors name folders as people know them. */
function runIn(context: CommandContext, command: Command, args: readonly string[]): void {
  try {
    command(args, context);
  } catch (error) {
    readers.set(error, (text) => context.readable(text));
    throw error;
  }
}

const readers = new Map<unknown, (text: string) => string>();

/** An error's text as the command that failed wants it read. */
export function readable(error: unknown, text: string): string {
  const read = readers.get(error);
  readers.delete(error);
  return read === undefined ? text : read(text);
}
