/**
 * The lab: files, editor, outputs and inputs of one flake, in step with each other at every keystroke. The element fires
 * `evaluated` when an evaluation is shown.
 */
import { EvaluatorClient, type FlakeFiles, type FlakeHandle } from "#runtime";
import { openStore } from "../progress/store.ts";
import { labRoot, parts, type LabContext } from "./context.ts";
import { FileTree, gitMark } from "./file-tree.ts";
import { buildFrame, type Frame } from "./frame.ts";
import { loadProject } from "./load-project.ts";
import { plainEditor } from "./plain-editor.ts";
import type { Project, ProjectChange } from "./project.ts";
import { Results } from "./results.ts";
import { sourceOf } from "./source.ts";
import type { EditorHost, TextEditor } from "./text-editor.ts";

/** An evaluation that has taken so many milliseconds does not hold up the next edit: it is ended. */
const patience = 1500;
/** So often the evaluator is tried out before the first edit: a browser compiles for speed only what has run often. */
const trials = 8;
/** Whose changes the editor has already. */
const byEditor = "editor";

const loadEditor = () => import("./editor/code-editor.ts");

/** Loads what a lab needs that will soon be opened. What fails is tried again when it opens. */
export function prepareLab(): void {
  loadEditor().catch(() => undefined);
  void openStore();
}

export class FlakeLab extends HTMLElement implements LabContext {
  project!: Project;
  client!: EvaluatorClient;
  flake!: FlakeHandle;
  readonly root = labRoot;
  isNew = false;
  private frame: Frame | undefined;
  private files!: FileTree;
  private editor!: TextEditor;
  private results!: Results;
  private recorded: FlakeFiles["recorded"];
  /** The file in view. */
  private path = "";
  private stopTimer: ReturnType<typeof setTimeout> | undefined;
  private edit = 0;
  private busySince: number | undefined;

  get slug(): string {
    return this.dataset["slug"] ?? "own";
  }

  source(): FlakeFiles {
    return sourceOf(this.project, this.recorded);
  }

  connectedCallback(): void {
    if (this.frame !== undefined) return;
    this.frame = buildFrame();
    this.client = new EvaluatorClient({ worker: this.dataset["worker"]! });
    this.flake = this.client.flake();
    this.open(this.frame).catch((error: unknown) => {
      this.querySelector("[role=status]")?.remove();
      this.prepend(`The lab cannot open: ${error instanceof Error ? error.message : String(error)}`);
    });
  }

  private async open(frame: Frame): Promise<void> {
    // All at once, not one after another.
    prepareLab();
    const loading = loadProject(this.slug);
    const host: EditorHost = {
      edited: (path, text) => this.project.write(path, text, byEditor),
      complete: (path, text, offset) => this.complete(path, text, offset),
    };
    this.editor = await loadEditor().then(
      ({ codeEditor }) => codeEditor(host),
      () => plainEditor(host),
    );
    // Not sooner: on two cores the evaluator's script would hold up the editor's.
    this.client.start();
    Object.assign(this, await loading);
    await this.attach("progress");
    this.files = new FileTree(frame.files, this.project, (path) => this.show(path));
    this.results = new Results(frame, this, (file, line, column) => {
      this.show(file);
      this.editor.goTo(line, column);
    });
    frame.text.append(this.editor.element);
    this.listen(frame);
    frame.tree.showMessage("The evaluator is starting. What the flake gives will stand here.");
    // Before it is in the document, where making an editor would lay out the page twice.
    this.showFirst();
    this.replaceChildren(...frame.all);
    this.dataset["ready"] = "";
    for (const part of ["exercises", "terminal"] as const) void this.attach(part);
    await this.evaluate();
    await this.warmUp();
  }

  /** Evaluates the flake some more times, as if it was edited, until it is. */
  private async warmUp(): Promise<void> {
    const trial = this.client.flake();
    const source = this.source();
    for (let time = 1; time <= trials && this.edit === 1; time++) {
      const files = { ...source.files, "flake.nix": (source.files["flake.nix"] ?? "") + "\n".repeat(time) };
      if ((await trial.evaluate({ ...source, files })).status !== "ok") break;
    }
    trial.close();
  }

