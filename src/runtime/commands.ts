import { run, type System } from "#cli";
import { decodeUtf8, encodeUtf8 } from "#nix";
import type { MemoryHost } from "./memory-host.ts";
import type { CommandLine, CommandResult } from "./messages.ts";

/** Runs a command line such as `["nix", "flake", "show"]`. */
export function runCommand({ argv, cwd, stdin, terminal }: CommandLine, host: MemoryHost): CommandResult {
  let [stdout, stderr] = ["", ""];
  const written: Record<string, string> = {};
  const write = (path: string, contents: string): void => {
    host.write(path, contents);
    written[decodeUtf8(path)] = decodeUtf8(contents);
  };
  const own: Omit<System, keyof MemoryHost> = {
    cwd: encodeUtf8(cwd),
    terminal: terminal === true,
    stdout: (text) => void (stdout += text),
    stderr: (text) => void (stderr += text),
    readStdin: () => encodeUtf8(stdin ?? ""),
    replaceFile: write,
    writeFile: write,
  };
  // The host's methods stand on its prototype, where a spread does not see them.
  const system = Object.assign(Object.create(host) as MemoryHost, own);
  const status = run(argv.map(encodeUtf8), system);
  return { status, stdout: decodeUtf8(stdout), stderr: decodeUtf8(stderr), written };
}
