import { run, type System } from "#cli";
import { decodeUtf8, encodeUtf8 } from "#nix";
import { MemoryHost } from "./memory-host.ts";
import type { CommandLine, CommandResult, FlakeFiles } from "./messages.ts";
import type { Packs } from "./packs.ts";
import { StandIns } from "./stand-ins.ts";
import { environmentOf, placeFiles } from "./warm-evaluation.ts";

/** The files of a folder as commands find them. */
function hostFor(source: FlakeFiles, env: FlakeFiles["impure"], packs: Packs): MemoryHost {
  const host = new MemoryHost();
  const standIns = new StandIns(host, packs);
  host.environment = environmentOf(env);
  placeFiles(host, source);
  for (const [path, contents] of Object.entries(source.files))
    if (/(^|\/)flake\.lock$/.test(path) && typeof contents === "string") standIns.learn(contents, source.recorded);
  return host;
}

/** Runs a command line such as `["nix", "flake", "show"]` on some files. */
export function runCommand(
  source: FlakeFiles,
  { argv, cwd, env, stdin, terminal }: CommandLine,
  packs: Packs,
): CommandResult {
  const host = hostFor(source, env, packs);
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
