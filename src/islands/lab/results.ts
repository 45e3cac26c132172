/** What an evaluation gave: outputs, inputs, what stands in the way, and what is wrong in which file. */
import type { Failure, FlakeHandle, FlakeOutputs, Outcome, OutputNode } from "#runtime";
import { element } from "../dom.ts";
import type { LabContext } from "./context.ts";
import { openable, readInside } from "./derivation-nodes.ts";
import type { Frame } from "./frame.ts";
import { showInputs } from "./inputs-view.ts";
import { showMachine } from "./machine-view.ts";
import { failuresIn, noticesFor, showNotices } from "./notices.ts";
import type { Problem } from "./text-editor.ts";

export class Results {
  private readonly frame: Frame;
  private readonly lab: LabContext & { readonly flake: FlakeHandle };
  private readonly goTo: (file: string, line: number, column: number) => void;
  private problems: readonly (Problem & { readonly file: string })[] = [];
  private outputs: readonly OutputNode[] = [];
  private pause: ReturnType<typeof setTimeout> | undefined;

  constructor(frame: Frame, lab: Results["lab"], goTo: Results["goTo"]) {
    this.frame = frame;
    this.lab = lab;
    this.goTo = goTo;
    frame.tree.goTo = ({ file, line, column }) => goTo(file, line, column);
    frame.inputs.addEventListener("shown", () => void this.readInputs());
    frame.machine.addEventListener("shown", () => showMachine(frame.machine, lab, this.outputs));
  }

  show(outcome: Outcome<FlakeOutputs>): void {
    if (outcome.status === "stale") return;
    const { tree, inputs, machine, notices, problems } = this.frame;
    let failures: readonly Failure[] = [];
    if (outcome.status === "ok") {
      this.outputs = outcome.value.outputs;
      failures = failuresIn(this.outputs);
      tree.show(openable(this.outputs), (path) => readInside(this.lab.flake, path));
      const more = failures.length === 0 ? "" : `; ${inWords(failures.length)}`;
      if (outcome.value.hasInputs) this.say("stand-ins", `evaluated with stand-ins${more}`);
      else this.say("real", `evaluated; it has no inputs${more}`);
    } else if (outcome.status === "failed") {
      failures = [outcome.failure];
      tree.showFailure(outcome.failure);
      if (mayHaveInputs(this.lab.project)) this.say("stand-ins", "evaluated with stand-ins; Nix refuses this flake");
      else this.say("real", "evaluated; Nix refuses this flake");
    } else {
      tree.showMessage(outcome.message);
      this.say("not-run", "not run here");
    }
    this.problems = failures.flatMap(problemOf);
    showNotices(
      notices,
      noticesFor(this.lab.project, failures, outcome.status === "ok" ? outcome.value.lock : undefined),
    );
    this.explain(failures);
    problems.hidden = this.problems.length === 0;
    problems.replaceChildren(...this.problems.map((problem) => this.problemItem(problem)));
    if (!inputs.hidden) void this.readInputs();
    if (!machine.hidden) showMachine(machine, this.lab, this.outputs);
  }

  /** Leads to the museum, once the reader pauses: half a name is an error, too. */
  private explain(failures: readonly Failure[]): void {
    const { museum } = this.frame;
    clearTimeout(this.pause);
    this.pause = undefined;
    if (failures.length === 0) return museum.replaceChildren();
    const pause = setTimeout(() => {
      // Where the museum cannot be loaded, the error stands there all the same.
      void import("./museum-links.ts")
        .then(({ museumLinks }) => museumLinks(failures))
        .then((links) => pause === this.pause && museum.replaceChildren(...links))
        .catch(() => undefined);
    }, 300);
    this.pause = pause;
  }

  /** What is wrong in a file. */
  problemsOf(path: string): Problem[] {
    return this.problems.filter(({ file }) => file === path);
  }

  private problemItem({ file, line, column, message }: Results["problems"][number]): HTMLLIElement {
    const place = element("button", { type: "button", class: "place" }, `${file}:${line}:${column}`);
    place.addEventListener("click", () => this.goTo(file, line, column));
    return element("li", {}, place, " ", message);
  }

  private async readInputs(): Promise<void> {
    const { inputs } = this.frame;
    const outcome = await this.lab.flake.inputs();
    if (outcome.status === "ok") showInputs(inputs, outcome.value);
    else if (outcome.status === "failed")
      inputs.replaceChildren(element("p", { class: "message" }, outcome.failure.message));
    else if (outcome.status !== "stale") inputs.replaceChildren(element("p", {}, outcome.message));
  }

  /** With one of the three marks that mean the same on every page. Said anew only where it is another one. */
  private say(how: "real" | "stand-ins" | "not-run", words: string): void {
    const { state } = this.frame;
    if (state.textContent !== words)
      state.replaceChildren(element("span", { class: "checked", "data-checked": how }, words));
  }
}

/** Whether a flake that was refused may have inputs: nothing but its text can say so. */
const mayHaveInputs = ({ files }: LabContext["project"]): boolean =>
  files.has("flake.lock") || /\binputs\s*[.=]/.test(files.get("flake.nix") ?? "");

const inWords = (count: number): string => (count === 1 ? "one output fails" : `${count} outputs fail`);

/** Where a failure is in the flake's own files: its place, or the first step on the way to it. */
function problemOf({ place, trace, message }: Failure): (Problem & { file: string })[] {
  const own = [place, ...trace.map((step) => step.place)].find((each) => each?.of === "flake");
  return own === undefined ? [] : [{ ...own, message }];
}
