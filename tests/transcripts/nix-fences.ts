/** Whether the Nix blocks of a lesson parse with real Nix, in as few processes as the answers allow. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fence } from "#lessons";
import { nixEnvironment } from "../support/nix-run.ts";
import type { Nix } from "../support/provide-nix.ts";

/** One block that is not what its meta says, and what Nix answered. */
export interface FenceProblem {
  line: number;
  problem: string;
}

/** The blocks that do not parse although they must, or parse although their meta says `broken`. */
export function fenceProblems(nix: Nix, fences: Fence[]): FenceProblem[] {
  const scratch = mkdtempSync(join(tmpdir(), "fences-"));
  let count = 0;
  // `with { };` lets a block name what stands outside it: only syntax is judged here.
  const parse = (texts: string[]): string | undefined => {
    const files = texts.map((text) => {
      const file = join(scratch, `${count++}.nix`);
      writeFileSync(file, `with { };\n${text}`);
      return file;
    });
    const run = spawnSync(join(nix.bin, "nix-instantiate"), ["--parse", ...files], {
      env: nixEnvironment(nix, join(scratch, "state")),
      encoding: "utf8",
      maxBuffer: 1 << 26,
    });
    return run.status === 0 ? undefined : run.stderr.trim().replaceAll(`${scratch}/`, "");
  };
  const problemOf = ({ meta, text }: Fence): string | undefined => {
    const words = meta.split(/\s+/);
    if (words.includes("broken")) return parse([text]) === undefined ? "is marked 'broken', but it parses" : undefined;
    if (!words.includes("fragment")) return parse([text]);
    const inSet = parse([`{\n${text}\n}`]);
    return inSet === undefined || parse([`[\n${text}\n]`]) === undefined ? undefined : inSet;
  };
  try {
    const whole = fences.filter(({ meta }) => !/\b(broken|fragment)\b/.test(meta));
    const suspects = whole.length === 0 || parse(whole.map(({ text }) => text)) === undefined ? [] : whole;
    return fences
      .filter((fence) => !whole.includes(fence) || suspects.includes(fence))
      .map((fence) => ({ line: fence.line, problem: problemOf(fence) }))
      .filter((each): each is FenceProblem => each.problem !== undefined);
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}
