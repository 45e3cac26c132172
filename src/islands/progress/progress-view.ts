/** The page of progress: what is kept, and export, import and reset. */
import { addressOf } from "../address.ts";
import { element, find } from "../dom.ts";
import { saveFile } from "../save-file.ts";
import { exportText, ImportError, importText, type Imported } from "./file.ts";
import { openStore, type ProgressStore } from "./store.ts";

class ProgressView extends HTMLElement {
  connectedCallback(): void {
    void openStore().then((store) => this.start(store));
  }

  private async start(store: ProgressStore): Promise<void> {
    const dialog = find(this, "dialog", HTMLDialogElement);
    const chooser = find(this, "#import", HTMLInputElement);
    find(this, "#export", HTMLButtonElement).addEventListener("click", () => void this.export(store));
    chooser.addEventListener("change", () => {
      const [file] = chooser.files ?? [];
      if (file) void this.import(store, file).finally(() => (chooser.value = ""));
    });
    find(this, "#reset", HTMLButtonElement).addEventListener("click", () => dialog.showModal());
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "reset") return;
      dialog.returnValue = "";
      void store.reset().then(() => this.say("Everything is forgotten."));
    });
    store.addEventListener("change", () => void this.show(store));
    await this.show(store);
    if (store.trouble !== undefined) this.say(store.trouble);
    this.dataset["ready"] = "";
  }

  private async show(store: ProgressStore): Promise<void> {
    const { lessons, exercises, projects } = await store.kept();
    // As `slugOf` of the ticks has it: imported, that would be one more request of every page.
    const links = this.querySelectorAll<HTMLAnchorElement>(".walk a");
    const here = new Set(Array.from(links, ({ pathname }) => pathname.split("/").at(-2)!));
    const labs = new Set(this.dataset["labs"]!.split(" "));
    // A file may come from a newer site, or from an older one: what it has is kept, and goes into the next file.
    const unknown = [...lessons.keys()].filter((slug) => !here.has(slug));
    const more = unknown.length === 0 ? "" : ` Kept, but not on this site: ${unknown.join(", ")}.`;
    find(this, ".count", HTMLElement).textContent =
      `${lessons.size - unknown.length} of ${here.size} lessons and ${count(exercises.size, "exercise")} done; ${count(projects.size, "lab")} with edited files.${more}`;
    find(this, ".labs", HTMLElement).replaceChildren(
      ...[...projects].map(([slug, { snapshot, saved }]) => {
        const files = count(Object.keys(snapshot.files).length, "file");
        const when = element("time", { datetime: saved }, new Date(saved).toLocaleString("en-GB"));
        const isHere = labs.has(slug);
        const name = isHere ? element("a", { href: addressOf(`/lab/${slug}/`) }, slug) : slug;
        const gone = isHere ? "" : "; kept, but not on this site";
        return element("li", {}, name, ` ${files}, saved `, when, gone);
      }),
    );
  }

  private async export(store: ProgressStore): Promise<void> {
    const text = exportText(await store.kept());
    saveFile("flakes-for-snakes-progress.json", new Blob([text], { type: "application/json" }));
    this.say("The file is on its way to your downloads.");
  }

  private async import(store: ProgressStore, file: File): Promise<void> {
    try {
      this.say(told(await importText(store, await file.text()), store.trouble));
    } catch (error) {
      if (error instanceof ImportError) this.say(`${file.name} is not taken. ${error.message} Nothing has changed.`);
      else this.say(`${file.name} could not be read.`);
    }
  }

  private say(words: string): void {
    find(this, "[role=status]", HTMLElement).textContent = words;
  }
}

function told({ lessons, exercises, projects, both }: Imported, trouble = ""): string {
  const news = [count(lessons, "lesson"), count(exercises, "exercise"), count(projects, "lab")].join(", ");
  const copies = both.map(({ path, copy }) => `${path} differed: the file's form is kept as ${copy}.`);
  return [`New from the file: ${news}.`, ...copies, trouble].join(" ").trim();
}

const count = (number: number, name: string): string => `${number} ${name}${number === 1 ? "" : "s"}`;

customElements.define("progress-view", ProgressView);
