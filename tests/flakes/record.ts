/** The record of what was checked, with what, by which Nix and when: `.cache/record.json`, which `npm run record` keeps. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ReplacedInput } from "../support/override-inputs.ts";
import type { Nix } from "../support/provide-nix.ts";
import type { CheckResult } from "./checks.ts";
import { exampleNames, flakesOf, type ExampleFlake } from "./examples.ts";

const cache = resolve(import.meta.dirname, "../../.cache");
const pieces = join(cache, "record");

const recordFile = join(cache, "record.json");

/** The three words for how something was checked. They mean the same on pages, in the record and in transcripts. */
export const words = {
  real: "evaluated with the real inputs",
  standIns: "evaluated with stand-ins",
  notRun: "not run here",
} as const;

export type CheckName = "lock" | "evaluates" | "promises";
const checkNames: CheckName[] = ["lock", "evaluates", "promises"];

/** How one check of one flake went. Without `nix` and `date` it was not run here. */
interface Entry {
  how: (typeof words)[keyof typeof words];
  nix?: string;
  /** Day of the run, `YYYY-MM-DD`. */
  date?: string;
  /** Inputs that were real source trees, exactly those that the lock names, while others were stand-ins. */
  realInputs?: string[];
}

interface Piece {
  /** Digest of the flake, its lock and its promises: a piece of another state is not used. */
  digest: string;
  entry: Entry;
}

/** By example, flake (`.` is the root) and check; `locked` says what the flake's lock names, by input. */
export type CheckedRecord = Record<
  string,
  Record<string, { locked: Record<string, string> } & Record<CheckName, Entry>>
>;

/** Forgets how a check went: called before it runs, so that a failure leaves nothing behind. */
export function forget(flake: ExampleFlake, check: CheckName, kind: "real" | "stand-ins"): void {
  rmSync(pieceFile(flake, check, kind), { force: true });
}

/** Notes that a check has passed. `exact` tells of a replaced input whether it is the tree that the lock names. */
export function note(
  nix: Nix,
  flake: ExampleFlake,
  check: CheckName,
  { replaced }: CheckResult,
  exact: (input: ReplacedInput) => boolean = () => false,
): void {
  const real = replaced.filter((input) => input.kind === "tree" && exact(input)).map(({ path }) => path);
  const allReal = real.length === replaced.length;
  const entry: Entry = {
    how: allReal ? words.real : words.standIns,
    nix: nix.version,
    date: new Date().toISOString().slice(0, 10),
    ...(allReal || real.length === 0 ? {} : { realInputs: real }),
  };
  mkdirSync(pieces, { recursive: true });
  const file = pieceFile(flake, check, kindOf(entry));
  writeFileSync(`${file}.${process.pid}`, JSON.stringify({ digest: digestOf(flake), entry } satisfies Piece));
  renameSync(`${file}.${process.pid}`, file);
}

/** Joins what is known of all flakes on disk into `.cache/record.json`, and gives it. */
export function writeRecord(): CheckedRecord {
  const record: CheckedRecord = {};
  for (const example of exampleNames()) {
    for (const flake of flakesOf(example).filter(({ onDisk }) => onDisk)) {
      const entries = Object.fromEntries(checkNames.map((check) => [check, entryOf(flake, check)]));
      record[example] ??= {};
      record[example][flake.flake] = { locked: lockedInputs(flake), ...(entries as Record<CheckName, Entry>) };
    }
  }
  mkdirSync(cache, { recursive: true });
  writeFileSync(`${recordFile}.${process.pid}`, `${JSON.stringify(record, undefined, 2)}\n`);
  renameSync(`${recordFile}.${process.pid}`, recordFile);
  return record;
}

function entryOf(flake: ExampleFlake, check: CheckName): Entry {
  const digest = digestOf(flake);
  for (const kind of ["real", "stand-ins"] as const) {
    const file = pieceFile(flake, check, kind);
    if (!existsSync(file)) continue;
    const piece = JSON.parse(readFileSync(file, "utf8")) as Piece;
    if (piece.digest === digest) return piece.entry;
  }
  return { how: words.notRun };
}

const kindOf = ({ how, realInputs }: Entry) => (how === words.real || realInputs ? "real" : "stand-ins");
const pieceFile = (flake: ExampleFlake, check: CheckName, kind: "real" | "stand-ins") =>
  join(pieces, `${flake.name.replaceAll("/", "--")}.${check}.${kind}.json`);

function digestOf(flake: ExampleFlake): string {
  const hash = createHash("sha256").update(JSON.stringify(flake.promises ?? null));
  const folder = join(flake.folder, flake.flake);
  for (const name of readdirSync(folder).sort())
    if (/\.(nix|lock|toml|txt)$/.test(name)) hash.update(`\0${name}\0`).update(readFileSync(join(folder, name)));
  return hash.digest("hex");
}

function lockedInputs(flake: ExampleFlake): Record<string, string> {
  const file = join(flake.folder, flake.flake, "flake.lock");
  if (!existsSync(file)) return {};
  const { nodes, root } = JSON.parse(readFileSync(file, "utf8")) as {
    nodes: Record<string, { inputs?: Record<string, string | string[]>; locked?: Record<string, string> }>;
    root: string;
  };
  const locked = Object.entries(nodes[root]?.inputs ?? {}).map(([name, target]) => {
    const { type = "", owner = "", repo = "", rev = "", url = "" } = nodes[target.toString()]?.locked ?? {};
    return [name, type === "github" ? `github:${owner}/${repo}/${rev}` : url];
  });
  return Object.fromEntries(locked) as Record<string, string>;
}
