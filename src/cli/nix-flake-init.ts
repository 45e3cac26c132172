import { Attrs, coerceToString, flakeRefToString, force, NixPath, nowhere, type Lazy, type Value } from "#nix";
import type { CommandContext } from "./context.ts";
import { valueOf } from "./evaluation.ts";
import { refusal } from "./failures.ts";
import { flakeArgument } from "./flake-reference.ts";

/** `nix flake init`: copies a template into the current folder. @throws NixError */
export function flakeInit(args: readonly string[], context: CommandContext): void {
  const { system } = context;
  let text = "templates";
  context.parse(args, [{ names: ["--template", "-t"], arity: 1, run: (name) => (text = name!) }], 0);
  const { writeFile } = system;
  if (writeFile === undefined) throw refusal("files cannot be written here");
  const { evaluation } = context;
  const { path, welcome } = valueOf(
    evaluation.run(() => {
      const { attributes, fragment } = flakeArgument(text, system);
      const flake = context.call(context.lock(attributes));
      const outputs = flake instanceof Attrs ? force(flake.get("outputs")!) : flake;
      const name = fragment === "" ? "default" : fragment;
      const tried = fragment === "" ? ["templates.default", "defaultTemplate"] : [`templates.${name}`, name];
      const template = tried.map((each) => select(outputs, each)).find((each) => each !== undefined);
      if (template === undefined) {
        const list = tried.map((each) => `'${each}'`).join(" or ");
        throw refusal(`flake '${flakeRefToString(attributes)}' does not provide attribute ${list}`);
      }
      const set = force(template);
      const folder = set instanceof Attrs ? set.get("path") : undefined;
      if (!(set instanceof Attrs) || folder === undefined) throw refusal("template has no 'path'");
      const value = force(folder);
      const text_ = set.get("welcomeText");
      return {
        path: value instanceof NixPath ? value.path : plainText(value),
        welcome: text_ === undefined ? "" : plainText(text_),
      };
    }),
  );
  const conflicts: string[] = [];
  const changed: string[] = [];
  const copy = (from: string, to: string): void => {
    const { files } = evaluation.state;
    const type = files.requireType(from);
    if (type === "directory") {
      for (const name of [...files.readDir(from).keys()].sort()) copy(`${from}/${name}`, `${to}/${name}`);
      return;
    }
    const contents = files.readFile(from);
    if (system.pathType(to) !== undefined) {
      if (system.readFile(to) === contents) return;
      conflicts.push(to);
      system.stderr(`refusing to overwrite existing file "${to}"\nplease merge it manually with "${from}"\n`);
      return;
    }
    writeFile(to, contents, files.isExecutable(from));
    changed.push(to);
    system.stderr(`wrote: "${to}"\n`);
  };
  valueOf(evaluation.run(() => copy(path, system.cwd)));
  if (welcome !== "") system.stderr(`\n\n${welcome}\n\n`);
  if (conflicts.length > 0) throw refusal(`encountered ${conflicts.length} conflicts - see above`);
}

function select(root: Lazy, path: string): Lazy | undefined {
  let at: Lazy | undefined = root;
  for (const name of path.split(".")) {
    const set: Value | undefined = at === undefined ? undefined : force(at);
    at = set instanceof Attrs ? set.get(name) : undefined;
  }
  return at;
}

function plainText(value: Lazy): string {
  return coerceToString(value, new Set(), "", { more: false, copyToStore: false }, nowhere);
}
