import { UsageError } from "./failures.ts";

/** A flag of a command: its names with their dashes, and what it does with the arguments behind it. */
export interface Flag {
  readonly names: readonly string[];
  readonly arity?: number;
  run(...args: string[]): void;
  /** Worded as the old commands' own flags are. */
  readonly old?: boolean;
}

/** Flags of single letters that stand together: `-qlf` is `-q -l -f`, and `-j3` is `-j 3`. */
function expand(arg: string): string[] {
  if (!/^-[A-Za-z]./.test(arg)) return [arg];
  const letters = /^-([A-Za-z]+)(.*)$/s.exec(arg)!;
  return [...Array.from(letters[1]!, (letter) => `-${letter}`), ...(letters[2] === "" ? [] : [letters[2]!])];
}

/** Runs the flags of a command line; gives what is left of it. @throws UsageError */
export function parseFlags(args: readonly string[], flags: readonly Flag[]): string[] {
  const table = new Map(flags.flatMap((flag) => flag.names.map((name) => [name, flag] as const)));
  const rest: string[] = [];
  const waiting = [...args];
  for (let arg = waiting.shift(); arg !== undefined; arg = waiting.shift()) {
    if (arg === "--") {
      rest.push(...waiting);
      break;
    }
    if (!arg.startsWith("-") || (arg === "-" && !table.has("-"))) {
      rest.push(arg);
      continue;
    }
    const [name = arg, ...more] = expand(arg);
    waiting.unshift(...more);
    const flag = table.get(name);
    if (flag === undefined) throw new UsageError(`unrecognised flag '${arg}'`);
    const { arity = 0 } = flag;
    const given = waiting.splice(0, arity);
    if (given.length < arity)
      throw new UsageError(
        flag.old === true
          ? `'${name}' requires an argument`
          : `flag '${name}' requires ${arity} argument(s), but only ${given.length} were given`,
      );
    flag.run(...given);
  }
  return rest;
}
