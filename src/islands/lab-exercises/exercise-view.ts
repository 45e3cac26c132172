/** One exercise of a lab: its task, its buttons, and what its checks found. */
import { startOf, type LabExercise, type Verdict } from "#exercises";
import type { FlakeHandle } from "#runtime";
import { addressOf } from "../address.ts";
import { element, smallButton } from "../dom.ts";
import type { LabContext } from "../lab/context.ts";
import type { Snapshot } from "../lab/project.ts";
import { inline, paragraphs, solution } from "./print.ts";
import { runChecks } from "./run-checks.ts";

interface Surroundings {
  readonly lab: LabContext;
  readonly flake: FlakeHandle;
  /** Announces what happened. */
  readonly say: (text: string) => void;
}

/** Who a change of the project comes from. */
const by = "exercises";

export class ExerciseView {
  readonly exercise: LabExercise;
  readonly element: HTMLDetailsElement;
  /** Called when this exercise puts its files into the lab. */
  started: () => void = () => {};
  private readonly around: Surroundings;
  private readonly mark = element("span", { class: "exercise-done" });
  private readonly results = element("ul", { class: "exercise-checks" });
  private readonly start = smallButton("Start", () => this.begin());
  private readonly check = smallButton("Check", () => void this.runChecks());
  private readonly reset = smallButton("Reset", () => this.begin());
  private readonly back = smallButton("Back to my files", () => this.giveBack());
  /** What stood in the lab before the exercise began. */
  private before: Snapshot | undefined;
  /** How often the project was changed. */
  private changes = 0;

  constructor(exercise: LabExercise, around: Surroundings) {
    this.exercise = exercise;
    this.around = around;
    this.reset.title = "The files as they are at the start of this exercise";
    this.back.title = "The files that stood here before this exercise";
    const { number, href } = exercise.lesson;
    const lesson = element("a", { href: addressOf(href) }, `Lesson ${number}`);
    const shown = element("details", {}, element("summary", {}, "Show the solution"), solution(exercise.solution));
    this.element = element(
      "details",
      // Not as on the lesson's page, where the lab can be opened, too.
      { id: `lab-exercise-${exercise.id}` },
      element("summary", {}, element("span", { class: "exercise-title" }, exercise.title), this.mark),
      ...paragraphs(exercise.task),
      element("p", { class: "exercise-buttons" }, this.start, this.check, this.reset, this.back, lesson),
      this.results,
      shown,
    );
    this.before = around.lab.project.isEdited ? this.keptBefore() : undefined;
    this.showButtons();
    this.showResults();
    around.lab.project.addEventListener("change", () => {
      this.changes++;
      this.results.toggleAttribute("data-old", true);
    });
  }

  /** Opens the exercise, and starts it where no edit would be lost by that. */
  follow(): void {
    this.element.open = true;
    this.element.scrollIntoView({ block: "nearest" });
    if (!this.around.lab.project.isEdited) this.begin();
  }

  /** Another exercise has put its files into the lab. */
  leave(): void {
    this.before = undefined;
    this.keepBefore();
    this.showButtons();
  }

  markDone(): void {
    this.mark.textContent = "done";
  }

  private begin(): void {
    const { project } = this.around.lab;
    this.before ??= project.snapshot();
    const { files, tracked } = startOf(this.exercise, project.start.files);
    const index = Object.fromEntries(tracked.map((path) => [path, files[path] ?? ""]));
    this.started();
    this.keepBefore();
    project.restore({ files, index, head: index }, by);
    this.showButtons();
    this.showResults();
    this.around.say(`The files of “${this.exercise.title}” are in the editor.`);
  }

  private giveBack(): void {
    if (this.before !== undefined) this.around.lab.project.restore(this.before, by);
    this.leave();
    this.showResults();
    this.around.say("Your files are back in the editor.");
  }

  private async runChecks(): Promise<void> {
    const { flake, lab, say } = this.around;
    const { changes } = this;
    this.check.disabled = true;
    say("Checking …");
    try {
      const verdicts = await runChecks(flake, this.exercise, lab.source());
      this.showResults(verdicts);
      this.results.toggleAttribute("data-old", this.changes !== changes);
      const passed = verdicts.filter((verdict) => verdict.passed).length;
      if (passed < verdicts.length) say(`${passed} of ${verdicts.length} hold.`);
      else {
        this.markDone();
        say(`Solved: ${this.exercise.title}.`);
        const detail = { id: this.exercise.id };
        this.element.dispatchEvent(new CustomEvent("exercise-done", { bubbles: true, detail }));
      }
    } finally {
      this.check.disabled = false;
    }
  }

  /** The tab keeps what stood here before, so that a reload finds the exercise begun. */
  private keepBefore(): void {
    try {
      if (this.before === undefined) sessionStorage.removeItem(this.key);
      else sessionStorage.setItem(this.key, JSON.stringify(this.before));
    } catch {
      // Where the browser keeps nothing, or no more, a reload forgets it.
    }
  }

  private keptBefore(): Snapshot | undefined {
    try {
      const text = sessionStorage.getItem(this.key);
      return text === null ? undefined : (JSON.parse(text) as Snapshot);
    } catch {
      return undefined;
    }
  }

  private get key(): string {
    return `exercise-${this.exercise.id}`;
  }

  private showButtons(): void {
    const isStarted = this.before !== undefined;
    this.start.hidden = isStarted;
    for (const each of [this.check, this.reset, this.back]) each.hidden = !isStarted;
  }

  /** The checks with their verdicts, or as what is wanted. */
  private showResults(verdicts?: readonly Verdict[]): void {
    this.results.removeAttribute("data-old");
    const items = this.exercise.checks.map((check) => {
      const verdict = verdicts?.find((each) => each.check === check);
      const state = verdict === undefined ? "open" : verdict.passed ? "holds" : "fails";
      const says = element("p", {}, element("span", { class: "exercise-mark" }, state), " ", ...inline(check.says));
      if (verdict === undefined || verdict.passed) return element("li", { "data-state": state }, says);
      const found = verdict.error ?? verdict.found;
      return element(
        "li",
        { "data-state": state },
        says,
        found === undefined || found === ""
          ? undefined
          : element(
              verdict.error === undefined ? "p" : "pre",
              { class: "exercise-found" },
              ...inline(`Found: ${found}`),
            ),
        element("p", { class: "exercise-hint" }, "Hint: ", ...inline(check.hint)),
      );
    });
    this.results.replaceChildren(...items);
  }
}
