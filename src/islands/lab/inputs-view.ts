/** The inputs of a flake as a graph: each input once, with its own inputs below it, and who follows whom. */
import type { InputGraph } from "#runtime";
import { element } from "../dom.ts";

type Edge = InputGraph["edges"][number];

export function showInputs(place: HTMLElement, { nodes, edges }: InputGraph): void {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const seen = new Set<string>();

  const inputsOf = (key: string): HTMLUListElement => {
    const list = element("ul");
    for (const edge of edges.filter(({ from }) => from === key)) list.append(item(edge));
    return list;
  };

  const item = ({ name, to, follows }: Edge): HTMLLIElement => {
    const node = byKey.get(to);
    const label = element("strong", {}, name);
    if (follows !== undefined)
      return element("li", { class: "follows" }, label, ` follows ${follows === "" ? "the flake itself" : follows}`);
    const { reference = "", rev = "", day = "", isFlake = true, hasStandIn = false } = node ?? {};
    const about = [
      rev === "" ? reference : reference.replace(rev, rev.slice(0, 7)),
      ...(day === "" ? [] : [`of ${day}`]),
      ...(isFlake ? [] : ["only files, no flake"]),
      ...(hasStandIn ? [] : ["not to be had here"]),
    ].join(", ");
    const made = element("li", {}, label, " ", element("span", { class: "about" }, about));
    if (seen.has(to)) made.append(element("span", { class: "about" }, " (see above)"));
    else {
      seen.add(to);
      const below = inputsOf(to);
      if (below.childElementCount > 0) made.append(below);
    }
    return made;
  };

  const list = inputsOf("root");
  list.setAttribute("aria-label", "Inputs");
  if (list.childElementCount === 0) place.replaceChildren(element("p", {}, "This flake has no inputs."));
  else place.replaceChildren(...(nodes.some(isMissing) ? [element("p", {}, needsNix)] : []), list);
}

const isMissing = ({ key, hasStandIn }: InputGraph["nodes"][number]): boolean => key !== "root" && !hasStandIn;

const needsNix = "Some of them are not to be had here. Outputs that touch those need a real Nix.";
