/** Finds the entry of the error museum that a pasted text belongs to. Pure: the page and the tests share it. */

/** What is known of an error, as the page loads it (`/errors/patterns.json`). */
export interface KnownError {
  readonly id: string;
  readonly title: string;
  /** The error as people see it. */
  readonly text: string;
  /** Regular expressions; one that matches a line is enough. */
  readonly patterns: readonly string[];
}

export interface Found {
  readonly entry: KnownError;
  /** The line that was recognised, and its number from 0. */
  readonly line: string;
  readonly index: number;
}

/** Colours, links and other sequences for terminals. */
// oxlint-disable-next-line no-control-regex -- they are control characters
const sequences = /\u001b\[[\d;:?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[@-_]/g;

/** The lines of a text, without what a terminal or another system puts around them. */
export const linesIn = (text: string): string[] =>
  text
    .replace(sequences, "")
    .replaceAll(/[‘’]/g, "'")
    .split(/\r\n|\n|\r/)
    .map((line) => line.trimEnd());

/**
 * All entries that the text shows, the one that matters first. An error comes before a warning; what stands below in the text
 * before what stands above, as the cause does in Nix's traces; on one line, the pattern that says more.
 */
export function recognise(text: string, entries: readonly KnownError[]): Found[] {
  const lines = linesIn(text);
  const found = entries.flatMap((entry) => {
    const here = entry.patterns.flatMap((source) => {
      const pattern = new RegExp(source);
      const index = lines.findLastIndex((line) => pattern.test(line));
      return index < 0 ? [] : [{ entry, index, line: lines[index]!.trim(), weight: weightOf(source) }];
    });
    return here.sort(byImportance).slice(0, 1);
  });
  return found.sort(byImportance).map(({ entry, line, index }) => ({ entry, line, index }));
}

type Weighed = Found & { readonly weight: number };

function byImportance(a: Weighed, b: Weighed): number {
  const [left, right] = [a, b].map(({ line }) => Number(/^(evaluation )?warning:/i.test(line))) as [number, number];
  return left - right || b.index - a.index || b.weight - a.weight;
}

/** How much a pattern says: its characters that stand for themselves. */
const weightOf = (source: string): number => source.replaceAll(/\\[wds]|\[[^\]]*\]|[\\.*+?()|^$]/g, "").length;

/** The entries, at most three, that share most of the rarer words with the text. */
export function nearest(text: string, entries: readonly KnownError[]): KnownError[] {
  const words = wordsIn(text);
  const all = entries.map((entry) => ({ entry, words: wordsIn(`${entry.title}\n${entry.text}`) }));
  const commonness = (word: string): number => all.filter((each) => each.words.has(word)).length;
  return all
    .map((each) => {
      const shared = [...each.words].filter((word) => words.has(word));
      const score = shared.reduce((sum, word) => sum + Math.log((1 + all.length) / commonness(word)), 0);
      return { entry: each.entry, score: score / Math.sqrt(each.words.size) };
    })
    .filter(({ score }) => score > 1)
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ entry }) => entry);
}

/** Words that stand in nearly every message, and so say nothing. */
const common = new Set(
  "error warning the and for that with this not has from while nix home you contacts store source".split(" "),
);

function wordsIn(text: string): Set<string> {
  const words =
    linesIn(text.toLowerCase())
      .join(" ")
      .match(/[a-z][a-z0-9_-]{2,}/g) ?? [];
  return new Set(words.filter((word) => !common.has(word)));
}
