/** The generator on a lesson's page: the form of its own page, with the state of the link in whose place it comes. */
import "../generate-form.ts";
import { element } from "../dom.ts";

/** @throws Error where the generator's page cannot be had */
export async function openIn(place: HTMLElement): Promise<void> {
  const link = place.querySelector("a")!;
  const answer = await fetch(link.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.querySelector<HTMLElement>("generate-form");
  if (found === null) throw new Error(`no form at ${link.href}: ${answer.status}`);
  // A copy that this document makes: its elements are alive before they are connected.
  const form = document.importNode(found, true);
  form.dataset["state"] = link.hash;
  form.tabIndex = -1;
  // The lesson has made these choices; who wants others opens them.
  const others = element("details", {}, element("summary", {}, "Approach and more choices"));
  others.append(...form.querySelectorAll("form > section:not(.given)"));
  form.querySelector("form")!.append(others);
  for (const left of form.querySelectorAll<HTMLElement>(".presets, .to-flake")) left.hidden = true;
  for (const more of form.querySelectorAll<HTMLElement>(".whole-page")) more.hidden = false;
  // A lesson's headings stand above it.
  for (const heading of form.querySelectorAll("h2, h3")) heading.ariaLevel = String(Number(heading.tagName[1]) + 1);
  place.replaceWith(form);
  form.focus({ preventScroll: true });
}
