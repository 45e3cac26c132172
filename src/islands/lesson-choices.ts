/** Shows a lesson's commands and code for the reader's choices, which stand in the address and are remembered. */
import { inCode, inCommand, type Choices } from "../choices/rules.ts";

const key = "choices";

class LessonChoices extends HTMLElement {
  /** Each text that a choice can change, as it was written. */
  readonly #texts: { node: Text; written: string; place: Element | null }[] = [];

  connectedCallback(): void {
    for (const block of document.querySelectorAll("article pre, flake-panel pre")) {
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode as Text;
        const place = node.parentElement!.closest(".command, .terminal, .wrapped");
        if (place === null || place.matches(".command")) this.#texts.push({ node, written: node.data, place });
      }
    }
    this.addEventListener("change", () => this.#show(true));
    const asked = new URLSearchParams(location.search);
    const kept = remembered();
    // A link that names a choice shows what its sender saw: what it leaves out is the default, not what is kept here.
    const isLink = this.#selects.some(({ name }) => asked.has(name));
    const given = isLink ? asked : new URLSearchParams(kept ?? "");
    const wrong: string[] = [];
    for (const select of this.#selects) {
      const value = given.get(select.name);
      if (value === null) continue;
      if ([...select.options].some((option) => option.value === value)) select.value = value;
      else wrong.push(`'${value}' is not on the list '${select.name}'. Choose one from the list.`);
    }
    // Somebody who has chosen keeps the choice; a link then counts for its page alone.
    this.#show(isLink && kept === null);
    if (wrong.length === 0) return;
    this.querySelector("[role=status]")!.textContent = wrong.join(" ");
    this.querySelector("details")!.open = true;
  }

  get #selects(): HTMLSelectElement[] {
    return [...this.querySelectorAll("select")];
  }

  #show(remember: boolean): void {
    const address = new URL(location.href);
    for (const { name, value, selectedOptions, options } of this.#selects) {
      this.querySelector(`[data-chosen=${name}]`)!.textContent = selectedOptions[0]!.text;
      if (value === options[0]!.value) address.searchParams.delete(name);
      else address.searchParams.set(name, value);
    }
    history.replaceState(history.state, "", address);
    const chosen = Object.fromEntries(this.#selects.map(({ name, value }) => [name, value]));
    if (remember) {
      try {
        localStorage.setItem(key, `${new URLSearchParams(chosen)}`);
      } catch {
        // Storage may be forbidden: the address still holds the choice.
      }
    }

    const choices = chosen as unknown as Choices;
    for (const note of document.querySelectorAll(".choice-note")) note.remove();
    const others = this.#selects.some(({ selectedIndex }) => selectedIndex > 0);
    for (const foot of others ? document.querySelectorAll('.terminal .foot:not(:has([data-checked="not-run"]))') : [])
      foot.append(this.querySelector("template")!.content.cloneNode(true));
    for (const { node, written, place } of this.#texts) {
      const terminal = place?.closest(".terminal");
      node.data = terminal
        ? inCommand(written, choices, terminal.hasAttribute("data-fails"))
        : inCode(written, choices, this.dataset["oneSystem"] !== undefined);
    }
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

customElements.define("lesson-choices", LessonChoices);
