/**
 * Runs cases with our evaluator. As a module: starts a thread with a stack that is large enough for Nix's own limit of
 * depth. As the thread: runs what it is told.
 */
import { once } from "node:events";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { run } from "#cli";
import { fromNode, nodeSystem } from "../../src/runtime/node.ts";
import { caseArguments, recordedHome, withoutFolders, type CaseRun } from "./case-run.ts";

interface Task {
  readonly folder: string;
  readonly names: readonly string[];
}

/** Each case of a folder as our `nix-instantiate` runs it in that folder. */
export async function runOurs(folder: string, names: readonly string[]): Promise<Map<string, CaseRun>> {
  const workerData: Task = { folder, names };
  const thread = new Worker(new URL(import.meta.url), { workerData, resourceLimits: { stackSizeMb: 200 } });
  const [runs] = (await once(thread, "message")) as [Map<string, CaseRun>];
  return runs;
}

function runCase(folder: string, name: string): CaseRun {
  let stdout = "";
  let stderr = "";
  const status = run(["nix-instantiate", ...caseArguments(name)], {
    ...nodeSystem(),
    cwd: fromNode(folder),
    env: (name) => (name === "HOME" ? recordedHome : undefined),
    home: () => recordedHome,
    stdout: (text) => (stdout += text),
    stderr: (text) => (stderr += text),
  });
  return withoutFolders({ status, stdout, stderr }, fromNode(folder), recordedHome);
}

if (!isMainThread && (workerData as Partial<Task> | null)?.names) {
  const { folder, names } = workerData as Task;
  parentPort!.postMessage(new Map(names.map((name) => [name, runCase(folder, name)])));
}
