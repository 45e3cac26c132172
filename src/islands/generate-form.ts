/**
 * The generator: the reader's files and choices on one side, the flake on the other, at every keystroke. On its own page the
 * state is in the address; in a lesson it begins with `data-state`, and is in the link to that page.
 */
import {
  fromFragment,
  generate,
  generateInSteps,
  notesInWords,
  presets,
  toFragment,
  type ApproachId,
  type Generated,
  type Input,
} from "#generator";
import { element, find } from "./dom.ts";
import { offerPythons, readChoices, writeChoices } from "./generate/choice-fields.ts";
import { FilesView } from "./generate/files-view.ts";
import { GivenFiles } from "./generate/given-files.ts";
import { LiveOutputs } from "./generate/live-outputs.ts";
import { Report } from "./generate/report.ts";
import { OutputsTree } from "./outputs-tree.ts";

/** A longer fragment makes the address bar slow, and is too much for many places where links are pasted. */
const longestLink = 60_000;
/** What takes more milliseconds, or has more characters, is worked on in steps, with a rest after so many milliseconds. */
const slow = 40;
const long = 40_000;
const longestStep = 40;

/** Deprecated as a whole, and the only way to change a field so that the reader can undo it. */
interface EditingDocument {
  execCommand(command: "delete"): boolean;
}

class GenerateForm extends HTMLElement {
  private readonly given = new GivenFiles();
  private made: Generated | undefined;
  private live: LiveOutputs | undefined;
  /** What the last two updates took: the first of a page, and one that met with other work, say little alone. */
  private took: readonly [number, number] = [0, 0];
  /** The steps that are being done; a newer edit ends them. */
  private working: object | undefined;
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Whether a text that is being pasted will take the place of one that goes. */
  private isMakingRoom = false;
  /** What the field begins with; a reader's own files take its place. */
  private examples: readonly Input[] = presets.map(({ input }) => input);
  private form!: HTMLFormElement;
  private field!: HTMLTextAreaElement;
  private name!: HTMLInputElement;
  private view!: FilesView;
  private report!: Report;

  connectedCallback(): void {
    this.form = find(this, "form", HTMLFormElement);
    this.field = find(this, "#given-text", HTMLTextAreaElement);
    this.name = find(this, "#given-name", HTMLInputElement);
    this.view = new FilesView(this);
    this.report = new Report(this, (approach) => this.choose(approach));
    const { state } = this.dataset;
    this.listen(state !== undefined || !hasState());
    if (state === undefined) this.loadFromAddress();
    else {
      const given = fromFragment(state);
      this.examples = [given.input];
      this.load(given, true);
    }
    this.dataset["ready"] = "";
  }

  /** The generator's own page: it keeps the state in its address. */
  private loadFromAddress(): void {
    const isLink = hasState();
    this.load(isLink ? fromFragment(location.hash) : presets[0]!, isLink);
    addEventListener("hashchange", () => {
      if (!hasState() || location.hash.slice(1) === this.fragment()) return;
      this.load(fromFragment(location.hash), true);
    });
  }

