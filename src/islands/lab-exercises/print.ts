/** Text and differences as elements, in the markup of the lessons' pages. */
import type { LabExercise, PrintedBlock } from "#exercises";
import { element } from "../dom.ts";

/** One line of text in which backticks make code. */
export function inline(text: string): (Node | string)[] {
  return text.split(/`([^`]+)`/).map((part, index) => (index % 2 === 1 ? element("code", {}, part) : part));
}

/** Paragraphs, parted by empty lines. */
export function paragraphs(text: string): HTMLElement[] {
  return text
    .trim()
    .split(/\n\n+/)
    .map((paragraph) => element("p", {}, ...inline(paragraph)));
}

function lines(block: PrintedBlock, side: "old" | "new"): HTMLElement {
  const sign = block.kind === "same" ? " " : side === "old" ? "-" : "+";
  const printed = block[side].map(([number, text]) =>
    element(
      "span",
      { class: "line", "data-line": String(number) },
      element("span", { class: "sign" }, sign),
      `${text}\n`,
    ),
  );
  return element("pre", { class: side }, ...printed);
}

/** The solution: what changes in each file, and what Git is told. */
export function solution({ files, add }: LabExercise["solution"]): HTMLElement {
  const figures = files.map(({ file, hunks }) => {
    const print = (block: PrintedBlock): HTMLElement =>
      block.kind === "same"
        ? element("div", { class: "same" }, lines(block, "new"))
        : element("div", { class: "change" }, lines(block, "old"), lines(block, "new"));
    return element(
      "figure",
      { class: "code changes" },
      element("figcaption", {}, element("span", { class: "title" }, file)),
      element(
        "div",
        { class: "hunks", tabindex: "0" },
        ...hunks.map((hunk) => element("div", { class: "hunk" }, ...hunk.map(print))),
      ),
    );
  });
  const git =
    add.length > 0 ? element("p", {}, "Git is told: ", element("code", {}, `git add ${add.join(" ")}`)) : undefined;
  return element("div", { class: "exercise-solution" }, ...figures, git);
}
