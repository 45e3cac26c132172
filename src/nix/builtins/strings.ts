import { NixError } from "../eval/errors.ts";
import { withContext } from "../eval/strings.ts";
import { force, NixString, type Builtin } from "../eval/values.ts";
import { argument, coerce, forceAnyText, forceInt, forceList, forceStringValue } from "./support.ts";

function addContext(into: Set<string>, value: string | NixString): string {
  if (typeof value === "string") return value;
  for (const element of value.context) into.add(element);
  return value.text;
}

/** Finds, at each byte, the first of `from` that stands there; an empty one matches before every byte and at the end. */
function replaceAll(text: string, from: readonly string[], replacement: (index: number) => string): string {
  let result = "";
  let at = 0;
  while (at <= text.length) {
    const index = from.findIndex((one) => text.startsWith(one, at));
    if (index < 0) {
      result += text.charAt(at++);
      continue;
    }
    result += replacement(index);
    const { length } = from[index]!;
    if (length === 0) result += text.charAt(at++);
    else at += length;
  }
  return result;
}

/** Strings. */
export const stringBuiltins: readonly Builtin[] = [
  {
    name: "concatStringsSep",
    args: ["separator", "list"],
    run(_, separator, list) {
      const context = new Set<string>();
      const what = (which: string) => `while evaluating the ${which} passed to builtins.concatStringsSep`;
      const between = addContext(context, forceStringValue(separator, what("first argument (the separator string)")));
      const parts: string[] = [];
      const items = forceList(list, what("second argument (the list of strings to concat)"));
      for (let i = 0; i < items.length; i++) {
        const item = items[i]!;
        parts.push(
          typeof item === "string"
            ? item
            : coerce(
                item,
                context,
                "while evaluating one element of the list of strings to concat passed to builtins.concatStringsSep",
              ),
        );
      }
      return withContext(parts.join(between), context);
    },
  },
  {
    name: "replaceStrings",
    args: ["from", "to", "s"],
    run(_, from, to, s) {
      const patterns = forceList(from, argument("first", "replaceStrings"));
      const replacements = forceList(to, argument("second", "replaceStrings"));
      if (patterns.length !== replacements.length)
        throw new NixError(
          "eval",
          "'from' and 'to' arguments passed to builtins.replaceStrings have different lengths",
        );
      const one = "while evaluating one of the strings to replace passed to builtins.replaceStrings";
      const other = "while evaluating one of the replacement strings passed to builtins.replaceStrings";
      const texts = patterns.map((pattern) => forceAnyText(pattern, one));
      const context = new Set<string>();
      const text = addContext(context, forceStringValue(s, argument("third", "replaceStrings")));
      const cache = new Map<number, string>();
      const result = replaceAll(text, texts, (index) => {
        let replacement = cache.get(index);
        if (replacement === undefined) {
          replacement = addContext(context, forceStringValue(replacements[index]!, other));
          cache.set(index, replacement);
        }
        return replacement;
      });
      return withContext(result, context);
    },
  },
  {
    name: "stringLength",
    args: ["e"],
    run(_, e) {
      const value = force(e);
      if (typeof value === "string") return value.length;
      return coerce(value, new Set(), "while evaluating the argument passed to builtins.stringLength").length;
    },
  },
  {
    name: "substring",
    args: ["start", "len", "s"],
    run(_, start, len, s) {
      const what = (which: string) => `while evaluating the ${which} passed to builtins.substring`;
      const from = forceInt(start, what("first argument (the start offset)"));
      if (from < 0) throw new NixError("eval", "negative start position in 'substring'");
      const count = forceInt(len, what("second argument (the substring length)"));
      const context = new Set<string>();
      if (count === 0) {
        const value = force(s);
        if (typeof value === "string") return "";
        if (value instanceof NixString) return new NixString("", value.context);
      }
      const text = coerce(s, context, what("third argument (the string)"));
      const end = count < 0 ? text.length : Number(from) + Number(count);
      return withContext(text.slice(Number(from), end), context);
    },
  },
  {
    name: "toString",
    args: ["e"],
    run(_, e) {
      const value = force(e);
      if (typeof value === "string" || value instanceof NixString) return value;
      if (typeof value === "number") return String(value);
      const context = new Set<string>();
      return withContext(coerce(e, context, argument("first", "toString"), true, false), context);
    },
  },
];
