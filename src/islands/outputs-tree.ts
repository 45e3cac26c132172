/** A flake's outputs as a tree: opens lazily, by pointer and by keyboard as the pattern "tree view" of WAI-ARIA says. */
import type { Failure, Outcome, OutputNode, Place } from "#runtime";
import { element, renderList } from "./dom.ts";

export type { OutputNode };

/** Reads one output with what is in it. */
export type ReadOutput = (path: readonly string[]) => Promise<Outcome<OutputNode>>;

let lastId = 0;

export class OutputsTree extends HTMLElement {
  /** What the reader opened (`true`) and closed; it stays over edits. */
  private readonly chosen = new Map<string, boolean>();
  private readonly nodes = new WeakMap<HTMLElement, OutputNode>();
  private readOutput: ReadOutput | undefined;
  /** Where it is set, places in the flake are buttons that lead to them. */
  goTo: ((place: Place) => void) | undefined;

  /** Shows outputs in the place of those before. What reads as it did keeps its element: a reader may be within it. */
  show(outputs: readonly OutputNode[], readOutput: ReadOutput): void {
    this.readOutput = readOutput;
    const focused = document.activeElement;
    const key = focused instanceof HTMLElement && this.contains(focused) ? focused.dataset["key"] : undefined;
    if (outputs.length === 0) {
      this.replaceChildren(element("p", {}, "The flake has no outputs."));
      return;
    }
    const tree = this.querySelector<HTMLElement>("[role=tree]") ?? this.newTree();
    this.renderItems(tree, outputs, 1);
    const items = this.items();
    const again = items.find((item) => item.dataset["key"] === key);
    const reached = again ?? items.find((item) => item.tabIndex === 0) ?? items[0];
    for (const item of items)
      if ((item.tabIndex === 0) !== (item === reached)) item.tabIndex = item === reached ? 0 : -1;
    if (again !== document.activeElement) again?.focus();
    this.reopen(tree);
  }

  /** What was read lazily before an edit is read again. */
  private reopen(list: Element): void {
    for (const item of list.querySelectorAll<HTMLElement>("[role=treeitem][aria-expanded=false]"))
      if (this.chosen.get(item.dataset["key"]!)) void this.toggle(item, true);
  }

  private newTree(): HTMLElement {
    const tree = element("ul", { role: "tree", "aria-label": this.getAttribute("label") ?? "Outputs" });
    tree.addEventListener("keydown", (event) => this.onKey(event));
    tree.addEventListener("click", ({ target }) => {
      const item = target instanceof Element ? target.closest<HTMLElement>("[role=treeitem]") : null;
      if (!item || (target as Element).closest("button, summary")) return;
      this.focusItem(item);
      void this.toggle(item);
    });
    this.replaceChildren(tree);
    // What has no items to move between is itself reached by Tab, so that it can be scrolled.
    this.removeAttribute("tabindex");
    return tree;
  }

  /** Shows why there are no outputs, with the place in the flake. */
  showFailure(failure: Failure): void {
    this.tabIndex = 0;
    this.replaceChildren(element("div", { class: "failure" }, ...this.failureParts(failure)));
  }

  /** Shows why nothing was evaluated. */
  showMessage(message: string): void {
    this.tabIndex = 0;
    this.replaceChildren(element("p", {}, message));
  }

  private renderItems(list: HTMLElement, nodes: readonly OutputNode[], level: number): void {
    // What was read since is not in the new outputs, which begin closed there.
    for (const row of list.querySelectorAll(":scope > li > [data-read]")) row.parentElement!.remove();
    const keys = nodes.map((node, index) => JSON.stringify({ ...node, children: index, opens: opensOf(node) }));
    renderList(list, keys, (_, index) => this.item(nodes[index]!, level));
    for (const [index, node] of nodes.entries()) {
      const row = list.children[index]!.firstElementChild as HTMLElement;
      const { children } = node;
      this.nodes.set(row, node);
      setAttribute(row, "aria-posinset", String(index + 1));
      setAttribute(row, "aria-setsize", String(nodes.length));
      const isWanted =
        children !== undefined &&
        opensOf(node) &&
        (this.chosen.get(row.dataset["key"]!) ?? children.some(({ kind }) => kind !== "unread"));
      if (isWanted) this.expand(row, children);
      else if (row.getAttribute("aria-expanded") === "true") this.collapse(row);
    }
  }

  /** The item itself is a row: a group within it would become a part of its name. */
  private item(node: OutputNode, level: number): HTMLLIElement {
    const row = element(
      "div",
      {
        role: "treeitem",
        class: "row",
        "aria-level": String(level),
        "aria-expanded": opensOf(node) ? "false" : undefined,
        tabindex: "-1",
        "data-key": JSON.stringify(node.path),
      },
      ...this.rowParts(node),
    );
    return element("li", { role: "none" }, row);
  }

  private expand(row: HTMLElement, children: readonly OutputNode[]): void {
    let group = row.nextElementSibling as HTMLElement | null;
    if (group === null) {
      group = element("ul", { role: "group", id: `output-group-${++lastId}` });
      row.setAttribute("aria-expanded", "true");
      row.setAttribute("aria-owns", group.id);
      row.after(group);
    }
    this.renderItems(group, children, Number(row.getAttribute("aria-level")) + 1);
  }

  private collapse(row: HTMLElement): void {
    row.setAttribute("aria-expanded", "false");
    row.removeAttribute("aria-owns");
    row.nextElementSibling?.remove();
  }

