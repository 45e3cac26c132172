/** The exercises below the lab: each starts from its own files, and its checks look at what the flake evaluates to. */
import type { LabExercise } from "#exercises";
import { addressOf } from "../address.ts";
import { element } from "../dom.ts";
import type { LabContext } from "../lab/context.ts";
import { openStore } from "../progress/store.ts";
import { ExerciseView } from "./exercise-view.ts";

export class LabExercises extends HTMLElement {
  private readonly status = element("p", { class: "exercise-status", role: "status" });
  private views: ExerciseView[] = [];

  /** @throws Error where the exercises cannot be loaded */
  async open(lab: LabContext): Promise<void> {
    const response = await fetch(addressOf(`/lab/${lab.slug}/exercises.json`));
    if (!response.ok) throw new Error(`'${response.url}' answered ${response.status}`);
    const exercises = (await response.json()) as LabExercise[];
    // A flake of its own: what the editor asks at the same time must not make these answers stale.
    const flake = lab.client.flake();
    const say = (text: string): void => {
      this.status.textContent = text;
    };
    this.views = exercises.map((exercise) => new ExerciseView(exercise, { lab, flake, say }));
    for (const view of this.views)
      view.started = () => {
        for (const other of this.views) if (other !== view) other.leave();
      };
    if (this.views.length === 0) return;
    const list = element("ol", {}, ...this.views.map((view) => element("li", {}, view.element)));
    this.replaceChildren(element("h2", {}, "Exercises"), this.status, list);
    window.addEventListener("hashchange", () => this.follow());
    this.follow();
  }

  /** Marks exercises that were done before. */
  markDone(ids: Iterable<string>): void {
    for (const id of ids) this.views.find(({ exercise }) => exercise.id === id)?.markDone();
  }

  /** Starts the exercise that the address names. */
  private follow(): void {
    this.views.find(({ exercise }) => location.hash === `#exercise-${exercise.id}`)?.follow();
  }
}

customElements.define("lab-exercises", LabExercises);

export async function mount(lab: LabContext, place: HTMLElement): Promise<void> {
  if (lab.slug === "own") return;
  const exercises = new LabExercises();
  place.append(exercises);
  try {
    await exercises.open(lab);
    const { exercises: done } = await (await openStore()).kept();
    exercises.markDone(done.keys());
  } catch (error) {
    exercises.textContent = `The exercises cannot be loaded: ${(error as Error).message}`;
  }
}
