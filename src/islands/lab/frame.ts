/** The lab's parts on the page, empty. */
import { element, smallButton } from "../dom.ts";
import { OutputsTree } from "../outputs-tree.ts";
import { tabs } from "./tabs.ts";

function button(words: string, title: string): HTMLButtonElement {
  const made = smallButton(words);
  made.title = title;
  return made;
}

/** All elements that the lab fills. */
export function buildFrame() {
  const state = element("p", { class: "lab-state", role: "status" });
  const stop = button("Stop", "Ends the evaluation");
  stop.hidden = true;
  const reset = button("Reset", "All files as they were at the beginning");
  const progress = element("div", { "data-place": "progress" });
  const bar = element("header", { class: "lab-bar" }, state, progress, stop, reset);

  const files = element("nav", { class: "lab-files", "aria-label": "Files" });

  const fileName = element("span", { class: "title" });
  const add = button("git add", "Lets Git, and so the flake, see this file");
  const tidy = button(
    "Tidy",
    "Indents by brackets, and takes away blanks at line ends. It moves nothing to another line.",
  );
  const text = element("div", { class: "lab-text" });
  const problems = element("ul", { class: "lab-problems", "aria-label": "Errors", hidden: true });
  const editor = element(
    "section",
    { class: "lab-editor", "aria-label": "Editor" },
    element("header", {}, fileName, add, tidy),
    text,
    problems,
  );

  const notices = element("div", { class: "lab-notices" });
  const museum = element("div", { class: "lab-museum" });
  const tree = new OutputsTree();
  tree.setAttribute("label", "Outputs of the flake");
  const inputs = element("div", { class: "lab-inputs", tabindex: "0" });
  const machine = element("div", { class: "lab-machine", tabindex: "0" });
  const results = element(
    "section",
    { class: "lab-results", "aria-label": "What Nix makes of it" },
    notices,
    museum,
    tabs("Results", [
      { id: "outputs", name: "Outputs", panel: element("div", { class: "outputs" }, tree) },
      { id: "inputs", name: "Inputs", panel: inputs },
      { id: "machine", name: "On your machine", panel: machine },
    ]),
  );

  const exercises = element("div", { "data-place": "exercises" });
  const terminal = element("div", { "data-place": "terminal" });
  const all = [bar, element("div", { class: "lab-sides" }, files, editor, results), exercises, terminal];
  const places = { progress, exercises, terminal };
  return {
    all,
    state,
    stop,
    reset,
    files,
    fileName,
    add,
    tidy,
    text,
    problems,
    notices,
    museum,
    tree,
    inputs,
    machine,
    places,
  };
}

export type Frame = ReturnType<typeof buildFrame>;
