/** Programs that the page cannot run: what each would do, and where to run it. */
const programs: Readonly<Record<string, string>> = {
  python: "would run your code with the shell's Python",
  python3: "would run your code with the shell's Python",
  pip: "would fetch Python packages and install them",
  uv: "would resolve or fetch Python packages",
  poetry: "would resolve or fetch Python packages",
  direnv: "would load the flake's shell whenever you enter the folder",
  devenv: "would build and start the developer environment",
  docker: "would build or run a container",
};

/** Those that a shell of the flake usually brings along. */
const fromShell = new Set(["python", "python3", "pip", "uv", "poetry"]);

export const elsewhereNames: readonly string[] = Object.keys(programs);

/** What a program that is not here says instead of running. */
export function saysElsewhere(name: string, args: readonly string[]): string {
  const line = commandLine([name, ...args]);
  const command = fromShell.has(name) ? `nix develop -c ${line}` : line;
  return `${name}: ${programs[name]}. This page runs no programs.\nOn your own machine, in the project's folder: ${command}\n`;
}

/** Words as they are to be typed in a shell. */
export const commandLine = (words: readonly string[]): string =>
  words.map((word) => (/^[\w@%+=:,./#^-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
