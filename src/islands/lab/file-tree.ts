/** The project's files with what Git says of them; each can be opened, renamed and deleted. */
import { element } from "../dom.ts";
import type { Project } from "./project.ts";

export type GitMark = "untracked" | "modified" | "staged" | "";

/** What `git status` would say of a file. */
export function gitMark({ files, index, head }: Project, path: string): GitMark {
  if (!index.has(path)) return "untracked";
  if (index.get(path) !== files.get(path)) return "modified";
  return head.get(path) === index.get(path) ? "" : "staged";
}

export class FileTree {
  private readonly place: HTMLElement;
  private readonly project: Project;
  private readonly open: (path: string) => void;
  private selected = "";

  constructor(place: HTMLElement, project: Project, open: (path: string) => void) {
    this.place = place;
    this.project = project;
    this.open = open;
    this.render();
  }

  select(path: string): void {
    this.selected = path;
    this.render();
  }

  render(): void {
    const list = element("ul");
    for (const path of [...this.project.files.keys()].sort()) {
      const mark = gitMark(this.project, path);
      const open = element(
        "button",
        { type: "button", "aria-current": path === this.selected ? "true" : undefined },
        path,
        ...(mark === "" ? [] : [" ", element("span", { class: "git-mark", "data-mark": mark }, mark)]),
      );
      open.addEventListener("click", () => this.open(path));
      list.append(element("li", {}, open));
    }
    this.place.replaceChildren(list);
  }
}
