/** What each way of getting packages into a flake has in common. */
import type { ApproachId } from "./choices.ts";
import type { Contribution } from "./flake.ts";
import type { NeededFile, Plan } from "./plan.ts";

/** A file beside `flake.nix`. */
export interface ExtraFile {
  readonly path: string;
  readonly text: string;
  readonly about: string;
}

/** One approach. */
export interface Approach {
  readonly id: ApproachId;
  /** Who decides the versions: the release of nixpkgs, a lock or the pins (exactly), or pip when the shell is entered. */
  readonly versions: "nixpkgs" | "exact" | "pip";
  /** Whether evaluation needs to know the folder that it runs in. */
  readonly impure?: boolean;
  /** Whether it takes a package from a file that the list names. */
  readonly takesFiles?: boolean;
  contribute(plan: Plan): Contribution;
  /** Files that only another tool can make; the flake refuses in words while they are missing. */
  needs?(plan: Plan): readonly NeededFile[];
  /** Files that the approach reads, and that the reader has not given. */
  files?(plan: Plan): readonly ExtraFile[];
  /** What to run once the files are there and tracked, besides `nix develop`. */
  readonly run?: readonly string[];
}
