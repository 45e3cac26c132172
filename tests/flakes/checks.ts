/**
 * The checks of one flake of an example. Each throws an Error whose message begins with the flake's name; the spoiled
 * copies go through the same functions.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runBoth } from "../nix-flake/run-both.ts";
import { runNix, type NixResult } from "../support/nix-run.ts";
import { overrideArguments, replacedInputs, type ReplacedInput } from "../support/override-inputs.ts";
import type { Nix } from "../support/provide-nix.ts";
import { withoutLockNotice } from "../transcripts/compare.ts";
import type { ExampleFlake, FlakePromises } from "./examples.ts";
import { promiseProblems, type FlakeFacts } from "./promises.ts";

/**
 * What stands in the place of a flake's inputs. `stand-ins`: the folders of `src/inputs`; `trees`: source trees from a
 * folder before stand-ins; `locked`: what the lock names, over a network. `state`: where Nix keeps its copies of them.
 */
export type Inputs =
  { from: "stand-ins" } | { from: "trees"; folder: string; state: string } | { from: "locked"; state: string };

/** What a check used, for the record. */
export interface CheckResult {
  /** The flake's inputs that were replaced. Empty where Nix used what is locked, or where there are none. */
  replaced: ReplacedInput[];
}

/** Nix accepts the flake's own lock file as it is, without a network. */
export function checkLock(nix: Nix, flake: ExampleFlake): CheckResult {
  return withCopy(flake, (cwd, state) => {
    const args = ["flake", "metadata", "--json", "--no-update-lock-file", "--offline"];
    const run = runNix(nix, state, args, { cwd });
    // Nix says either that it may not change the lock, or, where it cannot fetch, which input it wanted to lock anew.
    const [, input] = /while updating the flake input '([^']*)'/.exec(run.stderr) ?? [];
    if (run.status !== 0 && (input !== undefined || run.stderr.includes("requires lock file changes"))) {
      const which = input === undefined ? "" : `: the input '${input}' is not locked as flake.nix asks for it`;
      throw new Error(`${flake.name}: lock: flake.lock is out of step with flake.nix${which}\n${run.stderr.trim()}`);
    }
    const { locks } = JSON.parse(expectSuccess(flake, "lock", args, run)) as Metadata;
    for (const [id, node] of Object.entries(locks.nodes))
      if (id !== locks.root && !node.locked?.narHash)
        throw new Error(`${flake.name}: lock: the node '${id}' of flake.lock has no 'narHash'`);
    return { replaced: [] };
  });
}

interface Metadata {
  locks: { root: string; nodes: Record<string, { locked?: { narHash?: string } }> };
}

/** `nix flake check` and `nix flake show` evaluate all systems; a flake marked impure must fail in pure evaluation. */
export function checkEvaluates(nix: Nix, flake: ExampleFlake, inputs: Inputs): CheckResult {
  return withCopy(flake, (cwd, scratch) => {
    const { state, replaced, network, args: common } = prepare(flake, cwd, scratch, inputs);
    const check = ["flake", "check", "--no-build", "--all-systems"];
    const show = ["flake", "show", "--json", "--all-systems"];
    const impure = flake.promises?.impure === true;
    if (impure) {
      const pure = runNix(nix, state, [...check, ...common], { cwd, network });
      if (pure.status === 0)
        throw new Error(
          `${flake.name}: evaluates: is marked impure, but 'nix ${check.join(" ")}' succeeds without --impure`,
        );
      if (!/determine the current directory/.test(pure.stderr))
        throw new Error(
          `${flake.name}: evaluates: pure evaluation must fail for want of PWD, but failed so:\n${said(pure.stderr)}`,
        );
    }
    for (const command of [check, show]) {
      const args = [...command, ...(impure ? ["--impure"] : []), ...common];
      const stdout = expectSuccess(flake, "evaluates", args, runNix(nix, state, args, { cwd, network }));
      if (command === show) JSON.parse(stdout);
    }
    return { replaced };
  });
}

/** The flake offers what its lesson promises, no less and no more. */
export function checkPromises(nix: Nix, flake: ExampleFlake, inputs: Inputs): CheckResult {
  const promises = promisesOf(flake);
  return withCopy(flake, (cwd, scratch) => {
    const { state, replaced, network, args: common } = prepare(flake, cwd, scratch, inputs);
    const args = factsArguments(promises, common);
    const stdout = expectSuccess(flake, "promises", args.slice(0, -1), runNix(nix, state, args, { cwd, network }));
    const problems = promiseProblems(promises, JSON.parse(stdout) as FlakeFacts);
    if (problems.length > 0)
      throw new Error(problems.map((problem) => `${flake.name}: promises: ${problem}`).join("\n"));
    return { replaced };
  });
}

