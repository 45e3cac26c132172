/** Finds the fenced code blocks of a Markdown or MDX text, with their places, without a Markdown library. */

/** One fenced block: its language, the rest of its opening line, its text and the line on which it opens (from 1). */
export interface Fence {
  language: string;
  meta: string;
  text: string;
  line: number;
}

/** All fences in order. A fence may be indented; as in CommonMark it closes with at least as many backticks. */
export function findFences(markdown: string): Fence[] {
  const fences: Fence[] = [];
  let open: { fence: Fence; ticks: string; indent: number; lines: string[] } | undefined;
  for (const [index, line] of markdown.split("\n").entries()) {
    const [, indent = "", ticks, info = ""] = /^( *)(`{3,})([^`]*)$/.exec(line) ?? [];
    if (open === undefined) {
      if (ticks === undefined) continue;
      const [, language = "", meta = ""] = /^\s*(\S*)\s*(.*?)\s*$/.exec(info) ?? [];
      open = { fence: { language, meta, text: "", line: index + 1 }, ticks, indent: indent.length, lines: [] };
    } else if (ticks !== undefined && ticks.length >= open.ticks.length && info.trim() === "") {
      fences.push({ ...open.fence, text: open.lines.map((each) => `${each}\n`).join("") });
      open = undefined;
    } else {
      const margin = open.indent;
      open.lines.push(line.slice(0, margin).trim() === "" ? line.slice(margin) : line);
    }
  }
  return fences;
}
