import type { Completion } from "./shell.ts";

/** What can be completed to. */
export interface Sources {
  /** All commands, sorted. */
  readonly commands: readonly string[];
  /** The subcommands of `git`. */
  readonly git: readonly string[];
  /** The names in a folder, as it was typed; folders end with `/`. */
  readonly list: (folder: string) => Promise<readonly string[]>;
  /** The outputs as `nix flake show --json` prints them. */
  readonly outputs: () => Promise<unknown>;
}

const subcommands: Readonly<Record<string, readonly string[]>> = {
  nix: "build derivation develop eval flake fmt hash log path-info profile registry repl run search shell store".split(
    " ",
  ),
  "nix flake": "archive check clone info init lock metadata new prefetch show update".split(" "),
  "nix derivation": ["add", "show"],
  "nix hash": "convert file path to-base16 to-base32 to-base64 to-sri".split(" "),
};

const options: Readonly<Record<string, readonly string[]>> = {
  nix: "--all-systems --apply --expr --file --impure --json --no-write-lock-file --raw --show-trace".split(" "),
  "nix-instantiate": "--eval --expr --json --parse --strict".split(" "),
  git: "--cached --intent-to-add --oneline --porcelain --short --staged".split(" "),
};

/** Whose outputs a command takes without their kind. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  develop: ["devShells", "packages"],
  run: ["apps", "packages"],
  build: ["packages", "checks"],
  fmt: [],
};

/** What can stand in the place of a line's last word: a command, a subcommand, an option, an output or a path. */
export async function completeLine(text: string, sources: Sources): Promise<Completion> {
  // The last command of the line, in words; quotes are left to the reader.
  const [command = ""] = /[^;|&(]*$/.exec(text) ?? [];
  const words = command.trimStart().split(/(?<!\\)\s+/);
  const word = words.at(-1)!;
  const from = text.length - word.length;
  const before = words.slice(0, -1);
  const [first = "", second = ""] = before;
  const matching = (all: readonly string[]): Completion => ({
    from,
    words: all.filter((each) => each.startsWith(word)),
  });
  if (before.length === 0 && !word.includes("/")) return matching(sources.commands);
  if (word.startsWith("-")) return matching(options[first] ?? []);
  const path = before.filter((each) => !each.startsWith("-")).join(" ");
  if (first === "git" && before.length === 1) return matching(sources.git);
  if (Object.hasOwn(subcommands, path)) return matching(subcommands[path]!);
  const [, reference] = /^(\S*#)/.exec(word) ?? [];
  if (first === "nix" && reference !== undefined) {
    // Another flake than the lab's is not known here.
    if (!/^(\.|path:\.|git\+file:\.)#$/.test(reference)) return { from, words: [] };
    return matching(
      attributes(await sources.outputs(), word.slice(reference.length), kinds[second]).map((each) => reference + each),
    );
  }
  const typed = word.replaceAll(/\\(.)/g, "$1");
  const folder = typed.slice(0, typed.lastIndexOf("/") + 1);
  const names = (await sources.list(folder === "" ? "." : folder)).filter(
    (name) => name.startsWith(".") === typed.slice(folder.length).startsWith(".") || typed.slice(folder.length) !== "",
  );
  return matching(names.map((name) => (folder + name).replaceAll(/[\s'"\\$&;|()<>*?#]/g, "\\$&")));
}

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !("type" in value);

/** The attribute paths that begin as `typed` does, one level deep; and the names of a command's own kinds. */
function attributes(outputs: unknown, typed: string, own: readonly string[] = ["packages"]): string[] {
  const parts = typed.split(".").slice(0, -1);
  let at = outputs;
  for (const part of parts) at = isTree(at) ? at[part] : undefined;
  const names = isTree(at) ? Object.keys(at).map((name) => [...parts, name].join(".")) : [];
  if (parts.length > 0 || !isTree(outputs)) return names;
  const short = own.flatMap((kind) => {
    const systems = outputs[kind];
    return isTree(systems)
      ? Object.values(systems).flatMap((system) => (isTree(system) ? Object.keys(system) : []))
      : [];
  });
  return [...new Set([...short, ...names])];
}