  private async toggle(item: HTMLElement, wanted?: boolean): Promise<void> {
    const isOpen = item.getAttribute("aria-expanded");
    const node = this.nodes.get(item);
    if (isOpen === null || node === undefined || wanted === (isOpen === "true")) return;
    this.chosen.set(item.dataset["key"]!, isOpen !== "true");
    if (isOpen === "true") return this.collapse(item);
    if (node.children !== undefined) return this.expand(item, node.children);
    item.setAttribute("aria-busy", "true");
    const outcome = await this.readOutput?.(node.path);
    item.removeAttribute("aria-busy");
    // An edit has come meanwhile: the tree is another one.
    if (outcome === undefined || outcome.status === "stale" || !item.isConnected) return;
    if (outcome.status === "ok") {
      item.replaceChildren(...this.rowParts(outcome.value));
      item.dataset["read"] = "";
      if (outcome.value.children?.length) {
        this.expand(item, outcome.value.children);
        this.reopen(item.nextElementSibling!);
      } else item.removeAttribute("aria-expanded");
    } else if (outcome.status === "failed") item.append(...this.failureParts(outcome.failure));
    else item.append(element("span", { class: "message" }, outcome.message));
  }

  /** What can be seen: a closed item has its content not in the document. */
  private items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[role=treeitem]")];
  }

  private focusItem(item: HTMLElement): void {
    for (const other of this.querySelectorAll("[role=treeitem][tabindex='0']")) other.setAttribute("tabindex", "-1");
    item.setAttribute("tabindex", "0");
    item.focus();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement)) return;
    const item = event.target;
    const items = this.items();
    const at = items.indexOf(item);
    if (at < 0) return;
    const isOpen = item.getAttribute("aria-expanded");
    const parent = item.closest("[role=group]")?.previousElementSibling;
    const moves: Readonly<Record<string, () => Element | null | undefined | void>> = {
      ArrowDown: () => items[at + 1],
      ArrowUp: () => items[at - 1],
      Home: () => items[0],
      End: () => items.at(-1),
      ArrowRight: () => (isOpen === "false" ? void this.toggle(item, true) : isOpen === "true" ? items[at + 1] : null),
      ArrowLeft: () => (isOpen === "true" ? void this.toggle(item, false) : parent),
      Enter: () => void this.toggle(item),
      " ": () => void this.toggle(item),
    };
    const move = moves[event.key] ?? (event.key.length === 1 ? () => typedAhead(event.key, items, at) : undefined);
    if (move === undefined) return;
    event.preventDefault();
    const next = move();
    if (next instanceof HTMLElement) this.focusItem(next);
  }

  private rowParts(node: OutputNode): (HTMLElement | string)[] {
    const { attribute, kind, name, description, value, failure } = node;
    const part = (cssClass: string, text: string) => [" ", element("span", { class: cssClass }, text)];
    return [
      element("span", { class: "attribute" }, attribute),
      ...(["set", "value", "unread", "error"].includes(kind) ? [] : part("kind", kind)),
      ...(kind === "unread" ? part("kind", "not read yet") : []),
      ...(name === undefined ? [] : part("name", name)),
      ...(value === undefined ? [] : part("value", value)),
      ...(description ? part("description", description) : []),
      ...(failure === undefined ? [] : this.failureParts(failure)),
    ];
  }

  private failureParts({ message, place, suggestions, trace }: Failure): HTMLElement[] {
    const steps = this.goTo === undefined ? [] : trace.filter((step) => step.place !== undefined);
    return [
      element("span", { class: "message" }, message),
      ...(suggestions.length === 0 ? [] : [element("span", { class: "message" }, `Did you mean ${suggestions[0]}?`)]),
      ...(place === undefined ? [] : [this.placePart(place)]),
      ...(steps.length === 0
        ? []
        : [
            element(
              "details",
              { class: "trace" },
              element("summary", {}, "How Nix got there"),
              ...steps.map((step) => element("p", {}, `… ${step.text} `, this.placePart(step.place!))),
            ),
          ]),
    ];
  }

  private placePart(place: Place): HTMLElement {
    const words = `at ${placeInWords(place)}`;
    if (this.goTo === undefined || place.of !== "flake") return element("span", { class: "place" }, words);
    const button = element("button", { type: "button", class: "place" }, words);
    button.addEventListener("click", () => this.goTo?.(place));
    return button;
  }
}

const opensOf = (node: OutputNode): boolean => node.opens || (node.children?.length ?? 0) > 0;

/** Only where it is another: each setting costs a new look at the styles. */
function setAttribute(row: HTMLElement, name: string, value: string): void {
  if (row.getAttribute(name) !== value) row.setAttribute(name, value);
}

/** The next item whose name begins with a letter. */
function typedAhead(letter: string, items: readonly HTMLElement[], at: number): HTMLElement | undefined {
  const begins = (item: HTMLElement) => item.textContent.trim().toLowerCase().startsWith(letter.toLowerCase());
  return [...items.slice(at + 1), ...items.slice(0, at)].find(begins);
}

const placeInWords = ({ of, input, file, line, column }: Place): string =>
  `${file}:${line}:${column}${of === "input" && input !== undefined ? ` of ${input.replace(/\/[0-9a-f]{40}$/, "")}` : ""}`;

customElements.define("outputs-tree", OutputsTree);
