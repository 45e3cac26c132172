/** What is typed goes into the editor's state at once, and from there to the page. */
import { EditorView } from "@codemirror/view";

/**
 * CodeMirror lets the browser type into the page, and reads what came of it. Beside coloured text Chromium then writes the
 * colour into a style attribute, which the Content-Security-Policy refuses. Compositions must stay with the browser.
 */
export const typing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { inputType, data, isComposing } = event;
    if (inputType !== "insertText" || data === null || isComposing || view.composing || view.state.readOnly)
      return false;
    event.preventDefault();
    const { from, to } = view.state.selection.main;
    const insert = () =>
      view.state.update(view.state.replaceSelection(data), { userEvent: "input.type", scrollIntoView: true });
    const isTaken = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, data, insert));
    if (!isTaken) view.dispatch(insert());
    return true;
  },
});
