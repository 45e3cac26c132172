/** The files that come out, as tabs, with the lines marked that the last change made. */
import type { GeneratedFile } from "#generator";
import { element, find, renderList, smallButton, tabByKey } from "../dom.ts";
import { colourNix, type Run } from "../nix-colours.ts";
import { lineChanges, type LineChanges } from "./line-changes.ts";

/** More lines than this are shown when they are asked for. */
const mostLines = 200;
/** Differences of longer files are not looked for. */
const longestCompared = 200_000;

/** The first lines of a text, or all. */
const linesOf = (text: string, most?: number): string[] =>
  (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n", most);

function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < text.length - 1; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

export class FilesView {
  private readonly tabs: HTMLElement;
  private readonly pane: HTMLElement;
  private readonly code: HTMLElement;
  private readonly rest: HTMLElement;
  private readonly about: HTMLElement;
  private files: readonly GeneratedFile[] = [];
  /** The texts before the last change; none before the first. */
  private before: ReadonlyMap<string, string> | undefined;
  /** What the last change did to each file that was looked at since. */
  private readonly changes = new Map<string, LineChanges | undefined>();
  private isSame = false;
  private selected = "flake.nix";
  private showAll = false;
  private frame = 0;

  constructor(root: HTMLElement) {
    this.tabs = find(root, "[role=tablist]", HTMLElement);
    this.pane = find(root, "[role=tabpanel]", HTMLElement);
    this.code = find(root, "[role=tabpanel] code", HTMLElement);
    this.rest = find(root, ".more-lines", HTMLElement);
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

  /** Shows files; what differs from those before is marked. */
  show(files: readonly GeneratedFile[]): void {
    const texts = new Map(this.files.map(({ path, text }) => [path, text]));
    this.isSame = files.length === texts.size && files.every(({ path, text }) => texts.get(path) === text);
    if (this.isSame) return;
    this.before = texts.size === 0 ? undefined : texts;
    this.files = files;
    this.changes.clear();
    this.render();
  }

  /** What the last change did, in words; empty where the files stayed as they were. */
  get changesInWords(): string {
    if (this.isSame) return "";
    const { before = new Map<string, string>(), files } = this;
    const gone = [...before.keys()].filter((path) => files.every((file) => file.path !== path));
    return [
      ...files.flatMap((file) => {
        const { added, removed } = this.changesOf(file) ?? { added: new Set(), removed: 0 };
        if (added.size + removed === 0) return [];
        return [`${file.path}: ${added.size} new ${added.size === 1 ? "line" : "lines"}, ${removed} gone`];
      }),
      ...gone.map((path) => `${path} is gone`),
    ].join("; ");
  }

  private isChanged({ path, text }: GeneratedFile): boolean {
    return this.before !== undefined && this.before.get(path) !== text;
  }

  private changesOf(file: GeneratedFile): LineChanges | undefined {
    const { path, text } = file;
    if (!this.changes.has(path))
      this.changes.set(
        path,
        this.isChanged(file) && text.length <= longestCompared
          ? lineChanges(linesOf(this.before?.get(path) ?? ""), linesOf(text))
          : undefined,
      );
    return this.changes.get(path);
  }

  private select(path: string): void {
    this.selected = path;
    this.showAll = false;
    this.render();
    this.pane.scrollTo(0, 0);
  }

  private onKey(event: KeyboardEvent): void {
    const at = this.files.findIndex(({ path }) => path === this.current?.path);
    const to = tabByKey(event, at, this.files.length);
    if (to === undefined) return;
    this.select(this.files[to]!.path);
    find(this.tabs, "[aria-selected=true]", HTMLElement).focus();
  }

  private render(): void {
    const file = this.current;
    if (file === undefined) return;
    this.renderTabs(file);
    this.about.textContent = file.about;
    const shown = linesOf(file.text, this.showAll ? undefined : mostLines);
    const runs = file.path.endsWith(".nix") ? colourNix(shown) : shown.map(plain);
    renderList(this.code, runs, lineElement);
    const changes = this.changesOf(file);
    let first: HTMLElement | undefined;
    for (const [index, line] of [...this.code.children].entries() as ArrayIterator<[number, HTMLElement]>) {
      set(line, "line", String(index + 1));
      const isMarked = set(line, "changed", changes?.added.has(index) === true ? "" : undefined);
      const isCut = set(line, "cut", changes?.removedBefore.has(index) === true ? "" : undefined);
      if (isMarked || isCut) first ??= line;
    }
    const more = countLines(file.text) - shown.length;
    this.rest.hidden = more === 0;
    this.rest.replaceChildren(...(more === 0 ? [] : [this.more(more)]));
    cancelAnimationFrame(this.frame);
    // In a frame of its own: to ask for a place before is to lay the page out twice.
    if (first) this.frame = requestAnimationFrame(() => this.reveal(first));
  }

  private renderTabs(file: GeneratedFile): void {
    renderList(
      this.tabs,
      this.files.map(({ path }) => path),
      (path) =>
        element(
          "button",
          { type: "button", role: "tab", id: `tab-${path}`, "aria-controls": this.pane.id, "data-path": path },
          path,
        ),
    );
    for (const [index, tab] of [...this.tabs.children].entries() as ArrayIterator<[number, HTMLElement]>) {
      const each = this.files[index]!;
      tab.setAttribute("aria-selected", String(each === file));
      tab.tabIndex = each === file ? 0 : -1;
      set(tab, "changed", this.isChanged(each) ? "" : undefined);
    }
    this.pane.setAttribute("aria-labelledby", `tab-${file.path}`);
  }

  private more(count: number): HTMLButtonElement {
    return smallButton(`Show ${count} more lines`, () => {
      this.showAll = true;
      this.render();
      this.pane.focus();
    });
  }

  private reveal(line: HTMLElement): void {
    const top = line.offsetTop - this.pane.offsetTop;
    if (top < this.pane.scrollTop || top > this.pane.scrollTop + this.pane.clientHeight - 40)
      this.pane.scrollTo({ top: top - this.pane.clientHeight / 3 });
  }
}

/** Sets a data attribute only where it is another: each setting costs a new look at the styles. Gives whether it is set. */
function set({ dataset }: HTMLElement, name: string, value: string | undefined): boolean {
  if (value === undefined) {
    if (dataset[name] !== undefined) delete dataset[name];
  } else if (dataset[name] !== value) dataset[name] = value;
  return value !== undefined;
}

const lineElement = (runs: readonly Run[]): HTMLElement =>
  element(
    "span",
    { class: "line" },
    ...runs.map(({ text, colour }) => (colour === "" ? text : element("span", { class: colour }, text))),
    "\n",
  );

const plainLines = new Map<string, readonly Run[]>();

/** The same line gives the same list, as with `colourNix`. */
function plain(text: string): readonly Run[] {
  const known = plainLines.get(text);
  if (known !== undefined) return known;
  if (plainLines.size > 5000) plainLines.clear();
  const runs: Run[] = [{ text, colour: /^\s*#/.test(text) ? "c" : "" }];
  plainLines.set(text, runs);
  return runs;
}
