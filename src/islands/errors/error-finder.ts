/** Shows the entry that a pasted error belongs to, with the line by which it was recognised, and filters the list. */
import { element, find } from "../dom.ts";
import { knownErrors } from "./known-errors.ts";
import { linesIn, nearest, recognise, type Found, type KnownError } from "./recognise.ts";

class ErrorFinder extends HTMLElement {
  connectedCallback(): void {
    const field = find(this, "textarea", HTMLTextAreaElement);
    const filter = find(document, "#filter", HTMLInputElement);
    let timer: ReturnType<typeof setTimeout>;
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => void this.look(field.value), 80);
    });
    filter.addEventListener("input", () => choose(filter.value));
    this.dataset["ready"] = "";
  }

  private async look(text: string): Promise<void> {
    const answer = find(this, ".answer", HTMLElement);
    if (text.trim() === "") return answer.replaceChildren();
    try {
      const entries = await knownErrors();
      // Another paste may have come meanwhile.
      if (find(this, "textarea", HTMLTextAreaElement).value !== text) return;
      const [first, ...others] = recognise(text, entries);
      answer.replaceChildren(...(first === undefined ? unknown(text, entries) : known(text, first, others)));
    } catch {
      answer.replaceChildren(
        element("p", {}, "The list of errors could not be loaded. The entries stand below all the same."),
      );
    }
  }
}

function known(text: string, { entry, index }: Found, others: readonly Found[]): Node[] {
  const lines = linesIn(text);
  const [from, to] = [Math.max(0, index - 3), index + 4];
  const shown = lines
    .slice(from, to)
    .flatMap((line, at) => [from + at === index ? element("mark", {}, line) : line, "\n"]);
  const copy = find(document, `[id="${entry.id}"] .meaning`, HTMLElement).cloneNode(true);
  return [
    element("h2", {}, link(entry)),
    element("pre", { tabindex: "0", "aria-label": "What you pasted, with the line that counts" }, ...shown),
    copy,
    ...(others.length === 0
      ? []
      : [element("p", {}, "Also in your text: ", ...separated(others.map((each) => each.entry)))]),
  ];
}

function unknown(text: string, entries: readonly KnownError[]): Node[] {
  const near = nearest(text, entries);
  return [
    element("h2", {}, "Not known here"),
    near.length === 0
      ? element(
          "p",
          {},
          "No entry has words in common with it. The last line that begins with “error” is often the one to search for.",
        )
      : element("p", {}, "These share some of its words, and may be something else: ", ...separated(near)),
  ];
}

const link = ({ id, title }: KnownError): HTMLAnchorElement => element("a", { href: `#${id}` }, title);

const separated = (entries: readonly KnownError[]): Node[] =>
  entries.flatMap((entry, index) => [new Text(index === 0 ? "" : "; "), link(entry)]);

/** Shows the entries that have all words, and the tools that have entries. */
function choose(text: string): void {
  const words = text.toLowerCase().split(/\s+/);
  for (const group of document.querySelectorAll<HTMLElement>(".errors > section")) {
    for (const entry of group.querySelectorAll("article"))
      entry.hidden = !words.every((word) => `${group.id} ${entry.textContent}`.toLowerCase().includes(word));
    group.hidden = group.querySelector("article:not([hidden])") === null;
  }
}

customElements.define("error-finder", ErrorFinder);
