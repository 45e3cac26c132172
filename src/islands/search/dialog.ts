/** The search over any page. */
import { element } from "../dom.ts";
import { SearchBox } from "./search-box.ts";

let dialog: HTMLDialogElement | undefined;

/** Opens the search, with what was asked before. */
export function openSearch(): void {
  dialog ??= makeDialog();
  if (!dialog.open) dialog.showModal();
  dialog.querySelector<SearchBox>("search-box")?.focus();
}

function makeDialog(): HTMLDialogElement {
  const made = element("dialog", { class: "search", "aria-label": "Search" }, new SearchBox());
  // A click on the dialog itself, not on what it holds, is one beside it; one on a result may lead to this very page.
  made.addEventListener("click", ({ target }) => {
    if (target === made || (target instanceof Element && target.closest("a"))) made.close();
  });
  // In a field for searches, Chromium takes the key to empty it.
  made.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    made.close();
  });
  document.body.append(made);
  return made;
}
