import { NixError, renderError } from "#nix";
import { UsageError } from "./failures.ts";
import { nixInstantiate } from "./nix-instantiate.ts";
import type { System } from "./system.ts";

type Command = (args: readonly string[], system: System) => void;

const commands: Readonly<Record<string, Command>> = { "nix-instantiate": nixInstantiate };

/** Runs a command line such as `["nix", "eval", "--expr", "1 + 1"]`; gives its exit status. Never throws. */
export function run(argv: readonly string[], system: System): number {
  const [name = "", ...args] = argv;
  const command = commands[name];
  try {
    if (command === undefined)
      throw new UsageError(`'${name}' is not a command here; there are ${Object.keys(commands).join(", ")}`);
    command(args, system);
    return 0;
  } catch (error) {
    if (!(error instanceof NixError)) throw error;
    if (error.kind === "overflow" && error.cause !== undefined && system.runDeeper) return system.runDeeper();
    system.stderr(`${renderError(error, showsTrace(args))}\n`);
    if (error instanceof UsageError) system.stderr(`Try '${name} --help' for more information.\n`);
    return 1;
  }
}

const showsTrace = (args: readonly string[]) => args.lastIndexOf("--show-trace") > args.lastIndexOf("--no-show-trace");

export type { System } from "./system.ts";
