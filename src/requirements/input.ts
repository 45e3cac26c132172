/** Whether a text can be read at all, and in which format it is. */
import type { Format } from "./model.ts";

/** Longer than any list that people write, and than any lock file; in characters. */
const longest = 8_000_000;

/** Why a whole file is refused. */
export interface Refusal {
  readonly message: string;
  readonly help: string;
}

/** A text as it is to be read: without its BOM, and decoded anew where it was UTF-16. Else why it cannot be read. */
export function acceptText(text: string): string | Refusal {
  if (text.length > longest)
    return {
      message: `the file has ${Math.round(text.length / 1e6)} million characters, which no list of requirements has`,
      help: "Look whether it is the file that you meant; up to 8 million characters are read.",
    };
  // A byte-order mark, as a text of Unicode characters and as one of bytes.
  const plain = text.replace(/^(?:\ufeff|\u00ef\u00bb\u00bf)/, "");
  const start = plain.slice(0, 4096);
  if (/^\s*<(?:!doctype|html|\?xml|head|body)/i.test(start))
    return {
      message: "this is a web page, not a list of requirements",
      help: "Save the file itself: on GitHub, the button 'Raw' leads to it.",
    };
  if (!start.includes("\0")) return isBinary(start) ? binary : plain;
  return fromUtf16(plain) ?? binary;
}

const binary: Refusal = {
  message: "this is a binary file, not a list of requirements",
  help: "Choose the text file: requirements.txt, pyproject.toml, uv.lock or poetry.lock.",
};

/** More than one character in ten that no text has, or that could not be decoded. */
function isBinary(start: string): boolean {
  // oxlint-disable-next-line no-control-regex
  const strange = start.match(/[\x00-\x08\x0e-\x1f\ufffd]/g)?.length ?? 0;
  return strange > start.length / 10;
}

/** The text of a file that PowerShell wrote with `>`: UTF-16, of which only ASCII survives being read as UTF-8. */
function fromUtf16(text: string): string | undefined {
  const rest = text.replace(/^(?:\ufffd\ufffd|\u00ff\u00fe|\u00fe\u00ff)/, "");
  const little = /^[^\0]\0/.test(rest);
  const pairs = little ? /[\t\n\r\x20-\x7e]\0/g : /\0[\t\n\r\x20-\x7e]/g;
  const kept = rest.match(pairs);
  if (kept === null || kept.length * 2 < rest.length - 1) return undefined;
  return kept.map((pair) => pair[little ? 0 : 1]).join("");
}

/** Files of other tools, and the way from them to one that is read. */
const others: readonly [name: RegExp, help: string][] = [
  [/(?:^|\/)pipfile(?:\.lock)?$/i, "Run 'pipenv requirements > requirements.txt' and give that file."],
  [
    /(?:^|\/)(?:environment|conda)[^/]*\.ya?ml$/i,
    "Run 'pip list --format=freeze > requirements.txt' in that environment.",
  ],
  [/(?:^|\/)setup\.(?:py|cfg)$/i, "Run 'pip-compile' or 'uv pip compile' on it, and give the result."],
  [/(?:^|\/)pdm\.lock$/i, "Run 'pdm export -o requirements.txt' and give that file."],
];

/** Why a file of this name is refused, by its name alone. */
export function refuseByName(file: string): Refusal | undefined {
  const help = others.find(([name]) => name.test(file))?.[1];
  return help === undefined ? undefined : { message: `'${file}' is a format that is not read here`, help };
}

/** The format, by the file's name; where that says nothing, by what stands in it. */
export function formatOf(file: string, text: string): Format {
  const name = file.slice(file.lastIndexOf("/") + 1);
  if (name === "pyproject.toml" || name === "uv.lock" || name === "poetry.lock") return name;
  const start = text.slice(0, 20_000);
  if (/^\[\[package\]\]\s*$/m.test(start))
    return /^(?:source|requires-python)\s*=/m.test(start) ? "uv.lock" : "poetry.lock";
  if (/^\[(?:project|build-system|dependency-groups|tool\.[\w.-]+)\]\s*$/m.test(start)) return "pyproject.toml";
  return "requirements.txt";
}
