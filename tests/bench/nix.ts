/** Our evaluator beside real Nix: whole processes, in turn, on programs that the bench makes itself. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nixEnvironment } from "../support/nix-run.ts";
import { root } from "../support/project-copy.ts";
import { provideNix } from "../support/provide-nix.ts";
import { median, type Measure, type Part } from "./measures.ts";
import { flakeCase, nixCases, type NixCase } from "./nix-cases.ts";
import { peakMemory, timedRun, type Command } from "./timed-run.ts";

const runs = 5;

/** Ours by Nix's: time over all cases, time of each, memory of each; and twice the work by once the work. */
const goals = { mean: 0.75, each: 2, memory: 3, twice: 2.2 };

/** One case as both evaluators run it. `empty`: a program under Node that does nothing. `twice`: ours with twice the work. */
interface Pair {
  readonly name: string;
  readonly empty: Command;
  readonly ours: Command;
  readonly real: Command;
  readonly twice: Command | undefined;
}

export const benchNix: Part = async (log) => {
  const scratch = mkdtempSync(join(tmpdir(), "bench-nix-"));
  try {
    const bundle = buildCli();
    const nix = provideNix(log);
    log(`Nix ${nix.version}, ${nix.origin}`);
    const env = { ...nixEnvironment(nix, join(scratch, "state")), NODE_COMPILE_CACHE: join(scratch, "compile-cache") };
    const pairs = [...nixCases, flakeCase()].map((one) => pairOf(one, scratch, bundle, nix.bin, env));
    const measures: Measure[] = [];
    const ratios: number[] = [];
    const emptyRatios: number[] = [];
    for (const pair of pairs) {
      log(pair.name);
      const { times, ratio, emptyRatio } = compareTimes(pair);
      measures.push(...times);
      ratios.push(ratio);
      emptyRatios.push(emptyRatio);
    }
    measures.push(
      { name: "geometric mean of the ratios", values: [geometricMean(ratios)], unit: "x", atMost: goals.mean },
      { name: "the same of an empty program under Node", values: [geometricMean(emptyRatios)], unit: "x" },
    );
    for (const pair of pairs) measures.push(...(await compareMemory(pair)));
    for (const pair of pairs) measures.push(...compareSizes(pair));
    return measures;
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
};

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** Bundles the command line tools. @throws Error where that fails. */
function buildCli(): string {
  const build = spawnSync(process.execPath, ["src/scripts/build-cli.ts"], { cwd: root, encoding: "utf8" });
  if (build.status !== 0) throw new Error(`the command line tools cannot be built:\n${build.stderr}`);
  return join(root, "dist/cli/flakes.mjs");
}

function pairOf(one: NixCase, scratch: string, bundle: string, bin: string, env: NodeJS.ProcessEnv): Pair {
  const folder = (size: number) => {
    const path = join(scratch, `${one.name.replaceAll(/\W+/g, "-")}-${size}`);
    mkdirSync(path);
    for (const [name, text] of Object.entries(one.files?.(size) ?? {})) writeFileSync(join(path, name), text);
    return path;
  };
  const ours = (cwd: string): Command => {
    return { program: process.execPath, args: [bundle, one.program, ...one.args], cwd, env };
  };
  const cwd = folder(1);
  const empty = join(cwd, "empty.mjs");
  writeFileSync(empty, "");
  return {
    name: one.name,
    empty: { program: process.execPath, args: [empty], cwd, env },
    ours: ours(cwd),
    real: { program: join(bin, one.program), args: one.args, cwd, env },
    twice: one.files === undefined ? undefined : ours(folder(2)),
  };
}

interface Comparison {
  readonly times: readonly Measure[];
  /** Of the medians, ours and the empty program's by Nix's. */
  readonly ratio: number;
  readonly emptyRatio: number;
}

/** Ours, Nix and an empty program in turn. @throws Error where the first two do not print the same. */
function compareTimes({ name, empty, ours, real }: Pair): Comparison {
  const expected = timedRun(real).output;
  const given = timedRun(ours).output;
  if (given !== expected) throw new Error(`${name}: ours gives\n${given}where Nix gives\n${expected}`);
  const times = { ours: [] as number[], real: [] as number[], empty: [] as number[] };
  for (let run = 0; run < runs; run++) {
    times.ours.push(timedRun(ours).seconds * 1000);
    times.real.push(timedRun(real).seconds * 1000);
    times.empty.push(timedRun(empty).seconds * 1000);
  }
  const ratio = median(times.ours) / median(times.real);
  return {
    times: [
      { name: `${name}: ours`, values: times.ours, unit: "ms" },
      { name: `${name}: Nix`, values: times.real, unit: "ms" },
      { name: `${name}: an empty program under Node`, values: times.empty, unit: "ms" },
      { name: `${name}: ratio of the medians`, values: [ratio], unit: "x", atMost: goals.each },
    ],
    ratio,
    emptyRatio: median(times.empty) / median(times.real),
  };
}

async function compareMemory({ name, ours, real }: Pair): Promise<Measure[]> {
  const ratios: number[] = [];
  for (let run = 0; run < runs; run++) {
    const mine = await peakMemory(ours);
    const theirs = await peakMemory(real);
    if (mine === undefined || theirs === undefined) return [];
    ratios.push(mine / theirs);
  }
  return [{ name: `${name}: memory`, values: ratios, unit: "x", atMost: goals.memory }];
}

function compareSizes({ name, ours, twice }: Pair): Measure[] {
  if (twice === undefined) return [];
  const ratios: number[] = [];
  timedRun(twice);
  for (let run = 0; run < runs; run++) ratios.push(timedRun(twice).seconds / timedRun(ours).seconds);
  return [{ name: `${name}: twice the work`, values: ratios, unit: "x", atMost: goals.twice }];
}
