/** A path pattern of a `_headers` file with the headers that it takes away from those of rules above it, and adds. */
export interface HeaderRule {
  path: string;
  matches: RegExp;
  /** In lower case. */
  removes: string[];
  headers: [name: string, value: string][];
}

/**
 * Reads a `_headers` file as Netlify and Cloudflare Pages do: a path in the first column (`*` stands for any text), then
 * its headers, indented. Lines that start with `#` are comments. `! Name` takes away what a rule above has set; of the
 * two, Cloudflare alone knows it.
 * @throws Error naming the line that is neither.
 */
export function parseHeaders(text: string): HeaderRule[] {
  const rules: HeaderRule[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const content = line.trim();
    if (content === "" || content.startsWith("#")) continue;
    const rule = rules.at(-1);
    const [, name, value] = /^\s+([\w-]+):\s*(.+?)\s*$/.exec(line) ?? [];
    const [, removed] = /^\s+!\s*([\w-]+)\s*$/.exec(line) ?? [];
    if (line.startsWith("/")) rules.push({ path: content, matches: pathPattern(content), removes: [], headers: [] });
    else if (rule !== undefined && removed !== undefined) rule.removes.push(removed.toLowerCase());
    else if (rule !== undefined && name !== undefined && value !== undefined) rule.headers.push([name, value]);
    else {
      const expected = rule === undefined ? "a path that starts with '/'" : "a path, or an indented 'Name: value'";
      throw new Error(`_headers:${index + 1}: expected ${expected}, found '${content}'`);
    }
  }
  return rules;
}

/** The headers of every rule that matches `path`, by lower-case name; values of the same name are joined by commas. */
export function headersFor(path: string, rules: HeaderRule[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { removes, headers } of rules.filter(({ matches }) => matches.test(path))) {
    for (const key of removes) found.delete(key);
    for (const [name, value] of headers) {
      const key = name.toLowerCase();
      const before = found.get(key);
      found.set(key, before === undefined ? value : `${before}, ${value}`);
    }
  }
  return found;
}

function pathPattern(path: string): RegExp {
  const parts = path.split("*").map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`);
}
