/** The project's files by folder, with what Git says of them; the file in view can be renamed and deleted. */
import { element, smallButton } from "../dom.ts";
import { PathError, type Project } from "./project.ts";

export type GitMark = "untracked" | "modified" | "staged" | "";

/** What `git status` would say of a file. */
export function gitMark({ files, index, head }: Project, path: string): GitMark {
  if (!index.has(path)) return "untracked";
  if (index.get(path) !== files.get(path)) return "modified";
  return head.get(path) === index.get(path) ? "" : "staged";
}

export class FileTree {
  private readonly project: Project;
  private readonly open: (path: string) => void;
  private readonly list = element("div", { class: "lab-file-list" });
  private readonly form = element("form", { hidden: true });
  private readonly field = element("input", {
    type: "text",
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
  });
  private readonly refusal = element("p", { class: "lab-refusal", role: "alert" });
  /** Folders that the reader opened or closed. */
  private readonly chosen = new Map<string, boolean>();
  private selected = "";
  /** What the list shows now: most keystrokes change nothing of it. */
  private shown = "";
  private readonly forSelected: readonly HTMLButtonElement[];
  private submit: (path: string) => void = () => {};

  constructor(place: HTMLElement, project: Project, open: (path: string) => void) {
    this.project = project;
    this.open = open;
    const make = smallButton("New file", () =>
      this.ask("Path of the new file", "", (path) => project.create(path, "files")),
    );
    const rename = smallButton("Rename", () =>
      this.ask(`New path of ${this.selected}`, this.selected, (path) => project.rename(this.selected, path, "files")),
    );
    const remove = smallButton("Delete", () => project.remove(this.selected, "files"));
    this.forSelected = [rename, remove];
    const take = element("button", { class: "small" }, "OK");
    const cancel = smallButton("Cancel", () => this.close(make));
    this.form.append(this.field, take, cancel);
    this.form.addEventListener("keydown", ({ key }) => key === "Escape" && this.close(make));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.finish(this.field.value.trim());
    });
    place.append(
      this.list,
      element("div", { class: "lab-file-actions" }, make, rename, remove),
      this.form,
      this.refusal,
    );
    this.render();
  }

  select(path: string): void {
    this.selected = path;
    this.render();
  }

  render(): void {
    const paths = [...this.project.files.keys()].sort();
    const shown = JSON.stringify([this.selected, ...paths.map((path) => [path, this.markOf(path)])]);
    if (shown === this.shown) return;
    this.shown = shown;
    for (const button of this.forSelected) button.disabled = this.selected === "";
    const hadFocus = this.list.contains(document.activeElement);
    this.list.replaceChildren(this.folder("", paths));
    if (hadFocus) this.list.querySelector<HTMLElement>("[aria-current]")?.focus({ preventScroll: true });
  }

  private ask(label: string, value: string, submit: (path: string) => void): void {
    this.submit = submit;
    this.field.value = value;
    this.field.setAttribute("aria-label", label);
    this.field.placeholder = value === "" ? "module.nix" : "";
    this.refusal.textContent = "";
    this.form.hidden = false;
    this.field.focus();
    this.field.select();
  }

  private finish(path: string): void {
    try {
      this.submit(path);
    } catch (error) {
      if (!(error instanceof PathError)) throw error;
      this.refusal.textContent = error.message;
      return;
    }
    this.form.hidden = true;
    this.refusal.textContent = "";
    this.open(path);
  }

  private close(next: HTMLElement): void {
    this.form.hidden = true;
    this.refusal.textContent = "";
    next.focus();
  }

  /** The files of a folder, then its folders; `paths` are all below it. */
  private folder(name: string, paths: readonly string[]): HTMLUListElement {
    const list = element("ul");
    const folders = new Map<string, string[]>();
    for (const path of paths) {
      const rest = path.slice(name.length);
      const slash = rest.indexOf("/");
      if (slash < 0) list.append(this.file(path, rest));
      else {
        const below = name + rest.slice(0, slash + 1);
        folders.set(below, [...(folders.get(below) ?? []), path]);
      }
    }
    for (const [below, inside] of folders) {
      const isOpen =
        this.chosen.get(below) ?? inside.some((path) => path === this.selected || this.markOf(path) !== "");
      const details = element(
        "details",
        { open: isOpen },
        element("summary", {}, below.slice(name.length)),
        this.folder(below, inside),
      );
      details.addEventListener("toggle", () => this.chosen.set(below, details.open));
      list.append(element("li", {}, details));
    }
    return list;
  }

  private markOf(path: string): GitMark {
    return gitMark(this.project, path);
  }

  private file(path: string, name: string): HTMLLIElement {
    const mark = this.markOf(path);
    const isSelected = path === this.selected;
    const open = element(
      "button",
      { type: "button", "aria-current": isSelected ? "true" : undefined, title: path },
      name,
      ...(mark === "" ? [] : [" ", element("span", { class: "git-mark", "data-mark": mark }, mark)]),
    );
    open.addEventListener("click", () => this.open(path));
    return element("li", {}, open);
  }
}
