/** CodeMirror as the lab's editor. It is loaded when a lab opens. */
import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { diagnosticCount, lintKeymap, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension, type Text } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  ViewPlugin,
} from "@codemirror/view";
import { element } from "../../dom.ts";
import type { EditorHost, Problem, TextEditor } from "../text-editor.ts";
import { completion } from "./completion.ts";
import { meanings } from "./hover.ts";
import { nixMode } from "./nix-mode.ts";
import { theme } from "./theme.ts";
import { typing } from "./typing.ts";

// Tab stays with the page, so that the keyboard gets out of the editor; brackets and Ctrl+] indent.
const always: Extension = [
  lineNumbers(),
  highlightActiveLineGutter(),
  highlightSpecialChars(),
  history(),
  drawSelection(),
  indentOnInput(),
  indentUnit.of("  "),
  bracketMatching(),
  closeBrackets(),
  highlightActiveLine(),
  highlightSelectionMatches(),
  search({ top: true }),
  theme,
  typing,
  keymap.of([
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...searchKeymap,
    ...historyKeymap,
    ...completionKeymap,
    ...lintKeymap,
  ]),
];

/** The part of a text that differs, so that cursor and history stay where they are. */
function changeBetween(before: string, after: string): { from: number; to: number; insert: string } {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from++;
  let same = 0;
  while (same < shorter - from && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) };
}

function offsetOf(doc: Text, line: number, column: number): number {
  const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines));
  return Math.min(from + column - 1, to);
}

export function codeEditor(host: EditorHost): TextEditor {
  // CodeMirror puts its style sheets into a document as <style>, which the Content-Security-Policy refuses, and adopts
  // them in a shadow root.
  const root = element("div", { class: "code-editor" });
  const shadow = root.attachShadow({ mode: "open" });
  /** Made with the first file: an empty one would be drawn and measured for nothing. */
  let view: EditorView | undefined;
  /** Files that were open before, with their history. */
  const states = new Map<string, EditorState>();
  let path = "";
  let isFromElsewhere = false;

  const stateOf = (file: string, text: string): EditorState =>
    EditorState.create({
      doc: text,
      extensions: [
        always,
        ...(file.endsWith(".nix") ? [nixMode, meanings, completion(file, host.complete)] : []),
        // The field can be reached anyway; axe sees it by the index.
        EditorView.contentAttributes.of({ "aria-label": `Text of ${file}`, tabindex: "0" }),
        // Not a listener, which is called when the edit is drawn: the evaluator works on it meanwhile.
        ViewPlugin.define(() => ({
          update({ docChanged, state }) {
            if (docChanged && !isFromElsewhere) host.edited(file, state.doc.toString());
          },
        })),
      ],
    });

  const diagnosticOf = (doc: Text, { line, column, length, message }: Problem): Diagnostic => {
    const from = offsetOf(doc, line, column);
    const to = Math.min(from + length, doc.lineAt(from).to);
    return { from, to, severity: "error", message };
  };

  return {
    element: root,
    open(file, text) {
      if (view !== undefined) states.set(path, view.state);
      path = file;
      const state = states.get(file) ?? stateOf(file, text);
      if (view === undefined) view = new EditorView({ state, root: shadow, parent: shadow });
      else view.setState(state);
      this.replace(text);
    },
    replace(text) {
      const before = view?.state.doc.toString();
      if (view === undefined || before === undefined || before === text) return;
      isFromElsewhere = true;
      view.dispatch({ changes: changeBetween(before, text) });
      isFromElsewhere = false;
    },
    forget(file) {
      if (file !== path) states.delete(file);
    },
    mark(problems) {
      // Each dispatch lets the editor measure the page anew.
      if (view === undefined || (problems.length === 0 && diagnosticCount(view.state) === 0)) return;
      const { state } = view;
      view.dispatch(
        setDiagnostics(
          state,
          problems.map((problem) => diagnosticOf(state.doc, problem)),
        ),
      );
    },
    goTo(line, column) {
      if (view === undefined) return;
      const anchor = offsetOf(view.state.doc, line, column);
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
      view.focus();
    },
    focus: () => view?.focus(),
  };
}
