/** The outputs of an open flake: what the worker answers, and what the build of the site writes into a page. */
import { decodeUtf8, encodeUtf8 } from "#nix";
import { valueOf } from "./failures.ts";
import type { FlakeOutputs } from "./messages.ts";
import { readOutputs, type Reading } from "./output-tree.ts";
import type { OpenFlake } from "./warm-evaluation.ts";

/** Runs code that may force values of a flake. @throws Refusal */
export function inside<T>({ warm, trees }: OpenFlake, action: () => T): T {
  return valueOf(warm.evaluation.run(action), trees);
}

export const reading = ({ warm, trees }: OpenFlake, allSystems: boolean): Reading => {
  return { evaluation: warm.evaluation, system: encodeUtf8(warm.system), trees, allSystems };
};

/** What an evaluation finds out about a flake; of a lock out of step only that it is. @throws Refusal */
export function flakeOutputs(opened: OpenFlake, allSystems: boolean): FlakeOutputs {
  const log: string[] = [];
  opened.warm.logTo((line) => log.push(line));
  const outputs = inside(opened, () => readOutputs(opened.outputs, reading(opened, allSystems)));
  const { description } = opened.locked.definition;
  return {
    ...(description === undefined ? {} : { description: decodeUtf8(description) }),
    outputs,
    hasInputs: opened.locked.lock.inputs.size > 0,
    lock: { inStep: !opened.locked.changed },
    log,
  };
}
