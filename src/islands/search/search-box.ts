/** A field and the list of what it finds: a combobox, in the dialog and on pages. */
import { element } from "../dom.ts";
import { find, type Found } from "./find.ts";

let boxes = 0;

export class SearchBox extends HTMLElement {
  readonly #id = `search-${++boxes}`;
  readonly #input = element("input", {
    type: "search",
    name: "q",
    role: "combobox",
    "aria-label": "Search lessons, glossary, errors and options",
    "aria-expanded": "false",
    "aria-controls": `${this.#id}-list`,
    "aria-autocomplete": "list",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    placeholder: "A word, an error, an option",
  });
  readonly #status = element("p", { class: "search-status", role: "status" });
  readonly #list = element("div", { id: `${this.#id}-list`, role: "listbox", "aria-label": "Found", hidden: true });
  /** Counts the questions, so that a slow answer to an old one is not shown. */
  #asked = 0;
  #current = -1;
  /** The question whose answers are shown. */
  #shown = "";
  /** Whether Enter was pressed before the answers were there. */
  #opensFirst = false;

  connectedCallback(): void {
    // What stands in the page is for readers without script.
    this.replaceChildren(this.#input, this.#status, this.#list);
    this.#input.addEventListener("input", () => void this.ask(this.#input.value));
    this.#input.addEventListener("keydown", (event) => this.#press(event));
    this.#status.textContent = emptyWords;
    this.dataset["ready"] = "";
  }

  /** Puts the cursor into the field and selects what stands there. */
  override focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  /** Shows what is found for a question. */
  async ask(question: string): Promise<void> {
    if (this.#input.value !== question) this.#input.value = question;
    const number = ++this.#asked;
    this.#opensFirst = false;
    if (question.trim() === "") return this.#show(question, [], emptyWords);
    if (this.#list.hidden) this.#status.textContent = "Searching…";
    // A word that is still being typed is not asked for.
    await new Promise((done) => setTimeout(done, 120));
    if (number !== this.#asked) return;
    try {
      const found = await find(question);
      if (number !== this.#asked) return;
      const none = `Nothing found for “${question.trim()}”. Try one word of it, or the name of a tool.`;
      this.#show(question, found, found.length === 0 ? none : `${found.length} found`);
      if (this.#opensFirst) this.#list.querySelector("a")?.click();
    } catch {
      if (number === this.#asked)
        this.#show(question, [], "The search could not be loaded. Are you online? Type again to retry.");
    }
  }

  #show(question: string, found: readonly Found[], words: string): void {
    this.#shown = question;
    this.#status.textContent = words;
    this.#list.replaceChildren(...found.map((each, index) => optionOf(each, `${this.#id}-${index}`)));
    this.#list.hidden = found.length === 0;
    this.#input.setAttribute("aria-expanded", String(found.length > 0));
    this.#select(found.length > 0 ? 0 : -1);
  }

  #select(index: number): void {
    const options = [...this.#list.querySelectorAll("a")];
    this.#current = index;
    for (const [number, option] of options.entries()) option.setAttribute("aria-selected", String(number === index));
    const option = options[index];
    if (option === undefined) return this.#input.removeAttribute("aria-activedescendant");
    this.#input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  #press(event: KeyboardEvent): void {
    const options = this.#list.querySelectorAll("a");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (event.key === "Enter" && this.#shown !== this.#input.value) this.#opensFirst = true;
    else if (options.length === 0) return;
    else if (step !== undefined) this.#select((this.#current + step + options.length) % options.length);
    else if (event.key === "Enter") options[this.#current]?.click();
    else return;
    event.preventDefault();
  }
}

const emptyWords = "Lessons, glossary, errors and options. ↑ and ↓ choose, Enter opens.";

function optionOf({ href, title, kind, section, excerpt }: Found, id: string): HTMLElement {
  const words = element("span", { class: "excerpt" });
  // Pagefind escapes the text of the page and adds nothing but <mark>.
  words.innerHTML = excerpt;
  return element(
    "a",
    { href, id, role: "option", "aria-selected": "false", tabindex: "-1" },
    element("span", { class: "kind" }, kind),
    element("span", { class: "title" }, section === undefined ? title : `${title}: ${section}`),
    words,
  );
}

customElements.define("search-box", SearchBox);
