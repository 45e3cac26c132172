/** The files that come out, as tabs, with the lines marked that the last change made. */
import type { GeneratedFile } from "#generator";
import { element, find } from "../dom.ts";
import { colourNix, type Run } from "../nix-colours.ts";
import { lineChanges, type LineChanges } from "./line-changes.ts";

/** More lines than this are in the download only. */
const mostLines = 2000;

const linesOf = (text: string): string[] => text.replace(/\n$/, "").split("\n");

export class FilesView {
  private readonly tabs: HTMLElement;
  private readonly pane: HTMLElement;
  private readonly code: HTMLElement;
  private readonly about: HTMLElement;
  private files: readonly GeneratedFile[] = [];
  private readonly changes = new Map<string, LineChanges>();
  private selected = "flake.nix";

  constructor(root: HTMLElement) {
    this.tabs = find(root, "[role=tablist]", HTMLElement);
    this.pane = find(root, "[role=tabpanel]", HTMLElement);
    this.code = find(root, "[role=tabpanel] code", HTMLElement);
    this.about = find(root, ".about", HTMLElement);
    this.tabs.addEventListener("click", ({ target }) => {
      const tab = target instanceof Element ? target.closest<HTMLElement>("[role=tab]") : null;
      if (tab) this.select(tab.dataset["path"]!);
    });
    this.tabs.addEventListener("keydown", (event) => this.onKey(event));
  }

  /** The file in view. */
  get current(): GeneratedFile | undefined {
    return this.files.find(({ path }) => path === this.selected) ?? this.files[0];
  }

  /** Shows files; what differs from those before is marked. Gives what changed, in words. */
  show(files: readonly GeneratedFile[]): string {
    const before = new Map(this.files.map(({ path, text }) => [path, text]));
    const isFirst = this.files.length === 0;
    const changed = files.filter(({ path, text }) => before.get(path) !== text);
    const gone = [...before.keys()].filter((path) => files.every((file) => file.path !== path));
    if (changed.length === 0 && gone.length === 0) return "";
    this.files = files;
    this.changes.clear();
    if (!isFirst)
      for (const { path, text } of changed) {
        if (text.length > 200_000) continue;
        this.changes.set(path, lineChanges(linesOf(before.get(path) ?? ""), linesOf(text)));
      }
    this.render();
    return [
      ...Array.from(
        this.changes,
        ([path, { added, removed }]) =>
          `${path}: ${added.size} new ${added.size === 1 ? "line" : "lines"}, ${removed} gone`,
      ),
      ...gone.map((path) => `${path} is gone`),
    ].join("; ");
  }

  private select(path: string): void {
    this.selected = path;
    this.render();
    this.pane.scrollTo(0, 0);
  }

  private onKey(event: KeyboardEvent): void {
    const at = this.files.findIndex(({ path }) => path === this.current?.path);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: this.files.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.select(this.files[(to + this.files.length) % this.files.length]!.path);
    find(this.tabs, "[aria-selected=true]", HTMLElement).focus();
  }

  private render(): void {
    const file = this.current;
    if (file === undefined) return;
    const hadFocus = this.tabs.contains(document.activeElement);
    this.tabs.replaceChildren(
      ...this.files.map(({ path }) => {
        const isSelected = path === file.path;
        const tab = element(
          "button",
          {
            type: "button",
            role: "tab",
            id: `tab-${path}`,
            "aria-selected": String(isSelected),
            "aria-controls": "generated-file",
            tabindex: isSelected ? "0" : "-1",
            "data-path": path,
            "data-changed": this.changes.has(path),
          },
          path,
        );
        return tab;
      }),
    );
    if (hadFocus) find(this.tabs, "[aria-selected=true]", HTMLElement).focus({ preventScroll: true });
    this.pane.setAttribute("aria-labelledby", `tab-${file.path}`);
    this.about.textContent = file.about;
    const lines = linesOf(file.text);
    const shown = lines.slice(0, mostLines);
    const runs = file.path.endsWith(".nix") ? colourNix(shown) : shown.map((text) => [plain(text)]);
    const changes = this.changes.get(file.path);
    this.code.replaceChildren(
      ...runs.map((line, index) =>
        element(
          "span",
          {
            class: "line",
            "data-line": String(index + 1),
            "data-changed": changes?.added.has(index),
            "data-cut": changes?.removedBefore.has(index),
          },
          ...line.map(({ text, colour }) => (colour === "" ? text : element("span", { class: colour }, text))),
          "\n",
        ),
      ),
      ...(lines.length > mostLines
        ? [`… and ${lines.length - mostLines} lines more, which are in the download\n`]
        : []),
    );
    const first = this.code.querySelector<HTMLElement>("[data-changed], [data-cut]");
    if (first === null) return;
    const top = first.offsetTop - this.pane.offsetTop;
    if (top < this.pane.scrollTop || top > this.pane.scrollTop + this.pane.clientHeight - 40)
      this.pane.scrollTo({ top: top - this.pane.clientHeight / 3 });
  }
}

const plain = (text: string): Run => ({ text, colour: /^\s*#/.test(text) ? "c" : "" });
