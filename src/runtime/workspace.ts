import { NixError } from "#nix";
import type { FlakeFiles } from "./messages.ts";
import { MemoryHost } from "./memory-host.ts";
import type { Packs } from "./packs.ts";
import { StandIns, wantedBy } from "./stand-ins.ts";
import { environmentOf, lockFileOf, placeFiles, WarmEvaluation, type OpenFlake } from "./warm-evaluation.ts";

const defaultSystem = "x86_64-linux";

/** So many evaluations with different surroundings are kept. */
const mostEvaluations = 2;

/** The flakes that are open in a worker, and the evaluations that they share. */
export class Workspace {
  private readonly packs: Packs;
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
      const source = this.sourceOf(number);
      flake = this.warmFor(source).open(source, this.storePaths());
      this.flakes.set(number, flake);
    }
    return flake;
  }

  /** A flake as it would be with another text in one of its files. @throws Refusal */
  withText(number: number, file: string, text: string): OpenFlake {
    const source = this.sourceOf(number);
    const files = { ...source.files, [file]: text };
    return this.warmFor(source).open({ ...source, files }, this.storePaths());
  }

  /** Fetches what the flake will surely need. */
  async prefetch(number: number): Promise<void> {
    await this.packs.prefetch(wantedBy(lockFileOf(this.sourceOf(number))));
  }

  /** The files of a folder as commands find them. */
  hostFor(source: FlakeFiles, env: FlakeFiles["impure"]): MemoryHost {
    const host = new MemoryHost();
    const standIns = new StandIns(host, this.packs);
    host.environment = environmentOf(env);
    placeFiles(host, source);
    for (const [path, contents] of Object.entries(source.files))
      if (/(^|\/)flake\.lock$/.test(path) && typeof contents === "string") standIns.learn(contents, source.recorded);
    return host;
  }

  private sourceOf(number: number): FlakeFiles {
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

  private storePaths(): ReadonlySet<string> {
    return new Set(Array.from(this.flakes.values(), ({ locked }) => locked.storePath));
  }
}