  private listen(untouched: boolean): void {
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.field.addEventListener("focus", () => {
      // The example stands there to be replaced: what is pasted takes its place.
      if (untouched) this.field.select();
      untouched = false;
    });
    this.field.addEventListener("paste", ({ clipboardData }) => {
      // Chromium takes seconds to put a long text into the place of another, and a tenth of it into an empty field.
      if ((clipboardData?.getData("text").length ?? 0) < long) return;
      this.isMakingRoom = true;
      (document as EditingDocument).execCommand("delete");
      this.isMakingRoom = false;
    });
    this.form.addEventListener("input", ({ target }) => {
      if (this.isMakingRoom) return;
      // What is put in at once comes as an event for each of its lines: one is enough.
      if (target === this.field) {
        if (this.field.value === this.given.text) return;
        this.given.edit(this.field.value);
      } else if (target instanceof HTMLElement && target.closest(".given")) return;
      this.edited();
    });
    this.name.addEventListener("change", () => {
      this.given.rename(this.name.value.trim());
      this.showGiven();
      this.edited();
    });
    find(this, "#given-entry", HTMLSelectElement).addEventListener("change", ({ target }) => {
      this.given.chosenEntry = (target as HTMLSelectElement).value;
      this.edited();
    });
    const chooser = find(this, "#given-files", HTMLInputElement);
    chooser.addEventListener("change", () => {
      const chosen = [...(chooser.files ?? [])];
      chooser.value = "";
      void this.take(chosen);
    });
    const zone = find(this, ".given", HTMLElement);
    zone.addEventListener("dragover", (event) => {
      event.preventDefault();
      zone.dataset["over"] = "";
    });
    zone.addEventListener("dragleave", () => delete zone.dataset["over"]);
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      delete zone.dataset["over"];
      void this.take([...(event.dataTransfer?.files ?? [])]);
    });
    for (const button of this.querySelectorAll<HTMLButtonElement>("[data-preset]"))
      button.addEventListener("click", () => {
        untouched = true;
        this.load(
          presets.find(({ id }) => id === button.dataset["preset"])!,
          true,
        );
      });
    find(this, ".to-flake", HTMLAnchorElement).addEventListener("click", (event) => {
      // The fragment holds the state, and stays.
      event.preventDefault();
      find(this, "#result", HTMLElement).scrollIntoView();
      find(this, "#generated-file", HTMLElement).focus({ preventScroll: true });
    });
    find(this, "#copy-link", HTMLButtonElement).addEventListener("click", () => void this.copyLink());
    find(this, "#open-in-lab", HTMLButtonElement).addEventListener("click", () => void this.openInLab());
    find(this, "#download", HTMLButtonElement).addEventListener("click", () => void this.download());
  }

  private load({ input, choices }: ReturnType<typeof fromFragment>, isEdit: boolean): void {
    this.given.replace(input);
    writeChoices(this.form, choices);
    this.showGiven();
    // Not from the form, which cannot show all that a link may hold.
    this.update(isEdit, choices);
  }

  private choose(approach: ApproachId): void {
    writeChoices(this.form, { ...readChoices(this.form), approach });
    this.edited();
  }

  /** Chosen and dropped files come beside those that are there; the example and an empty field make room. */
  private async take(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    const texts = await Promise.all(files.map((file) => file.text().catch(() => undefined)));
    const isExample = this.examples.some((input) => JSON.stringify(input) === JSON.stringify(this.given.input));
    const isEmpty = Object.values(this.given.input.files).every((text) => text.trim() === "");
    const old = isExample || isEmpty ? this.given.names : [];
    const unread: string[] = [];
    files.forEach(({ name, webkitRelativePath }, index) => {
      const text = texts[index];
      if (text === undefined) unread.push(name);
      else this.given.add(webkitRelativePath || name, text);
    });
    if (unread.length < files.length)
      for (const name of old) if (files.every((file) => file.name !== name)) this.given.remove(name);
    this.given.current = this.given.entry;
    this.showGiven();
    this.edited();
    if (unread.length > 0) this.say(`${unread.join(", ")} could not be read.`);
  }

  /** The reader's files beside the field: their names, which is shown, and which to begin with. */
  private showGiven(): void {
    const { given } = this;
    const { shown } = given;
    this.name.value = given.current;
    this.field.value = shown ?? `${given.current} is too long to be edited here. It is read all the same.`;
    this.field.readOnly = shown === undefined;
    const isMany = given.names.length > 1;
    const list = find(this, ".given-list", HTMLElement);
    list.hidden = !isMany;
    list.replaceChildren(...given.names.map((name) => this.givenItem(name)));
    const entry = find(this, "#given-entry", HTMLSelectElement);
    entry.closest("p")!.hidden = !isMany;
    entry.replaceChildren(...given.names.map((name) => new Option(name, name, false, name === given.entry)));
  }

  private givenItem(name: string): HTMLLIElement {
    const open = element("button", { type: "button", "aria-pressed": String(name === this.given.current) }, name);
    open.addEventListener("click", () => {
      this.given.current = name;
      this.showGiven();
    });
    const remove = element("button", { type: "button", "aria-label": `Take ${name} out` }, "×");
    remove.addEventListener("click", () => {
      this.given.remove(name);
      this.showGiven();
      this.edited();
      this.field.focus();
    });
    return element("li", {}, open, remove);
  }

  private edited(): void {
    if (Math.min(...this.took) > slow || this.given.length > long) void this.updateInSteps();
    else this.update(true);
  }

  /** Generates with room for keys and frames in between. */
  private async updateInSteps(): Promise<void> {
    const steps = generateInSteps(this.given.input, readChoices(this.form));
    this.working = steps;
    let took = 0;
    const goesOn = async () => {
      await new Promise((next) => setTimeout(next));
      return this.working === steps;
    };
    for (let step; await goesOn();) {
      if (step?.done === true) {
        this.show(step.value, true, took);
        // A long flake takes its time to be handed over, too.
        if (await goesOn()) this.evaluate(step.value);
        return;
      }
      const start = performance.now();
      do step = steps.next();
      while (step.done !== true && performance.now() - start < longestStep);
      took += performance.now() - start;
    }
  }

  /** Generates and shows. Before the first edit the evaluator is not loaded. */
  private update(isEdit: boolean, chosen = readChoices(this.form)): void {
    this.working = undefined;
    const start = performance.now();
    const made = generate(this.given.input, chosen);
    this.show(made, isEdit, performance.now() - start);
    if (isEdit) this.evaluate(made);
  }

  /** Shows what took so many milliseconds to be made. */
  private show(made: Generated, isEdit: boolean, took: number): void {
    const start = performance.now();
    this.made = made;
    this.view.show(made.files);
    if (document.activeElement !== this.name) this.name.value = this.given.current;
    this.later("report", 60, () => {
      this.report.show(made);
      offerPythons(this.form, made.choices);
      this.showLink(isEdit);
    });
    this.took = [this.took[1], took + performance.now() - start];
    if (!isEdit) return;
    this.later("say", 700, () =>
      this.say(`${this.view.changesInWords || "The files stay as they are"}. ${summary(made)}`),
    );
  }

  private evaluate(made: Generated): void {
    this.live ??= new LiveOutputs(find(this, "outputs-tree", OutputsTree), this.dataset["worker"]!);
    void this.live.update(made);
  }

  /** The latest action under a name, after a pause. */
  private later(name: string, wait: number, action: () => void): void {
    clearTimeout(this.timers.get(name));
    this.timers.set(name, setTimeout(action, wait));
  }

  private say(words: string): void {
    find(this, "[role=status]", HTMLElement).textContent = words;
  }

  private fragment(): string {
    return toFragment({ input: this.given.input, choices: readChoices(this.form) });
  }

  /** Keeps the address in step, so that a bookmark or a reload has all of it. */
  private showLink(isEdit: boolean): void {
    const fragment = this.given.length > longestLink ? "" : this.fragment();
    const fits = fragment !== "" && fragment.length <= longestLink;
    find(this, "#copy-link", HTMLButtonElement).disabled = !fits;
    find(this, ".no-link", HTMLElement).hidden = fits;
    if (this.dataset["state"] !== undefined) find(this, ".whole-page", HTMLAnchorElement).hash = fits ? fragment : "";
    else if (isEdit)
      this.later("address", 300, () => history.replaceState(null, "", fits ? `#${fragment}` : location.pathname));
  }

  private async copyLink(): Promise<void> {
    const isPage = this.dataset["state"] === undefined;
    const page = isPage ? location.href : find(this, ".whole-page", HTMLAnchorElement).href;
    const link = new URL(`#${this.fragment()}`, page).href;
    if (isPage) history.replaceState(null, "", link);
    await navigator.clipboard.writeText(link).then(
      () => this.say("The link is copied. It holds everything that you put in."),
      () =>
        this.say(isPage ? "The link is in the address bar: copy it from there." : "Copy the link to the whole page."),
    );
  }

  private async openInLab(): Promise<void> {
    if (this.made === undefined) return;
    const { openInLab } = await import("./lab/handover.ts");
    try {
      openInLab(Object.fromEntries(this.made.files.map(({ path, text }) => [path, text])));
    } catch {
      this.say("This browser does not keep the files on the way to the lab. Download them instead.");
    }
  }

  private async download(): Promise<void> {
    if (this.made === undefined) return;
    const [{ zipOf }, { saveFile }] = await Promise.all([import("./generate/zip.ts"), import("./save-file.ts")]);
    const { name, files } = this.made;
    saveFile(`${name}.zip`, await zipOf(name, files).blob());
    this.say(`${name}.zip has ${files.length} files.`);
  }
}

/** Whether the fragment holds a state; others, such as `#main`, lead to a place in the page. */
const hasState = (): boolean => location.hash.includes("=");

function summary({ table, notes, problems }: Generated): string {
  const same = table.filter(({ verdict }) => verdict === "same").length;
  const count = notesInWords(notes).length + problems.length;
  return `${same} of ${table.length} packages as asked; ${count} ${count === 1 ? "note" : "notes"}.`;
}

customElements.define("generate-form", GenerateForm);
