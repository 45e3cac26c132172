/** The lab: files, editor, outputs and inputs of one flake, in step with each other at every keystroke. */
import { EvaluatorClient, type FlakeFiles, type FlakeHandle } from "#runtime";
import "../../styles/lab.css";
import { labRoot, parts, type LabContext } from "./context.ts";
import { FileTree } from "./file-tree.ts";
import { buildFrame, type Frame } from "./frame.ts";
import { loadProject } from "./load-project.ts";
import { plainEditor } from "./plain-editor.ts";
import { PathError, ProjectChange, type Project } from "./project.ts";
import { sourceOf } from "./source.ts";
import type { TextEditor } from "./text-editor.ts";

/** Who a change of the project comes from. */
const by = "lab";

export class FlakeLab extends HTMLElement implements LabContext {
  project!: Project;
  client!: EvaluatorClient;
  flake!: FlakeHandle;
  readonly root = labRoot;
  private frame!: Frame;
  private files!: FileTree;
  private editor!: TextEditor;
  private recorded: FlakeFiles["recorded"];
  private shown = "flake.nix";
  private stopTimer: ReturnType<typeof setTimeout> | undefined;

  get slug(): string {
    return this.dataset["slug"] ?? "own";
  }

  source(): FlakeFiles {
    return sourceOf(this.project, this.recorded);
  }

  connectedCallback(): void {
    if (this.frame === undefined) void this.open();
  }

  private async open(): Promise<void> {
    this.client = new EvaluatorClient({ worker: this.dataset["worker"]! });
    this.client.start();
    this.flake = this.client.flake();
    this.frame = buildFrame();
    try {
      const { project, recorded } = await loadProject(this.slug);
      this.project = project;
      this.recorded = recorded;
    } catch (error) {
      this.replaceChildren(`The lab cannot open: ${(error as Error).message}`);
      return;
    }
    this.editor = plainEditor({
      edited: (path, text) => this.project.write(path, text, by),
      complete: () => Promise.resolve(undefined),
    });
    this.frame.text.append(this.editor.element);
    this.files = new FileTree(this.frame.files, this.project, (path) => this.show(path));
    this.replaceChildren(...this.frame.all);
    this.project.addEventListener("change", (event) => this.changed(event as ProjectChange));
    this.frame.stop.addEventListener("click", () => this.client.stop());
    this.frame.reset.addEventListener("click", () => this.project.reset("reset"));
    this.show(this.shown);
    for (const name of ["exercises", "terminal"] as const)
      void parts[name]?.().then(({ mount }) => mount(this, this.frame[name]));
    await this.evaluate();
    this.dataset["ready"] = "";
  }

  /** Shows a file in the editor. */
  private show(path: string): void {
    const text = this.project.files.get(path);
    if (text === undefined) return;
    this.shown = path;
    this.frame.fileName.textContent = path;
    this.editor.open(path, text);
    this.files.select(path);
  }

  private changed({ paths, by: who }: ProjectChange): void {
    this.files.render();
    if (who !== by)
      for (const path of paths) {
        const text = this.project.files.get(path);
        if (path === this.shown && text !== undefined) this.editor.replace(text);
        else this.editor.forget(path);
      }
    if (!this.project.files.has(this.shown)) this.show([...this.project.files.keys()][0] ?? "");
    void this.evaluate();
  }

  private async evaluate(): Promise<void> {
    this.busy(true);
    const outcome = await this.flake.evaluate(this.source());
    if (outcome.status === "stale") return;
    this.busy(false);
    const { tree, state } = this.frame;
    if (outcome.status === "ok") {
      tree.show(outcome.value.outputs, (path) => this.flake.read(path));
      state.textContent = "Evaluated with stand-ins";
    } else if (outcome.status === "failed") {
      tree.showFailure(outcome.failure);
      state.textContent = "Nix refuses this";
    } else {
      tree.showMessage(outcome.message);
      state.textContent = "Not evaluated";
    }
  }

  private busy(isBusy: boolean): void {
    this.frame.tree.toggleAttribute("aria-busy", isBusy);
    clearTimeout(this.stopTimer);
    if (!isBusy) this.frame.stop.hidden = true;
    else this.stopTimer = setTimeout(() => (this.frame.stop.hidden = false), 400);
  }
}

customElements.define("flake-lab", FlakeLab);
