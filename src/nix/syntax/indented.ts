import type { ConcatPart, Expr } from "./ast.ts";

/** A piece of an indented string: text (`plain` where it is no escape, so that its spaces count), or an expression. */
export interface IndentedPart {
  readonly pos: number;
  readonly value: string | Expr;
  readonly plain: boolean;
}

/** Strips the common indentation, as the Nix manual's "String literal" says; gives the parts that are left. */
export function stripIndentation(parts: readonly IndentedPart[]): ConcatPart[] {
  const indent = smallestIndent(parts);
  const result: ConcatPart[] = [];
  let atLineStart = true;
  let dropped = 0;
  parts.forEach((part, index) => {
    if (typeof part.value !== "string") {
      atLineStart = false;
      dropped = 0;
      result.push({ pos: part.pos, value: part.value, literal: false });
      return;
    }
    let text = "";
    for (const c of part.value) {
      if (!atLineStart) {
        text += c;
        if (c === "\n") atLineStart = true;
      } else if (c === " ") {
        if (dropped++ >= indent) text += c;
      } else {
        dropped = 0;
        text += c;
        if (c !== "\n") atLineStart = false;
      }
    }
    if (index === parts.length - 1) text = text.replace(/(\n) *$/, "$1");
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
    for (const c of part.value) {
      if (atLineStart) {
        if (c === " ") current++;
        else if (c === "\n") current = 0;
        else {
          atLineStart = false;
          smallest = Math.min(smallest, current);
        }
      } else if (c === "\n") {
        atLineStart = true;
        current = 0;
      }
    }
  }
  return smallest;
}
