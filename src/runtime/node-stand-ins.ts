import { readFileSync } from "node:fs";
import type { System } from "#cli";
import { decodeUtf8 } from "#nix";
import { MemoryHost } from "./memory-host.ts";
import type { RecordedInput } from "./messages.ts";
import { packsAtHand, type Pack } from "./packs.ts";
import { StandIns } from "./stand-ins.ts";

/** The file that the build writes beside the command line tools. */
interface StandInsFile {
  readonly packs: Readonly<Record<string, Pack>>;
  readonly recorded: readonly RecordedInput[];
}

/** Where stand-ins are; no files of the machine are looked for there. */
const places = /^\/stand-ins(\/|$)/;

/** A system on which stand-ins serve as inputs, as they do in the worker. Says so before the first one is used. @throws Error */
export function withStandIns(system: System, file: string): System {
  const { packs, recorded } = readStandIns(file);
  const memory = new MemoryHost();
  const standIns = new StandIns(memory, packsAtHand(packs));
  standIns.learn("", recorded);
  const at = (path: string) => (places.test(path) ? memory : system);
  let isSaid = false;
  return {
    ...system,
    fetchTree(attributes) {
      const tree = memory.fetchTree(attributes);
      if (tree !== undefined && !isSaid) system.stderr("evaluated with stand-ins\n");
      isSaid ||= tree !== undefined;
      return tree;
    },
    readFile(path) {
      const text = at(path).readFile(path);
      if (path.endsWith("/flake.lock")) standIns.learn(decodeUtf8(text), recorded);
      return text;
    },
    readDir: (path) => at(path).readDir(path),
    pathType: (path) => at(path).pathType(path),
    isExecutable: (path) => at(path).isExecutable(path),
    readLink: (path) => at(path).readLink(path),
  };
}

/** @throws Error that names the file, where it is none of the build's */
function readStandIns(file: string): StandInsFile {
  try {
    const read = JSON.parse(readFileSync(file, "utf8")) as Partial<StandInsFile> | null;
    if (read?.packs === undefined || read.recorded === undefined) throw new Error("it has no stand-ins");
    return { packs: read.packs, recorded: read.recorded };
  } catch (error) {
    throw new Error(`the file of FLAKES_STAND_INS cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
