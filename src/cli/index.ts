import { NixError, renderError } from "#nix";
import { UsageError } from "./failures.ts";
import { nix, readable } from "./nix.ts";
import { nixInstantiate } from "./nix-instantiate.ts";
import type { System } from "./system.ts";

/** A command; gives its exit status where it is not 0. @throws NixError */
export type Command = (args: readonly string[], system: System) => number | void;

const nixCommands: Readonly<Record<string, Command>> = { nix, "nix-instantiate": nixInstantiate };

/**
 * Runs a command line such as `["nix", "eval", "--expr", "1 + 1"]`; gives its exit status. Never throws. `more` are
 * commands besides those of Nix, which a host that does not offer them need not load.
 */
export function run(argv: readonly string[], system: System, more: Readonly<Record<string, Command>> = {}): number {
  const commands = { ...nixCommands, ...more };
  const [name = "", ...args] = argv;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (command === undefined)
      throw new UsageError(`'${name}' is not a command here; there are ${Object.keys(commands).join(", ")}`);
    return command(args, system) ?? 0;
  } catch (caught) {
    const error = asRefusal(caught);
    if (error.kind === "overflow" && error.cause !== undefined && system.runDeeper) return system.runDeeper();
    system.stderr(`${readable(caught, renderError(error, showsTrace(args)))}\n`);
    if (isUsage(caught)) system.stderr(`Try '${name} --help' for more information.\n`);
    return 1;
  }
}

/** Refusals of the libraries under the commands have a `message` in Nix's words, too. */
function asRefusal(error: unknown): NixError {
  if (error instanceof NixError) return error;
  if (error instanceof Error && "kind" in error) return new NixError("eval", error.message);
  throw error;
}

/** Refusals of the libraries are the cause of the errors that they become inside an evaluation. */
const isUsage = (error: unknown): boolean =>
  error instanceof UsageError ||
  (error instanceof Error && (("kind" in error && error.kind === "usage") || isUsage(error.cause)));

const showsTrace = (args: readonly string[]) => args.lastIndexOf("--show-trace") > args.lastIndexOf("--no-show-trace");

export type { System } from "./system.ts";
