/** Pythons with Flask for the tests of the contacts app: Debian's, unpacked without root, else the system's own. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { debianPython, type PythonCommand } from "./debian-python.ts";

/** A Python that has Flask, and in words which it is. */
export interface PythonWithFlask extends PythonCommand {
  /** For example "Flask 3.1.1 on Python 3.13.5". */
  version: string;
}

/** Every Python with Flask that can be had: that of this Debian, and that of Debian 13 (Python 3.13). Empty where there is none. */
export function providePythons(log: (line: string) => void = () => {}): PythonWithFlask[] {
  const own = existsSync("/etc/debian_version")
    ? /VERSION_CODENAME=(\w+)/.exec(readFileSync("/etc/os-release", "utf8"))?.[1]
    : undefined;
  if (own === undefined || !existsSync("/usr/bin/apt-get"))
    return [describe(["python3"], {})].filter((it) => it !== undefined);
  return [...new Set([own, "trixie"])].map((suite) => {
    const { command, env } = debianPython("flask", suite, log);
    const python = describe(command, env);
    if (python === undefined)
      throw new Error(`Debian's python3-flask (${suite}) was unpacked, but 'import flask' fails there`);
    return python;
  });
}

function describe(command: string[], env: Record<string, string>): PythonWithFlask | undefined {
  const script =
    "import sys; from importlib.metadata import version; import flask; print(f'Flask {version(\"flask\")} on Python {sys.version.split()[0]}')";
  const [program = "", ...args] = command;
  const run = spawnSync(program, [...args, "-c", script], { encoding: "utf8", env: { ...process.env, ...env } });
  return run.status === 0 ? { command, env, version: run.stdout.trim() } : undefined;
}
