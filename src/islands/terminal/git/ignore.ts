import type { Files } from "../../lab/project.ts";

interface Rule {
  readonly matches: RegExp;
  readonly isAgain: boolean;
  readonly foldersOnly: boolean;
}

/** Whether Git ignores a path by the project's `.gitignore` files; see gitignore(5). The last rule that fits decides. */
export function ignoredBy(files: Files): (path: string) => boolean {
  const rules = [...files]
    .filter(([path]) => /(^|\/)\.gitignore$/.test(path))
    .sort(([a], [b]) => a.length - b.length)
    .flatMap(([path, text]) =>
      text.split(/\r?\n/).flatMap((line) => readRule(line, path.slice(0, -".gitignore".length))),
    );
  const decide = (path: string, isFolder: boolean): boolean =>
    rules.findLast(({ matches, foldersOnly }) => (isFolder || !foldersOnly) && matches.test(path))?.isAgain === false;
  return (path) => {
    const parts = path.split("/");
    // What is in an ignored folder cannot be taken back by a later rule.
    return parts.some((_, at) => decide(parts.slice(0, at + 1).join("/"), at < parts.length - 1));
  };
}

function readRule(line: string, folder: string): Rule[] {
  const [, again = "", pattern = ""] = /^(!?)(.*?)\s*$/.exec(line) ?? [];
  if (pattern === "" || line.startsWith("#")) return [];
  const plain = pattern.replace(/\/$/, "");
  // A slash inside binds a pattern to its folder.
  const isBound = plain.includes("/");
  const start = escape(folder) + (isBound ? "" : "(?:.*/)?");
  const body = toPattern(plain.replace(/^\//, ""));
  return [{ matches: new RegExp(`^${start}${body}$`), isAgain: again === "!", foldersOnly: pattern.endsWith("/") }];
}

const escape = (text: string): string => text.replace(/[\\^$.+?()[\]{}|*]/g, "\\$&");

function toPattern(pattern: string): string {
  return pattern.replace(/\*\*\/|\/\*\*$|\*+|\?|\[!?[^\]]+\]|\\.|[^]/g, (part) => {
    if (part === "**/") return "(?:.*/)?";
    if (part === "/**") return "/.*";
    if (part.startsWith("*")) return "[^/]*";
    if (part === "?") return "[^/]";
    if (part.startsWith("[") && part.length > 2) return part.replace("[!", "[^");
    return escape(part.length === 2 ? part[1]! : part);
  });
}
