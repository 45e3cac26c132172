/** What a name means, under the pointer or, with F1, at the cursor. */
import { StateEffect, StateField, type Extension } from "@codemirror/state";
import {
  closeHoverTooltips,
  EditorView,
  hoverTooltip,
  keymap,
  showPanel,
  showTooltip,
  type Tooltip,
} from "@codemirror/view";
import { element } from "../../dom.ts";
import { meaningOf } from "./meanings.ts";
import { attributePathAt } from "./nix-tokens.ts";

function meaningAt({ state }: EditorView, at: number): (Tooltip & { readonly words: string }) | null {
  const word = state.wordAt(at);
  if (word === null) return null;
  const found = meaningOf(attributePathAt(state.doc.toString(), word.from));
  if (found === undefined) return null;
  const { name, meaning } = found;
  return {
    pos: word.from,
    end: word.to,
    above: true,
    words: `${name}: ${meaning}`,
    create: () => ({ dom: element("div", { class: "meaning" }, element("code", {}, name), ` ${meaning}`) }),
  };
}

const show = StateEffect.define<Tooltip | null>();

/** Stays until the cursor moves, or until Escape. */
const atCursor = StateField.define<Tooltip | null>({
  create: () => null,
  update(shown, { effects, docChanged, selection }) {
    const asked = effects.find((effect) => effect.is(show));
    if (asked !== undefined) return asked.value;
    return docChanged || selection !== undefined ? null : shown;
  },
  provide: (field) => showTooltip.from(field),
});

function explain(view: EditorView): boolean {
  const found = meaningAt(view, view.state.selection.main.head);
  const words = found?.words ?? "Nothing is known of this name.";
  view.dispatch({ effects: [closeHoverTooltips, show.of(found), EditorView.announce.of(words)] });
  return true;
}

function close(view: EditorView): boolean {
  if (view.state.field(atCursor) === null) return false;
  view.dispatch({ effects: show.of(null) });
  return true;
}

const keys = "Ctrl+Space completes, F1 explains a name, Tab leaves the editor.";

export const meanings: Extension = [
  hoverTooltip((view, at) => (view.state.field(atCursor) === null ? meaningAt(view, at) : null)),
  atCursor,
  keymap.of([
    { key: "F1", run: explain },
    { key: "Escape", run: close },
  ]),
  showPanel.of(() => ({ dom: element("div", { class: "keys" }, keys) })),
];
