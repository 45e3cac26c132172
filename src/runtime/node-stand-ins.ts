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

/** A system on which stand-ins serve as inputs, as they do in the worker. Says so before the first one is used. */
export function withStandIns(system: System, file: string): System {
  const { packs, recorded } = JSON.parse(readFileSync(file, "utf8")) as StandInsFile;
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
