import type { State } from "../eval/state.ts";
import type { Value } from "../eval/values.ts";
import { callFlake, KnownInputs } from "./call.ts";
import { Fetcher } from "./fetch.ts";
import { Locker, type Flake, type LockedFlake, type LockOptions } from "./lock.ts";
import type { InputPath } from "./lock-file.ts";
import type { InputAttributes } from "./schemes.ts";

/** The flakes of one evaluation: each tree is fetched once. All of it is to be used inside `Evaluation.run`. */
export class Flakes {
  readonly fetcher: Fetcher;
  private readonly state: State;
  private known: KnownInputs | undefined;

  constructor(state: State) {
    this.state = state;
    this.fetcher = new Fetcher(state);
  }

  private locker(): Locker {
    return new Locker(this.state, this.state.globals(), this.fetcher);
  }

  /** Reads the `flake.nix` of a reference. @throws NixError */
  read(ref: InputAttributes, rootPath: InputPath = []): Flake {
    return this.locker().getFlake(ref, rootPath);
  }

  /** Reads a flake and fixes its inputs. @throws NixError */
  lock(ref: InputAttributes, options: LockOptions = {}): LockedFlake {
    const locker = this.locker();
    return locker.lock(locker.getFlake(ref), options);
  }

  /** A locked flake's value. `dirty`: its lock file is not the one that its revision has. @throws NixError */
  call(flake: LockedFlake, dirty = false): Value {
    return callFlake(this.state, this.fetcher, flake, dirty, this.known);
  }

  /** From now on, what an input gives is kept for the next flake that has the same input. */
  keepInputs(): void {
    this.known = new KnownInputs();
  }
}

const sessions = new WeakMap<State, Flakes>();

/** The flakes of an evaluation. */
export function flakesOf(state: State): Flakes {
  let flakes = sessions.get(state);
  if (flakes === undefined) {
    flakes = new Flakes(state);
    sessions.set(state, flakes);
  }
  return flakes;
}
