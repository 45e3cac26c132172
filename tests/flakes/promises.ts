/** Compares what a lesson promises of a flake with what Nix evaluated. */
import { isDeepStrictEqual } from "node:util";
import type { FlakePromises, OutputPromise } from "./examples.ts";

interface Label {
  name: string;
  version: string;
}

/** What `facts.nix` gives of one output on one system. */
export interface OutputFacts extends Partial<Label> {
  packages?: Label[];
  distributions?: Label[];
  env?: Record<string, string | null>;
  shellHook?: string;
  options?: Record<string, unknown>;
  mainProgram?: string | null;
  program?: string;
  description?: string;
}

/** By output (`devShells.default`) and system; the system is "" for an output that is not kept by system. */
export type FlakeFacts = Record<string, Record<string, OutputFacts>>;

/** Each difference as a sentence that names output, expected and found. None where all is as promised. */
export function promiseProblems(promises: FlakePromises, found: FlakeFacts): string[] {
  const problems = Object.keys(found)
    .filter((output) => !(output in promises.outputs))
    .map((output) => `'${output}' exists, but is not promised`);
  for (const [output, promise] of Object.entries(promises.outputs)) {
    const facts = found[output];
    if (facts === undefined) {
      problems.push(`'${output}' is promised, but does not exist; found: ${list(Object.keys(found))}`);
      continue;
    }
    const wanted = promise.systems ?? promises.systems;
    const systems = wanted.length === 0 ? [""] : wanted;
    if (!isDeepStrictEqual([...systems].sort(), Object.keys(facts).sort()))
      problems.push(`'${output}': expected for the systems ${list(wanted)}, found ${list(Object.keys(facts))}`);
    for (const system of systems) {
      const place = system === "" ? `'${output}'` : `'${output}' on ${system}`;
      const { on, systems: _, ...common } = promise;
      const own = { ...common, ...on?.[system] };
      if (facts[system] !== undefined)
        problems.push(...outputProblems(own, facts[system]).map((problem) => `${place}: ${problem}`));
    }
  }
  return problems;
}

function outputProblems(promise: OutputPromise, facts: OutputFacts): string[] {
  const problems: string[] = [];
  const differs = (what: string, expected: unknown, found: unknown) =>
    problems.push(`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
  for (const [key, wanted] of Object.entries(promise) as [string, never][]) {
    if (key === "name") {
      if (!isLabel(wanted, facts)) differs("name", wanted, labelText(facts));
    } else if (key === "packages" || key === "distributions") {
      if (!sameLabels(wanted, facts[key] ?? [])) differs(key, wanted, facts[key]?.map(labelText));
    } else if (key === "shellHook") {
      for (const part of wanted as string[])
        if (!facts.shellHook?.includes(part)) differs("shellHook", `… ${part} …`, facts.shellHook);
    } else if (key === "env" || key === "options") {
      for (const [name, value] of Object.entries(wanted))
        if (!agrees(value, facts[key]?.[name])) differs(`${key} '${name}'`, value, facts[key]?.[name]);
    } else if (key === "mainProgram") {
      if (facts.mainProgram !== wanted) differs("mainProgram", wanted, facts.mainProgram);
    } else if (key === "program") {
      if (!facts.program?.endsWith(wanted)) differs("program", wanted, facts.program);
    } else if (key === "description") {
      if (facts.description !== wanted) differs("description", wanted, facts.description);
    } else problems.push(`nothing is known of the promise '${key}'`);
  }
  return problems;
}

/** `python3` is any version, `python3@3.13` also 3.13.5. */
function isLabel(wanted: string, found: Partial<Label>): boolean {
  const [name, version] = wanted.split("@");
  return found.name === name && (version === undefined || `${found.version}.`.startsWith(`${version}.`));
}

function sameLabels(wanted: string[], found: Label[]): boolean {
  const rest = [...found];
  for (const each of wanted) {
    const index = rest.findIndex((label) => isLabel(each, label));
    if (index < 0) return false;
    rest.splice(index, 1);
  }
  return rest.length === 0;
}

const labelText = ({ name, version }: Partial<Label>) => (version ? `${name}@${version}` : `${name}`);
const list = (names: string[]) => (names.length === 0 ? "none" : names.map((name) => name || "(no system)").join(", "));

/** A promised string may hold `…` for any text: store hashes, for one, differ between stand-ins and real inputs. */
function agrees(wanted: unknown, found: unknown): boolean {
  if (typeof wanted !== "string" || !wanted.includes("…")) return isDeepStrictEqual(wanted, found);
  const parts = wanted.split("…").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return typeof found === "string" && new RegExp(`^${parts.join(".*")}$`, "s").test(found);
}
