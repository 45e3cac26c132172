import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { caseArguments, withoutFolders, type CaseRun } from "./case-run.ts";

const processes = 3;

/** Each case of a folder as real Nix runs it in that folder; a few processes at a time. `state` is a folder for its files. */
export async function runReal(
  bin: string,
  folder: string,
  names: readonly string[],
  state: string,
): Promise<Map<string, CaseRun>> {
  const home = join(state, "home");
  mkdirSync(home, { recursive: true });
  const env = {
    PATH: process.env["PATH"],
    HOME: home,
    NIX_CONFIG: ["experimental-features = nix-command flakes", `store = ${join(state, "store")}`, "substituters =", "build-users-group ="].join("\n"),
    NO_COLOR: "1",
    LC_ALL: "C.UTF-8",
  };
  const runs = new Map<string, CaseRun>();
  const waiting = [...names];
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift())
      runs.set(name, withoutFolders(await runOne(join(bin, "nix-instantiate"), folder, name, env), folder, home));
  };
  await Promise.all(Array.from({ length: processes }, work));
  return runs;
}

function runOne(program: string, cwd: string, name: string, env: NodeJS.ProcessEnv): Promise<CaseRun> {
  return new Promise((done, refuse) => {
    const child = spawn(program, caseArguments(name), { cwd, env, timeout: 120_000, killSignal: "SIGKILL" });
    const output = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const)
      child[stream].setEncoding("latin1").on("data", (chunk: string) => (output[stream] += chunk));
    child.on("error", refuse);
    child.on("close", (code) => done({ status: code ?? -1, ...output }));
  });
}
