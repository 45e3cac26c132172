import type { Place } from "../syntax/source.ts";
import { NixError } from "./errors.ts";
import type { State } from "./state.ts";

/** What stops an evaluation. */
export interface Bounds {
  /** Calls inside one another; Nix's `max-call-depth`. */
  readonly maxCallDepth: number;
  /** Function calls in all. */
  readonly maxSteps: number;
  /** Asked every few thousand calls; true stops the evaluation. */
  readonly stopped: (() => boolean) | undefined;
  /** Asked as often: the number of bytes in use, as the host knows it. */
  readonly memoryInUse: (() => number) | undefined;
  readonly maxMemory: number;
}

const sliceOfSteps = 4096;

/**
 * The evaluation that is running; there is one at a time, and the hottest code reads it. `fuel` is what is left of the
 * current slice of calls, `depth` the number of calls inside one another.
 */
export const machine = {
  fuel: 0,
  depth: 0,
  maxDepth: 10000,
  showTrace: false,
  steps: 0,
  bounds: undefined as Bounds | undefined,
  current: undefined as State | undefined,
};

/** The state of the evaluation that is running. */
export function current(): State {
  if (machine.current === undefined) throw new NixError("bug", "a value was forced outside an evaluation");
  return machine.current;
}

/** Runs code as part of an evaluation; evaluations may nest. */
export function runWith<T>(state: State, bounds: Bounds, showTrace: boolean, action: () => T): T {
  const before = { ...machine };
  Object.assign(machine, { fuel: 0, depth: 0, maxDepth: bounds.maxCallDepth, showTrace, steps: 0, bounds });
  machine.current = state;
  try {
    return action();
  } finally {
    Object.assign(machine, before);
  }
}

/** Called when a slice of calls is used up. @throws NixError of kind `stopped`. */
export function nextSlice(): void {
  machine.fuel = sliceOfSteps;
  machine.steps += sliceOfSteps;
  const { bounds } = machine;
  if (bounds === undefined) return;
  if (machine.steps > bounds.maxSteps + sliceOfSteps)
    throw new NixError("stopped", `the evaluation was stopped after ${bounds.maxSteps} calls`);
  if (bounds.stopped?.() === true) throw new NixError("stopped", "the evaluation was stopped");
  if (bounds.memoryInUse !== undefined && bounds.memoryInUse() > bounds.maxMemory)
    throw new NixError("stopped", `the evaluation was stopped: it uses more than ${bounds.maxMemory} bytes`);
}

/** @throws NixError of kind `overflow`, as Nix words it. */
export function tooDeep(place?: Place): never {
  throw new NixError("overflow", "stack overflow; max-call-depth exceeded", place);
}
