/** What the lessons promise of the examples, in words: `examples/NN-slug.promises.json`, which real Nix is held to. */
import { existsSync, readFileSync } from "node:fs";

interface OutputPromise {
  systems?: string[];
  name?: string;
  mainProgram?: string | null;
  program?: string;
  description?: string;
  packages?: string[];
  distributions?: string[];
  env?: Record<string, string | null>;
  shellHook?: string[];
  options?: Record<string, unknown>;
  on?: Record<string, OutputPromise>;
}

interface FlakePromises {
  impure?: boolean;
  systems: string[];
  outputs: Record<string, OutputPromise>;
}

/** An output with its systems, and what it is, as lines in which backticks make code. */
export interface PromisedOutput {
  name: string;
  systems: string[];
  lines: string[];
}

/** The outputs of each flake of an example, by the flake's folder. Empty where nothing is promised yet. */
export function promisedOutputs(example: string): Map<string, { impure: boolean; outputs: PromisedOutput[] }> {
  const file = `examples/${example}.promises.json`;
  if (!existsSync(file)) return new Map();
  const { flakes } = JSON.parse(readFileSync(file, "utf8")) as { flakes: Record<string, FlakePromises> };
  return new Map(
    Object.entries(flakes).map(([folder, { impure = false, systems, outputs }]) => {
      const promised = Object.entries(outputs).map(([name, output]) => ({
        name,
        systems: output.systems ?? systems,
        lines: describePromise(output),
      }));
      return [folder, { impure, outputs: promised }];
    }),
  );
}

const code = (text: string): string => `\`${text.trim()}\``;
const list = (texts: string[]): string => texts.map((text) => code(text.replace("@", " "))).join(", ");

/** A promise in words, a line for each thing that it says. */
export function describePromise(promise: OutputPromise): string[] {
  const { name, mainProgram, program, description, packages, distributions } = promise;
  const lines: (string | false | undefined)[] = [
    description,
    name !== undefined && list([name]),
    mainProgram !== undefined && mainProgram !== null && `${code("nix run")} starts ${code(mainProgram)}`,
    program !== undefined && `starts ${code(program.replace(/^.*\//, ""))}`,
    packages !== undefined && (packages.length === 0 ? "no packages" : `packages: ${list(packages)}`),
    distributions !== undefined && distributions.length > 0 && `Python packages: ${list(distributions)}`,
  ];
  for (const [variable, value] of Object.entries(promise.env ?? {}))
    lines.push(value === null ? `${code(variable)} is not set` : `sets ${code(`${variable}=${value.trim()}`)}`);
  for (const [option, value] of Object.entries(promise.options ?? {}))
    lines.push(`${code(option)} is ${code(JSON.stringify(value))}`);
  for (const command of promise.shellHook ?? []) lines.push(`runs ${code(command)} on entry`);
  for (const [system, own] of Object.entries(promise.on ?? {}))
    lines.push(...describePromise(own).map((line) => `on ${code(system)}: ${line}`));
  return lines.filter((line) => typeof line === "string");
}
