/** Pythons of Debian's with one of its packages, unpacked without root. */
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { loaderCommand, unpackDebian } from "./unpack-debian.ts";

/** How to start a Python. */
export interface PythonCommand {
  command: string[];
  env: Record<string, string>;
}

/**
 * The Python of a Debian suite with `python3-NAME` and all that it needs, unpacked once into `.cache/NAME`.
 * @throws Error with apt's own words where the download fails.
 */
export function debianPython(name: string, suite: string, log: (line: string) => void): PythonCommand {
  const folder = resolve(import.meta.dirname, "../../.cache", name, suite);
  if (!existsSync(join(folder, "complete"))) {
    log(`${name}: downloading Debian's python3-${name} (${suite}) into .cache/${name}`);
    unpackDebian([`python3-${name}`], folder, { suite });
    writeFileSync(join(folder, "complete"), "");
  }
  const system = join(folder, "root");
  const program = readdirSync(join(system, "usr/bin")).find((file) => /^python3\.\d+$/.test(file));
  if (program === undefined) throw new Error(`Debian's python3-${name} (${suite}) came without a Python`);
  return {
    command: [...loaderCommand(system, program), join(system, "usr/bin", program)],
    env: { PYTHONHOME: join(system, "usr"), PYTHONPATH: join(system, "usr/lib/python3/dist-packages") },
  };
}
