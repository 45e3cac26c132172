import { NixError } from "#nix";
import type { FlakeFiles } from "./messages.ts";
import type { Packs } from "./packs.ts";
import { wantedBy } from "./stand-ins.ts";
import { lockFileOf, WarmEvaluation, type OpenFlake } from "./warm-evaluation.ts";

const defaultSystem = "x86_64-linux";

/** So many evaluations with different surroundings are kept. */
const mostEvaluations = 2;

/** The flakes that are open in a worker, and the evaluations that they share. */
export class Workspace {
  readonly packs: Packs;
  private readonly flakes = new Map<number, OpenFlake>();
  private readonly sources = new Map<number, FlakeFiles>();
  private readonly evaluations = new Map<string, WarmEvaluation>();

  constructor(packs: Packs) {
    this.packs = packs;
  }

  /** Takes a flake's files in the place of those that it had. */
  set(number: number, source: FlakeFiles): void {
    this.sources.set(number, source);
    this.flakes.delete(number);
  }

  close(number: number): void {
    this.sources.delete(number);
    this.flakes.delete(number);
  }

  /** A flake that was `set`. @throws Refusal */
  get(number: number): OpenFlake {
    let flake = this.flakes.get(number);
    if (flake === undefined) {
      flake = this.open(this.sourceOf(number));
      this.flakes.set(number, flake);
    }
    return flake;
  }

  /** A flake with these files, which is not kept. @throws Refusal */
  open(source: FlakeFiles): OpenFlake {
    const kept = new Set(Array.from(this.flakes.values(), ({ locked }) => locked.storePath));
    return this.warmFor(source).open(source, kept);
  }

  /** Fetches what the flake will surely need. */
  async prefetch(number: number): Promise<void> {
    await this.packs.prefetch(wantedBy(lockFileOf(this.sourceOf(number))));
  }

  /** The files that a flake was set to. @throws NixError where it has none */
  sourceOf(number: number): FlakeFiles {
    const source = this.sources.get(number);
    if (source === undefined) throw new NixError("eval", "the flake was not evaluated yet");
    return source;
  }

  private warmFor({ impure, system }: FlakeFiles): WarmEvaluation {
    const key = JSON.stringify([impure, system]);
    let warm = this.evaluations.get(key);
    if (warm?.isUsable === true) return warm;
    warm = new WarmEvaluation(impure, system ?? defaultSystem, this.packs);
    this.evaluations.delete(key);
    this.evaluations.set(key, warm);
    for (const old of [...this.evaluations.keys()].slice(0, -mostEvaluations)) this.evaluations.delete(old);
    return warm;
  }
}
