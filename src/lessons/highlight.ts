/** Code as HTML, coloured by classes: the Content-Security-Policy allows no style attributes. */
import type { HighlighterCore } from "shiki/core";

/** What a fence may say, and the grammar that reads it; `undefined` is text without colours. */
const grammars: Record<string, string | undefined> = {
  nix: "nix",
  python: "python",
  py: "python",
  sh: "shellscript",
  bash: "shellscript",
  zsh: "shellscript",
  fish: "fish",
  toml: "toml",
  ini: "ini",
  json: "json",
  html: "html",
  css: "css",
  yaml: "yaml",
  text: undefined,
  txt: undefined,
};

/** The classes and the scopes that they colour. A later entry wins where both match equally well. */
const scopesOfClasses: Record<string, string[]> = {
  c: ["comment", "punctuation.definition.comment"],
  s: ["string", "markup.inline.raw", "string punctuation.definition.string"],
  e: ["constant.character.escape", "punctuation.section.embedded", "punctuation.definition.template-expression"],
  n: ["constant.numeric", "constant.language", "constant.other.color"],
  k: ["keyword", "storage", "keyword.other", "keyword.control", "entity.name.tag", "support.type.property-name"],
  o: ["keyword.operator", "punctuation", "meta.brace"],
  f: ["entity.name.function", "support.function", "meta.function-call.generic", "entity.name.type", "support.class"],
};

// A theme gives tokens a colour, not a class. Each class gets a colour that means nothing but itself.
const classes = Object.keys(scopesOfClasses);
const colourOf = (index: number): string => `#0000${(index + 1).toString(16).padStart(2, "0")}`;
const classOfColour = new Map(classes.map((name, index) => [colourOf(index), name]));
const theme = {
  name: "classes",
  fg: "#ffffff",
  bg: "#000000",
  settings: [
    ...classes.map((name, index) => ({ scope: scopesOfClasses[name], settings: { foreground: colourOf(index) } })),
    // Within a string, a variable is not text.
    { scope: ["string variable", "string meta.embedded"], settings: { foreground: "#ffffff" } },
  ],
};

let loading: Promise<HighlighterCore> | undefined;

async function loadHighlighter(): Promise<HighlighterCore> {
  const { createHighlighterCore } = await import("shiki/core");
  const { createJavaScriptRegexEngine } = await import("shiki/engine/javascript");
  return createHighlighterCore({
    engine: createJavaScriptRegexEngine(),
    themes: [theme],
    langs: [
      import("shiki/langs/nix.mjs"),
      import("shiki/langs/python.mjs"),
      import("shiki/langs/shellscript.mjs"),
      import("shiki/langs/fish.mjs"),
      import("shiki/langs/toml.mjs"),
      import("shiki/langs/ini.mjs"),
      import("shiki/langs/json.mjs"),
      import("shiki/langs/html.mjs"),
      import("shiki/langs/css.mjs"),
      import("shiki/langs/yaml.mjs"),
    ],
  });
}

/** Text made safe for use in HTML. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);

/** The language that a file's name stands for, as far as it is one that `highlight` knows; else `text`. */
export function languageOf(path: string): string {
  const name = path.split("/").at(-1) ?? path;
  if (name.startsWith(".envrc")) return "sh";
  if (name === "uv.lock" || name === "poetry.lock") return "toml";
  if (name === "flake.lock") return "json";
  const extension = name.split(".").at(-1) ?? "";
  return extension in grammars ? extension : "text";
}

/**
 * The HTML of each line of the code: text and `<span class="…">`.
 * @throws Error naming a language that is not known.
 */
export async function highlight(code: string, language: string): Promise<string[]> {
  const text = code.replace(/\n$/, "");
  if (!(language in grammars)) {
    const known = Object.keys(grammars).join(", ");
    throw new Error(`the language '${language}' of a code block is not known; known are console, ${known}`);
  }
  const grammar = grammars[language];
  if (grammar === undefined) return text.split("\n").map(escapeHtml);
  const highlighter = await (loading ??= loadHighlighter());
  // Shiki gives up on a line after half a second: on a busy machine, the page would lose its colours.
  const { tokens } = highlighter.codeToTokens(text, { lang: grammar, theme: theme.name, tokenizeTimeLimit: 0 });
  return tokens.map((line) => {
    const runs: { name: string | undefined; text: string }[] = [];
    for (const { content, color } of line) {
      const name = classOfColour.get(color?.toLowerCase() ?? "");
      const last = runs.at(-1);
      // Blanks show no colour, so they join the run before them: fewer elements, a lighter page.
      if (last !== undefined && (last.name === name || content.trim() === "")) last.text += content;
      else runs.push({ name, text: content });
    }
    return runs
      .map(({ name, text: run }) => (name ? `<span class="${name}">${escapeHtml(run)}</span>` : escapeHtml(run)))
      .join("");
  });
}