/** Our own evaluator finds in the flake what real Nix finds: all that promises speak of, the same JSON. */
export function checkOurs(nix: Nix, flake: ExampleFlake, inputs: Inputs): CheckResult {
  const promises = promisesOf(flake);
  return withCopy(flake, (cwd, scratch) => {
    const { state, replaced, args: common } = prepare(flake, cwd, scratch, inputs);
    const args = factsArguments(promises, common);
    const { ours, real } = runBoth(nix, state, args, cwd);
    const theirs = expectSuccess(flake, "ours", args.slice(0, -1), real);
    if (ours.status !== 0) throw new Error(`${flake.name}: ours: our evaluator refuses it:\n${said(ours.stderr)}`);
    if (ours.stdout !== theirs)
      throw new Error(`${flake.name}: ours: our evaluator finds\n${ours.stdout.trim()}\nNix finds\n${theirs.trim()}`);
    return { replaced };
  });
}

/** What `nix` is asked to evaluate all that promises speak of, as JSON. */
function factsArguments(promises: FlakePromises, common: string[]): string[] {
  const apply = `(${readFileSync(join(import.meta.dirname, "facts.nix"), "utf8")}) (${promisedAsNix(promises)})`;
  const pure = promises.impure === true ? ["--impure"] : [];
  return ["eval", "--json", ".#.", ...pure, ...common, "--apply", apply];
}

function promisesOf(flake: ExampleFlake): FlakePromises {
  if (!flake.onDisk)
    throw new Error(`${flake.name}: promises: '${flake.example}.promises.json' speaks of a flake that is not on disk`);
  if (flake.promises === undefined)
    throw new Error(
      `${flake.name}: promises: '${flake.example}.promises.json' has no entry for the flake '${flake.flake}'`,
    );
  return flake.promises;
}

const promisedAsNix = (promises: FlakePromises) =>
  `builtins.fromJSON ${JSON.stringify(JSON.stringify(promises.outputs)).replaceAll("$", "\\$")}`;

function prepare(flake: ExampleFlake, cwd: string, scratch: string, inputs: Inputs) {
  if (inputs.from === "locked")
    return { state: inputs.state, replaced: [], args: ["--no-update-lock-file"], network: true };
  let replaced: ReplacedInput[];
  try {
    replaced = replacedInputs(cwd, inputs.from === "trees" ? inputs.folder : undefined);
  } catch (error) {
    throw new Error(`${flake.name}: ${(error as Error).message}`, { cause: error });
  }
  const args =
    replaced.length === 0 ? ["--no-update-lock-file"] : ["--no-write-lock-file", ...overrideArguments(replaced)];
  const state = inputs.from === "trees" ? inputs.state : scratch;
  return { state, replaced, args: ["--offline", "--no-eval-cache", ...args], network: false };
}

/** A copy of the example as a git repository with all committed, and a state for Nix; both are removed afterwards. */
function withCopy<T>(flake: ExampleFlake, use: (cwd: string, state: string) => T): T {
  if (!flake.onDisk) throw new Error(`${flake.name}: there is no '${join(flake.folder, flake.flake, "flake.nix")}'`);
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), `${flake.example}-`)));
  try {
    const copy = join(scratch, flake.example);
    cpSync(flake.folder, copy, { recursive: true });
    const git = (...args: string[]) => execFileSync("git", args, { cwd: copy, stdio: "pipe", env: gitEnvironment() });
    git("init", "-q");
    git("add", "-A");
    git("commit", "-q", "-m", "Copy the example");
    return use(join(copy, flake.flake), join(scratch, "state"));
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What Nix said, without what only tells that inputs were replaced. */
const said = (stderr: string) => withoutLockNotice(stderr.trim().split("\n")).join("\n");

function gitEnvironment(): NodeJS.ProcessEnv {
  const who = { NAME: "Tests", EMAIL: "tests@example.org" };
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"))),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: who.NAME,
    GIT_AUTHOR_EMAIL: who.EMAIL,
    GIT_COMMITTER_NAME: who.NAME,
    GIT_COMMITTER_EMAIL: who.EMAIL,
  };
}

function expectSuccess(
  flake: ExampleFlake,
  check: string,
  args: string[],
  { stdout, stderr, status }: NixResult,
): string {
  if (status === 0) return stdout;
  throw new Error(`${flake.name}: ${check}: 'nix ${args.join(" ")}' ended with status ${status}:\n${said(stderr)}`);
}