  private async attach(part: keyof Frame["places"]): Promise<void> {
    const place = this.frame!.places[part];
    try {
      const loaded = await parts[part]?.();
      await loaded?.mount(this, place);
    } catch (error) {
      place.replaceChildren(`This part could not be loaded: ${(error as Error).message}`);
    }
  }

  private listen({ stop, reset, add, tidy }: Frame): void {
    this.project.addEventListener("change", (event) => this.changed(event as ProjectChange));
    stop.addEventListener("click", () => this.client.stop());
    reset.addEventListener("click", () => this.project.reset("reset"));
    add.addEventListener("click", () => this.project.add([this.path], "bar"));
    tidy.addEventListener("click", async () => {
      const text = this.project.files.get(this.path);
      const { tidy } = await import("./tidy.ts");
      if (text !== undefined) this.project.write(this.path, tidy(text), "tidy");
    });
  }

  private showFirst(): void {
    const { files } = this.project;
    const [first = ""] = files.has("flake.nix") ? ["flake.nix"] : files.keys();
    this.show(first);
  }

  /** Shows a file in the editor; `""` where there is none. */
  private show(path: string): void {
    const text = this.project.files.get(path);
    if (text === undefined && path !== "") return;
    this.editor.element.hidden = text === undefined;
    if (text !== undefined && path !== this.path) this.editor.open(path, text);
    this.path = path;
    this.files.select(path);
    this.showBar();
    this.editor.mark(this.results.problemsOf(path));
  }

  private showBar(): void {
    const { fileName, add, tidy, reset } = this.frame!;
    const mark = gitMark(this.project, this.path);
    fileName.textContent = this.path === "" ? "There is no file. “New file” makes one." : this.path;
    add.hidden = this.path === "" || (mark !== "untracked" && mark !== "modified");
    tidy.hidden = !this.path.endsWith(".nix");
    reset.disabled = !this.project.isEdited;
  }

  private changed({ paths, by }: ProjectChange): void {
    const { files } = this.project;
    void this.evaluate();
    if (by !== byEditor)
      for (const path of paths) {
        const text = files.get(path);
        if (path === this.path && text !== undefined) this.editor.replace(text);
        else this.editor.forget(path);
      }
    this.files.render();
    if (files.has(this.path)) this.showBar();
    else this.showFirst();
  }

  private async evaluate(): Promise<void> {
    const edit = ++this.edit;
    if (this.busySince !== undefined && performance.now() - this.busySince > patience) {
      this.client.stop();
      this.busy(false);
    }
    this.busy(true);
    const outcome = await this.flake.evaluate(this.source());
    if (outcome.status === "stale" || edit !== this.edit) return;
    this.busy(false);
    this.results.show(outcome);
    this.editor.mark(this.results.problemsOf(this.path));
    this.dispatchEvent(new Event("evaluated"));
  }

  private async complete(path: string, text: string, offset: number) {
    const outcome = await this.flake.complete(path, text, offset);
    return outcome.status === "ok" ? outcome.value : undefined;
  }

  private busy(isBusy: boolean): void {
    if (isBusy) {
      if (this.busySince !== undefined) return;
      this.busySince = performance.now();
      // Most edits are evaluated sooner, and each change of the tree's looks would draw it anew.
      this.stopTimer = setTimeout(() => this.showBusy(true), 300);
      return;
    }
    this.busySince = undefined;
    clearTimeout(this.stopTimer);
    this.showBusy(false);
  }

  private showBusy(isBusy: boolean): void {
    const { tree, stop } = this.frame!;
    // An attribute without a value would mean that it is not.
    tree.ariaBusy = isBusy ? "true" : null;
    stop.hidden = !isBusy;
  }
}

customElements.define("flake-lab", FlakeLab);
