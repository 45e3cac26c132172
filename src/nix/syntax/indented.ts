import type { ConcatPart, Expr } from "./ast.ts";

/** A piece of an indented string: text (`plain` where it is no escape, so that its spaces count), or an expression. */
export interface IndentedPart {
  readonly pos: number;
  readonly value: string | Expr;
  readonly plain: boolean;
}

const space = 32;
const newlineCode = 10;

/** Strips the common indentation, as the Nix manual's "String literal" says; gives the parts that are left. */
export function stripIndentation(parts: readonly IndentedPart[]): ConcatPart[] {
  const indent = smallestIndent(parts);
  const result: ConcatPart[] = [];
  let atLineStart = true;
  let dropped = 0;
  /** A text without the spaces that are stripped from its lines. */
  function stripped(value: string): string {
    let kept = "";
    for (let at = 0; at < value.length;) {
      if (!atLineStart) {
        const newline = value.indexOf("\n", at);
        const end = newline < 0 ? value.length : newline + 1;
        kept += value.slice(at, end);
        atLineStart = newline >= 0;
        at = end;
        continue;
      }
      const start = at;
      while (value.charCodeAt(at) === space) at++;
      const surplus = Math.min(at - start, dropped + at - start - indent);
      if (surplus > 0) kept += value.slice(at - surplus, at);
      dropped += at - start;
      if (at === value.length) break;
      dropped = 0;
      // An empty line leads to the start of the next one.
      if (value.charCodeAt(at) === newlineCode) kept += value[at++]!;
      else atLineStart = false;
    }
    return kept;
  }
  parts.forEach((part, index) => {
    if (typeof part.value !== "string") {
      atLineStart = false;
      dropped = 0;
      result.push({ pos: part.pos, value: part.value, literal: false });
      return;
    }
    let text = stripped(part.value);
    if (index === parts.length - 1) text = withoutLastIndent(text);
    if (text !== "") result.push({ pos: part.pos, value: { kind: "string", pos: -1, value: text }, literal: true });
  });
  return result;
}

function smallestIndent(parts: readonly IndentedPart[]): number {
  let atLineStart = true;
  let smallest = 1000000;
  let current = 0;
  for (const part of parts) {
    if (!part.plain || typeof part.value !== "string") {
      if (atLineStart) {
        atLineStart = false;
        smallest = Math.min(smallest, current);
      }
      continue;
    }
    const text = part.value;
    for (let at = 0; at < text.length;) {
      if (!atLineStart) {
        const newline = text.indexOf("\n", at);
        if (newline < 0) break;
        atLineStart = true;
        current = 0;
        at = newline + 1;
        continue;
      }
      const c = text.charCodeAt(at);
      if (c === space) {
        current++;
        at++;
      } else if (c === newlineCode) {
        current = 0;
        at++;
      } else {
        atLineStart = false;
        smallest = Math.min(smallest, current);
      }
    }
  }
  return smallest;
}

/** The spaces before the closing quotes do not count. */
function withoutLastIndent(text: string): string {
  let end = text.length;
  while (text.charCodeAt(end - 1) === space) end--;
  return text.charCodeAt(end - 1) === newlineCode ? text.slice(0, end) : text;
}
