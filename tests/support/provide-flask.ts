/** Pythons with Flask for the tests of the contacts app: Debian's, unpacked without root, else the system's own. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { loaderCommand, unpackDebian } from "./unpack-debian.ts";

/** How to start a Python that has Flask, and in words which it is. */
export interface PythonWithFlask {
  command: string[];
  env: Record<string, string>;
  /** For example "Flask 3.1.1 on Python 3.13.5". */
  version: string;
}

const cache = resolve(import.meta.dirname, "../../.cache/flask");

/** Every Python with Flask that can be had: that of this Debian, and that of Debian 13 (Python 3.13). Empty where there is none. */
export function providePythons(log: (line: string) => void = () => {}): PythonWithFlask[] {
  const own = existsSync("/etc/debian_version")
    ? /VERSION_CODENAME=(\w+)/.exec(readFileSync("/etc/os-release", "utf8"))?.[1]
    : undefined;
  if (own === undefined || !existsSync("/usr/bin/apt-get"))
    return [describe(["python3"], {})].filter((it) => it !== undefined);
  return [...new Set([own, "trixie"])].map((suite) => {
    const folder = join(cache, suite);
    if (!existsSync(join(folder, "complete"))) {
      log(`Flask: downloading Debian's python3-flask (${suite}) into .cache/flask`);
      unpackDebian(["python3-flask"], folder, { suite });
      writeFileSync(join(folder, "complete"), "");
    }
    const system = join(folder, "root");
    const program = readdirSync(join(system, "usr/bin")).find((name) => /^python3\.\d+$/.test(name));
    if (program === undefined) throw new Error(`Debian's python3-flask (${suite}) came without a Python`);
    const env = { PYTHONHOME: join(system, "usr"), PYTHONPATH: join(system, "usr/lib/python3/dist-packages") };
    const python = describe([...loaderCommand(system, program), join(system, "usr/bin", program)], env);
    if (python === undefined) throw new Error(`Flask was unpacked into '${folder}', but 'import flask' fails there`);
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
