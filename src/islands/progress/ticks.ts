/** Ticks at the lessons that are done: in the map of the walk, and at the links to the lessons before and after. */
import { glance, onGlance } from "./glance.ts";

/** The lesson that a link leads to. */
export const slugOf = ({ pathname }: HTMLAnchorElement): string => /\/lessons\/([^/]+)\/$/.exec(pathname)?.[1] ?? "";

onGlance(() => {
  const { lessons } = glance();
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".walk a, lesson-pager a")) {
    const place = link.closest("li")?.querySelector(".number") ?? link.querySelector("span");
    const tick = place?.querySelector(".tick");
    if (!lessons.includes(slugOf(link))) tick?.remove();
    else if (!tick) {
      const made = document.createElement("span");
      made.className = "tick";
      made.role = "img";
      made.ariaLabel = "done";
      made.textContent = "✓";
      place?.append(made);
    }
  }
});
