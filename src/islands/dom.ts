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

/** The element that a selector names. @throws Error where there is none: then page and script do not fit together. */
export function find<Kind extends Element>(root: ParentNode, selector: string, kind: new () => Kind): Kind {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the page has no '${selector}'`);
  return found;
}
