/** Runs whole processes and tells how long they took and how much memory they had at most. */
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A command line with where it runs. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** What one run took in seconds, and what it printed. */
export interface TimedRun {
  readonly seconds: number;
  readonly output: string;
}

const timeout = 120_000;

/** @throws Error with what the process said, where it fails. */
export function timedRun({ program, args, cwd, env }: Command): TimedRun {
  const start = performance.now();
  const run = spawnSync(program, args, {
    cwd,
    env,
    encoding: "utf8",
    timeout,
    killSignal: "SIGKILL",
    maxBuffer: 1 << 28,
  });
  const seconds = (performance.now() - start) / 1000;
  if (run.status !== 0)
    throw new Error(
      `'${program} ${args.join(" ")}' failed (${run.signal ?? run.status}):\n${run.error?.message ?? run.stderr}`,
    );
  return { seconds, output: run.stdout };
}

/**
 * The greatest memory of a process in bytes. The kernel keeps that mark itself, so asking it now and then is exact but for
 * what the last milliseconds add. `undefined` where the system has no `/proc`.
 */
export function peakMemory({ program, args, cwd, env }: Command): Promise<number | undefined> {
  return new Promise((done, refuse) => {
    const child = spawn(program, args, { cwd, env, stdio: "ignore", timeout, killSignal: "SIGKILL" });
    let peak: number | undefined;
    const timer = setInterval(() => {
      const kilobytes = highWaterMark(child.pid);
      if (kilobytes !== undefined) peak = Math.max(peak ?? 0, kilobytes * 1024);
    }, 2);
    child.on("error", (error) => {
      clearInterval(timer);
      refuse(error);
    });
    child.on("close", () => {
      clearInterval(timer);
      done(peak);
    });
  });
}

function highWaterMark(pid: number | undefined): number | undefined {
  try {
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1]) || undefined;
  } catch {
    return undefined;
  }
}
