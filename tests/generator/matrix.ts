/** Choices for the generator such that every two values of any two choices meet, where they may. */
import { approachIds, pythonsFor, type ApproachId, type Choices } from "#generator";
import { lockedApproaches, listNames, type ListName } from "./fixtures.ts";

/** One flake of the matrix. */
export interface Case {
  readonly name: string;
  readonly list: ListName;
  readonly choices: Partial<Choices> & { readonly approach: ApproachId; readonly python: string };
}

type Row = Readonly<Record<string, number>>;

const releases = ["26.05", "25.11", "25.05", "unstable"] as const;
const pythons = ["3.9", "3.10", "3.11", "3.12", "3.13", "3.14"];
const systems: Choices["systems"][] = [
  ["x86_64-linux", "aarch64-linux", "aarch64-darwin"],
  ["x86_64-linux"],
  ["aarch64-darwin"],
  ["x86_64-linux", "aarch64-darwin"],
  ["x86_64-linux", "aarch64-linux", "aarch64-darwin", "x86_64-darwin"],
];
const packages: Choices["packages"][] = [[], ["ruff"], ["postgresql", "stdenv.cc.cc.lib"]];
const libraries: Choices["libraries"][] = [
  [],
  ["libstdc++"],
  ["libstdc++", "zlib", "openssl", "libGL", "glib", "libffi", "sqlite"],
];
const env: Choices["env"][] = [{}, { NAME: "value" }, { in: "${x}", QUOTES: "\"''\\\n" }];
const hooks = ["", "echo hi", "if true; then\n  echo \"''${x}\"\nfi\n", "  indented\n"];
const descriptions = ["", 'With "quotes", ${holes} and \\'];
const switches = ["direnv", "formatter", "unfree", "ci", "lock", "comments", "cuda"] as const;

const sizes: Record<string, number> = {
  approach: approachIds.length,
  release: releases.length,
  python: pythons.length,
  systems: systems.length,
  layout: 2,
  list: listNames.length,
  packages: packages.length,
  libraries: libraries.length,
  env: env.length,
  hook: hooks.length,
  description: descriptions.length,
  ...Object.fromEntries(switches.map((name) => [name, 2])),
};
const factors = Object.keys(sizes);

/** Whether the generator offers the values together. */
function isOffered(row: Partial<Row>): boolean {
  const { approach, release, python, systems: machines } = row;
  if (machines === 4 && release !== undefined && releases[release] === "unstable") return false;
  if (python === undefined) return true;
  if (approach !== undefined && release !== undefined)
    return pythonsFor(approachIds[approach]!, releases[release]!).includes(pythons[python]!);
  const some = (approach === undefined ? approachIds : [approachIds[approach]!]).flatMap((id) =>
    (release === undefined ? releases : [releases[release]!]).flatMap((each) => pythonsFor(id, each)),
  );
  return some.includes(pythons[python]!);
}

/** A list of requirements has a say only where the approach reads it. */
const hasSay = (factor: string, row: Partial<Row>): boolean =>
  factor !== "list" || row["approach"] === undefined || !lockedApproaches.includes(approachIds[row["approach"]]!);

const pairKey = (a: string, x: number, b: string, y: number): string => `${a}=${x} ${b}=${y}`;

/** Every pair of values that is offered. */
export function allPairs(): Set<string> {
  const pairs = new Set<string>();
  for (const [index, a] of factors.entries())
    for (const b of factors.slice(index + 1))
      for (let x = 0; x < sizes[a]!; x++)
        for (let y = 0; y < sizes[b]!; y++)
          if (isOffered({ [a]: x, [b]: y }) && hasSay(a, { [b]: y }) && hasSay(b, { [a]: x }))
            pairs.add(pairKey(a, x, b, y));
  return pairs;
}

/** The pairs of a row, without what has no say in it. */
export function pairsOf(row: Row): string[] {
  const said = factors.filter((factor) => hasSay(factor, row));
  return said.flatMap((a, index) => said.slice(index + 1).map((b) => pairKey(a, row[a]!, b, row[b]!)));
}

/**
 * The rows: each approach with each release, Python and layout, and with each set of systems, filled up so that all other
 * pairs meet as early as they can; then more rows until none is left.
 */
export function rows(): Row[] {
  const open = allPairs();
  const made: Row[] = [];
  const add = (start: Partial<Row>) => {
    const row: Record<string, number> = { ...(start as Row) };
    for (const factor of factors) if (row[factor] === undefined) row[factor] = best(factor, row, open, made.length);
    for (const pair of pairsOf(row)) open.delete(pair);
    made.push(row);
  };
  for (let approach = 0; approach < sizes["approach"]!; approach++)
    for (let release = 0; release < sizes["release"]!; release++)
      for (let python = 0; python < sizes["python"]!; python++)
        for (let layout = 0; layout < 2; layout++)
          if (isOffered({ approach, release, python })) add({ approach, release, python, layout });
  for (let approach = 0; approach < sizes["approach"]!; approach++)
    for (let machines = 0; machines < sizes["systems"]!; machines++)
      for (let layout = 0; layout < 2; layout++) add({ approach, systems: machines, layout });
  while (open.size > 0) {
    const [pair = ""] = open;
    const values = pair.split(" ").map((each) => each.split("="));
    const before = open.size;
    add(Object.fromEntries(values.map(([factor, value]) => [factor!, Number(value)])));
    if (open.size === before) throw new Error(`no row can have ${pair}`);
  }
  return made;
}

/** The value of a factor that closes the most open pairs with what the row has. */
function best(factor: string, row: Partial<Row>, open: ReadonlySet<string>, turn: number): number {
  const size = sizes[factor]!;
  let chosen = -1;
  let most = -1;
  for (let step = 0; step < size; step++) {
    const value = (step + turn) % size;
    if (!isOffered({ ...row, [factor]: value })) continue;
    let closes = 0;
    for (const other of factors) {
      const known = row[other];
      if (known === undefined || other === factor) continue;
      const key =
        factors.indexOf(other) < factors.indexOf(factor)
          ? pairKey(other, known, factor, value)
          : pairKey(factor, value, other, known);
      if (open.has(key)) closes++;
    }
    if (closes > most) [chosen, most] = [value, closes];
  }
  return chosen;
}

/** The row as choices. */
export function caseOf(row: Row, index: number): Case {
  const approach = approachIds[row["approach"]!]!;
  const at = <Value>(values: readonly Value[], factor: string): Value => values[row[factor]!]!;
  return {
    name: `f${String(index).padStart(3, "0")}-${approach}`,
    list: at(listNames, "list"),
    choices: {
      approach,
      release: at(releases, "release"),
      python: at(pythons, "python"),
      systems: at(systems, "systems"),
      layout: row["layout"] === 0 ? "plain" : "flake-parts",
      packages: at(packages, "packages"),
      libraries: at(libraries, "libraries"),
      env: at(env, "env"),
      shellHook: at(hooks, "hook"),
      description: at(descriptions, "description"),
      ...Object.fromEntries(switches.map((name) => [name, row[name] === 1])),
    },
  };
}
