/** Colours for Nix text in the page, by the classes that the build gives to code. Shiki would weigh more than the page. */

/** A piece of a line; `""` has no colour. */
export interface Run {
  readonly text: string;
  readonly colour: "" | "c" | "s" | "e" | "k" | "n" | "o";
}

const code =
  /(?<c>#.*)|(?<open>''|")|(?<k>\b(?:let|in|if|then|else|with|inherit|rec|assert|or)\b)|(?<n>\b(?:\d+|true|false|null)\b)|(?<o>[{}()[\];=:,.?@+/&|!<>-]+)|[^#'"{}()[\];=:,.?@+/&|!<>\s\d-]+|\s+|./y;
const indented = /(?<e>''(?:\$|'|\\.)|\$\$)|(?<open>\$\{)|(?<close>'')|[^'$\n]+|./y;
const quoted = /(?<e>\\.|\$\$)|(?<open>\$\{)|(?<close>")|[^"\\$\n]+|./y;

/** What is open where a line begins: text of either kind, and code within `${`, with the braces that are open in it. */
interface Open {
  kind: "code" | '"' | "''";
  braces: number;
}

/** A line that stands again where the same is open has the same colours. */
const known = new Map<
  string,
  { readonly runs: readonly Run[]; readonly open: readonly Open[]; readonly key: string }
>();
const mostKnown = 5000;

/** The runs of each line. A line that was coloured before gives the same list of runs. */
export function colourNix(lines: readonly string[]): (readonly Run[])[] {
  let open: readonly Open[] = [{ kind: "code", braces: 0 }];
  let before = "";
  return lines.map((line) => {
    const key = `${before}\n${line}`;
    let found = known.get(key);
    if (found === undefined) {
      const after = open.map((each) => ({ ...each }));
      const runs = colourLine(line, after);
      found = { runs, open: after, key: after.map(({ kind, braces }) => `${kind}${braces}`).join(" ") };
      if (known.size >= mostKnown) known.clear();
      known.set(key, found);
    }
    ({ open, key: before } = found);
    return found.runs;
  });
}

/** The runs of one line; `stack` is what is open, and is changed by it. */
function colourLine(line: string, stack: Open[]): Run[] {
  const runs: Run[] = [];
  const add = (text: string, colour: Run["colour"]) => {
    const last = runs.at(-1);
    if (last !== undefined && (last.colour === colour || text.trim() === ""))
      runs[runs.length - 1] = { text: last.text + text, colour: last.colour };
    else runs.push({ text, colour });
  };
  for (let at = 0; at < line.length;) {
    const top = stack.at(-1)!;
    // Within `${`, a closing brace may end it, so that braces are taken one by one.
    const brace = top.kind === "code" && stack.length > 1 ? line[at] : undefined;
    if (brace === "{" || brace === "}") {
      top.braces += brace === "{" ? 1 : -1;
      if (top.braces < 0) stack.pop();
      add(brace, top.braces < 0 ? "e" : "o");
      at++;
      continue;
    }
    const pattern = top.kind === "code" ? code : top.kind === '"' ? quoted : indented;
    pattern.lastIndex = at;
    const match = pattern.exec(line)!;
    const { c, k, n, o, e, open, close } = match.groups!;
    let text = match[0];
    if (top.kind === "code") {
      // The same holds for a run of signs that has a brace in it.
      if (o !== undefined && stack.length > 1) text = /^[^{}]+/.exec(text)?.[0] ?? text[0]!;
      if (open !== undefined) stack.push({ kind: open === '"' ? '"' : "''", braces: 0 });
      add(text, c ? "c" : open ? "s" : k ? "k" : n ? "n" : o ? "o" : "");
    } else {
      if (open !== undefined) stack.push({ kind: "code", braces: 0 });
      if (close !== undefined) stack.pop();
      add(text, e || open ? "e" : "s");
    }
    at += text.length;
  }
  return runs;
}
