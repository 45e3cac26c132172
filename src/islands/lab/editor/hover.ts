/** What a name means, under the pointer. */
import { hoverTooltip, type Tooltip } from "@codemirror/view";
import { element } from "../../dom.ts";
import { meaningOf } from "./meanings.ts";
import { attributePathAt } from "./nix-tokens.ts";

export const meanings = hoverTooltip((view, at): Tooltip | null => {
  const word = view.state.wordAt(at);
  if (word === null) return null;
  const path = attributePathAt(view.state.doc.toString(), word.from);
  const found = meaningOf(path);
  if (found === undefined) return null;
  const { name, meaning } = found;
  return {
    pos: word.from,
    end: word.to,
    above: true,
    create: () => ({ dom: element("div", { class: "meaning" }, element("code", {}, name), ` ${meaning}`) }),
  };
});
