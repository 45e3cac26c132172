/** Nix in CodeMirror: colours from our lexer, comments, brackets, and where a new line begins. */
import { indentService } from "@codemirror/language";
import { EditorState, RangeSetBuilder, type Extension } from "@codemirror/state";
import { Decoration, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from "@codemirror/view";
import { nixSpans, type Span } from "./nix-tokens.ts";

/** Longer texts have no colours: each keystroke reads all of it, which takes a millisecond for each 50,000 letters. */
const longest = 200_000;

const marks = new Map(["c", "s", "e", "n", "k", "f", "o"].map((name) => [name, Decoration.mark({ class: name })]));

class NixColours {
  private spans: readonly Span[] = [];
  decorations: DecorationSet;

  constructor(view: EditorView) {
    this.read(view);
    this.decorations = this.decorate(view);
  }

  update(update: ViewUpdate): void {
    if (update.docChanged) this.read(update.view);
    if (update.docChanged || update.viewportChanged) this.decorations = this.decorate(update.view);
  }

  private read({ state: { doc } }: EditorView): void {
    this.spans = doc.length > longest ? [] : nixSpans(doc.toString());
  }

  private decorate({ visibleRanges }: EditorView): DecorationSet {
    const builder = new RangeSetBuilder<Decoration>();
    let next = 0;
    for (const { from, to } of visibleRanges) {
      while (next < this.spans.length && this.spans[next]!.to <= from) next++;
      for (; next < this.spans.length && this.spans[next]!.from < to; next++) {
        const span = this.spans[next]!;
        builder.add(span.from, span.to, marks.get(span.colour)!);
      }
    }
    return builder.finish();
  }
}

/** A new line begins as the one before, and deeper after what opens. */
const indentation = indentService.of((context, at) => {
  const line = context.lineAt(at);
  const before = context.state.doc.lineAt(Math.max(0, line.from - 1));
  const own = /^\s*/.exec(before.text)![0].length;
  const opens = /(?:[[{(=:]|''|\b(?:let|then|else))\s*$/.test(before.text) ? 2 : 0;
  const closes = /^\s*(?:[\])}]|in\b)/.test(context.textAfterPos(at)) ? 2 : 0;
  return Math.max(0, own + opens - closes);
});

export const nixMode: Extension = [
  ViewPlugin.fromClass(NixColours, { decorations: (colours) => colours.decorations }),
  indentation,
  EditorState.languageData.of(() => [
    {
      commentTokens: { line: "#", block: { open: "/*", close: "*/" } },
      closeBrackets: { brackets: ["(", "[", "{", '"'] },
      indentOnInput: /^\s*(?:[\])}]|in\b)$/,
      wordChars: "-'",
    },
  ]),
];
