/**
 * What a reader's choices change in a lesson. The page and the tests use the same rules: real Nix evaluates every
 * example's flake as it is shown with other choices.
 */
export interface Choices {
  /** The Nix name of the reader's system. */
  os: string;
  /** `3.13` */
  python: string;
  /** How the shell is entered: `nix` for `nix develop`, or `direnv`. */
  tool: string;
}

export const defaults: Choices = { os: "x86_64-linux", python: "3.13", tool: "nix" };

const withPython = (text: string, { python }: Choices): string =>
  text.replaceAll("python313", `python${python.replace(".", "")}`);

/** Code of a flake. Only a flake that names no other system is one that is written for the default system. */
export const inCode = (text: string, choices: Choices, oneSystem: boolean): string =>
  withPython(text, choices).replaceAll(defaults.os, oneSystem ? choices.os : defaults.os);

/** One line of what is typed in a terminal. A command that is to fail keeps its tool: the failure is that tool's. */
export function inCommand(line: string, choices: Choices, fails: boolean): string {
  const text = withPython(line, choices).replaceAll(/(#\w+\.)x86_64-linux/g, `$1${choices.os}`);
  if (choices.tool !== "direnv" || fails) return text;
  return text
    .replace(/^nix develop( --no-pure-eval)? -c /, "direnv exec . ")
    .replace(/^nix develop( --no-pure-eval)?$/, "direnv allow");
}
