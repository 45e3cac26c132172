/** The whole state in a link's fragment: nothing of it is sent to a server. */
import { choices as allChoices, defaultChoices, type Choices } from "./choices.ts";
import type { Input } from "./plan.ts";
import { decodePercent } from "#requirements";
import { isWellFormed } from "./text/nix.ts";

/** What a link holds. */
export interface LinkState {
  readonly input: Input;
  readonly choices: Partial<Choices>;
}

const encode = (text: string): string =>
  encodeURIComponent(isWellFormed(text) ? text : text.replace(/\p{Cs}/gu, "\ufffd"));

/** The fragment, without `#`: what is as by default is left out. Files are `file.NAME=TEXT`, the first one is the entry. */
export function toFragment({ input, choices }: LinkState): string {
  const parts: [string, string][] = [];
  for (const { id, kind } of allChoices) {
    const value = choices[id];
    if (value === undefined || JSON.stringify(value) === JSON.stringify(defaultChoices[id])) continue;
    if (kind === "pairs")
      for (const [name, text] of Object.entries(value)) parts.push([`${id}.${name}`, text as string]);
    else if (kind === "switch") parts.push([id, value === true ? "yes" : "no"]);
    else parts.push([id, Array.isArray(value) ? value.join(",") : (value as string)]);
  }
  const names = [input.entry, ...Object.keys(input.files).filter((name) => name !== input.entry)];
  for (const name of names) if (Object.hasOwn(input.files, name)) parts.push([`file.${name}`, input.files[name]!]);
  return parts.map(([name, text]) => `${encode(name)}=${encode(text)}`).join("&");
}

/** What a fragment says. Names that it does not know it leaves out; values are as they stand there, for `generate` to check. */
export function fromFragment(fragment: string): LinkState {
  const choices: Record<string, unknown> = {};
  const env: Record<string, string> = {};
  const files: Record<string, string> = {};
  let entry: string | undefined;
  for (const part of fragment.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at < 0) continue;
    const name = decodePercent(part.slice(0, at));
    const text = decodePercent(part.slice(at + 1));
    if (name.startsWith("file.")) {
      const file = name.slice("file.".length);
      define(files, file, text);
      entry ??= file;
    } else if (name.startsWith("env.")) define(env, name.slice("env.".length), text);
    else {
      const choice = allChoices.find(({ id }) => id === name);
      if (choice === undefined || choice.kind === "pairs") continue;
      choices[choice.id] = valueOf(choice.kind, text);
    }
  }
  if (Object.keys(env).length > 0) choices["env"] = env;
  return { input: { files, entry: entry ?? "requirements.txt" }, choices: choices as Partial<Choices> };
}

function valueOf(kind: (typeof allChoices)[number]["kind"], text: string): unknown {
  if (kind === "switch" && /^(?:yes|no)$/.test(text)) return text === "yes";
  if (kind === "several" || kind === "texts") return text === "" ? [] : text.split(",");
  return text;
}

/** Also for `__proto__`, which an assignment would not keep. */
function define(table: Record<string, string>, name: string, value: string): void {
  Object.defineProperty(table, name, { value, enumerable: true, configurable: true, writable: true });
}
