/** The evaluator's client without a worker: the same commands, on the same files, in this process. */
import { resolve } from "node:path";
import { makePacks } from "../../src/runtime/build/packs.ts";
import { runCommand } from "../../src/runtime/commands.ts";
import type { EvaluatorClient } from "../../src/runtime/client.ts";
import { Packs } from "../../src/runtime/packs.ts";
import { Workspace } from "../../src/runtime/workspace.ts";

export function makeCommandClient(): Pick<EvaluatorClient, "command" | "stop"> {
  const packs = makePacks(resolve(import.meta.dirname, "../../src/inputs"));
  const fetchNow = (name: string) => packs.get(name)!;
  const addresses = Object.fromEntries(Array.from(packs.keys(), (name) => [name, name]));
  const workspace = new Workspace(new Packs(addresses, { fetchNow, fetch: async (name) => fetchNow(name) }));
  return {
    command: async (source, line) => ({ status: "ok", value: runCommand(source, line, workspace.packs) }),
    stop() {},
  };
}
