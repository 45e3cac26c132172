/** A textarea as the lab's editor: where the other one cannot load. */
import { element } from "../dom.ts";
import type { EditorHost, TextEditor } from "./text-editor.ts";

export function plainEditor(host: EditorHost): TextEditor {
  let path = "";
  const field = element("textarea", {
    class: "plain-editor",
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    wrap: "off",
  });
  field.addEventListener("input", () => host.edited(path, field.value));
  return {
    element: field,
    open(opened, text) {
      path = opened;
      field.value = text;
      field.setAttribute("aria-label", `Text of ${path}`);
      field.setSelectionRange(0, 0);
    },
    replace(text) {
      if (field.value !== text) field.value = text;
    },
    forget() {},
    mark(problems) {
      field.ariaInvalid = problems.length > 0 ? "true" : null;
    },
    goTo(line, column) {
      const before = field.value.split("\n").slice(0, line - 1);
      const at = before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
      field.focus();
      field.setSelectionRange(at, at);
    },
    focus: () => field.focus(),
  };
}
