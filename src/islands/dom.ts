/** Makes elements: what a page needs of a framework, in a few lines. */

type Content = Node | string | undefined;

/** An element with attributes and content. `true` is an attribute without a value; `undefined` and `false` leave it out. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | boolean | undefined>> = {},
  ...content: readonly Content[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  made.append(...content.filter((each) => each !== undefined));
  return made;
}

/** A small button, and what a click on it does. */
export function smallButton(words: string, act?: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", class: "small" }, words);
  if (act !== undefined) made.addEventListener("click", act);
  return made;
}

/** The element that a selector names. @throws Error where there is none: then page and script do not fit together. */
export function find<Kind extends Element>(root: ParentNode, selector: string, kind: new () => Kind): Kind {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the page has no '${selector}'`);
  return found;
}

/** The index of the tab to which a key leads, as the pattern "tabs" of WAI-ARIA says. Other keys stay with the page. */
export function tabByKey(event: KeyboardEvent, at: number, count: number): number | undefined {
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: count - 1 }[event.key];
  if (to === undefined) return undefined;
  event.preventDefault();
  return (to + count) % count;
}

/** The key with which each child was made. */
const keys = new WeakMap<Element, unknown>();

/**
 * Makes the children of an element those of a list. Where the list begins and ends as it did, its elements stay; those
 * between are taken again by their key, or made.
 */
export function renderList<Key>(
  parent: Element,
  list: readonly Key[],
  make: (key: Key, index: number) => Element,
): void {
  const old = [...parent.children];
  let start = 0;
  while (start < old.length && start < list.length && keys.get(old[start]!) === list[start]) start++;
  let oldEnd = old.length;
  let end = list.length;
  while (oldEnd > start && end > start && keys.get(old[oldEnd - 1]!) === list[end - 1])
    [oldEnd, end] = [oldEnd - 1, end - 1];
  const free = new Map<unknown, Element>();
  for (const element of old.slice(start, oldEnd)) free.set(keys.get(element), element);
  const between = list.slice(start, end).map((key, index) => {
    const again = free.get(key);
    free.delete(key);
    const element = again ?? make(key, start + index);
    keys.set(element, key);
    return element;
  });
  const kept = new Set(between);
  for (const element of old.slice(start, oldEnd)) if (!kept.has(element)) element.remove();
  let next = old[oldEnd] ?? null;
  for (const element of between.reverse()) {
    if (element.nextElementSibling !== next || element.parentElement !== parent) parent.insertBefore(element, next);
    next = element;
  }
}
