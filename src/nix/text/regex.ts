import { Failure } from "./failure.ts";
import { compileAutomaton, type Automaton } from "./regex-compile.ts";
import { RegexSearch } from "./regex-search.ts";
import { RegexProblem } from "./regex-scan.ts";

/** A pattern of `builtins.match` and `builtins.split`, ready for use. */
export interface Regex {
  readonly pattern: string;
  readonly automaton: Automaton;
}

/** What each group matched; `null` for a group that took no part. */
export type Groups = (string | null)[];

/** Compiles a pattern; throws as Nix does on one that `std::regex` refuses. */
export function compileRegex(pattern: string): Regex {
  try {
    return { pattern, automaton: compileAutomaton(pattern) };
  } catch (error) {
    if (!(error instanceof RegexProblem)) throw error;
    throw error.code === "space" ? tooMuch(pattern) : new Failure(`invalid regular expression '${pattern}'`, "eval");
  }
}

function tooMuch(pattern: string): Failure {
  return new Failure(`memory limit exceeded by regular expression '${pattern}'`, "eval");
}

/** A function that compiles each pattern once and keeps the `size` that were used last. */
export function regexCache(size = 1000): (pattern: string) => Regex {
  const kept = new Map<string, Regex>();
  return (pattern) => {
    const regex = kept.get(pattern) ?? compileRegex(pattern);
    kept.delete(pattern);
    kept.set(pattern, regex);
    if (kept.size > size) kept.delete(kept.keys().next().value!);
    return regex;
  };
}

function guarded<Result>(pattern: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof RegexProblem) throw tooMuch(pattern);
    throw error;
  }
}

/** `builtins.match`: the groups when the whole text matches, else `null`. */
export function matchRegex({ pattern, automaton }: Regex, text: string): Groups | null {
  return guarded(pattern, () => {
    const found = new RegexSearch(automaton, text, true).matchAt(0, false);
    return found && groupsOf(found, text);
  });
}

function groupsOf(spans: Int32Array, text: string): Groups {
  const groups: Groups = [];
  for (let i = 2; i < spans.length; i += 2) {
    const start = spans[i]!;
    groups.push(start < 0 ? null : text.slice(start, spans[i + 1]));
  }
  return groups;
}

/** `builtins.split`: the parts between matches, and between them the groups of each match. */
export function splitRegex({ pattern, automaton }: Regex, text: string): (string | Groups)[] {
  return guarded(pattern, () => {
    const search = new RegexSearch(automaton, text, false);
    const parts: (string | Groups)[] = [];
    let from = 0;
    for (let found = search.find(0); found; found = next(search, found, text.length)) {
      parts.push(text.slice(from, found[0]), groupsOf(found, text));
      from = found[1]!;
    }
    parts.push(text.slice(from));
    return parts;
  });
}

/** The match after `found`: after an empty one, first a match that is not empty is tried at the same place. */
function next(search: RegexSearch, found: Int32Array, length: number): Int32Array | null {
  const end = found[1]!;
  if (found[0] !== end) return search.find(end);
  if (end === length) return null;
  return search.matchAt(end, true) ?? search.find(end + 1);
}
