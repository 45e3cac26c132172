/** Names from what the flake gives at the place of the cursor. */
import { autocompletion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import type { EditorHost } from "../text-editor.ts";
import { isNameAt } from "./nix-tokens.ts";

export function completion(path: string, complete: EditorHost["complete"]): Extension {
  return autocompletion({
    icons: false,
    override: [(context) => names(context, path, complete)],
  });
}

async function names(
  context: CompletionContext,
  path: string,
  complete: EditorHost["complete"],
): Promise<CompletionResult | null> {
  const begun = context.matchBefore(/\.[\w'-]*$/) ?? context.matchBefore(/[\w'-]{2,}$/);
  const text = context.state.doc.toString();
  // A question of no use would hold up the evaluation of the next edit.
  if (!context.explicit && (begun === null || !isNameAt(text, context.pos))) return null;
  const found = await complete(path, text, context.pos);
  if (context.aborted || found === undefined || found.names.length === 0) return null;
  return {
    from: found.from,
    options: found.names.filter((name) => /^[A-Za-z_][\w'-]*$/.test(name)).map((label) => ({ label })),
    validFor: /^[\w'-]*$/,
  };
}
