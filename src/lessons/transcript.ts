/** The terminal blocks of lessons: how a ```console fence is read, by the pages and by the tests that run it. */

/** Why a block is not run here. A closed set: each reason has words of its own on the page. */
export const notRunReasons = {
  build: "needs a real build",
  pip: "needs the Python package index",
  registry: "needs the network",
  installer: "changes your system",
  host: "needs a program or service of your machine",
} as const;

/** The three words for how something was checked, which mean the same on every page. */
export const checkedWords = {
  real: "evaluated with the real inputs",
  "stand-ins": "evaluated with stand-ins",
  "not-run": "not run here",
} as const;

export type NotRunReason = keyof typeof notRunReasons;

/** What the fence's meta says. */
export interface TerminalMeta {
  title?: string;
  /** `stand-ins`: flake inputs are replaced. `real`: nothing is replaced. */
  inputs: "stand-ins" | "real";
  notRun?: NotRunReason;
  /** Where the block starts afresh: `empty`, or the folder of an example. */
  in?: string;
  /** The exit status that the block's last command must have. */
  exit: number;
}

/** One command with the output that the lesson shows, line by line. */
export interface TranscriptCommand {
  command: string;
  output: string[];
}

/** Reads `key="value"` and `key=value` words. @throws Error naming the word that is not understood. */
export function parseTerminalMeta(meta: string): TerminalMeta {
  const result: TerminalMeta = { inputs: "stand-ins", exit: 0 };
  for (const [word, key, quoted, bare] of meta.matchAll(/([\w-]+)=(?:"([^"]*)"|(\S+))|\S+/g)) {
    const value = quoted ?? bare ?? "";
    if (key === "title") result.title = value;
    else if (key === "in") result.in = value;
    else if (key === "exit" && /^\d+$/.test(value)) result.exit = Number(value);
    else if (key === "inputs" && value === "real") result.inputs = "real";
    else if (key === "not-run" && value in notRunReasons) result.notRun = value as NotRunReason;
    else throw new Error(`a terminal block's meta has '${word}'; known are title, inputs=real, not-run, in and exit`);
  }
  return result;
}

/** Splits a transcript into commands and their output. @throws Error where it does not start with `$ `. */
export function parseTranscript(text: string): TranscriptCommand[] {
  const commands: TranscriptCommand[] = [];
  for (const line of text.replace(/\n$/, "").split("\n")) {
    const last = commands.at(-1);
    if (line.startsWith("$ ")) commands.push({ command: line.slice(2), output: [] });
    else if (last === undefined) throw new Error(`a terminal block starts with '${line}', not with a command ('$ …')`);
    else if (line.startsWith("> ") && last.output.length === 0) last.command += `\n${line.slice(2)}`;
    else last.output.push(line);
  }
  return commands;
}
