/** The evaluator's client without a worker: the same commands, on the same files, in this process. */
import { resolve } from "node:path";
import { makePacks } from "../../src/runtime/build/packs.ts";
import { runCommand } from "../../src/runtime/commands.ts";
import type { EvaluatorClient } from "../../src/runtime/client.ts";
import { packsAtHand } from "../../src/runtime/packs.ts";

export function makeCommandClient(): Pick<EvaluatorClient, "command" | "stop"> {
  const packs = packsAtHand(Object.fromEntries(makePacks(resolve(import.meta.dirname, "../../src/inputs"))));
  return {
    command: async (source, line) => ({ status: "ok", value: runCommand(source, line, packs) }),
    stop() {},
  };
}
