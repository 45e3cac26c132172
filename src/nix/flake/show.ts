import { Attrs } from "../eval/attrs.ts";
import { describeType } from "../eval/describe.ts";
import { NixError } from "../eval/errors.ts";
import { printForError } from "../eval/print.ts";
import { force, NixString, type Lazy } from "../eval/values.ts";
import { encodeUtf8 } from "../text/bytes.ts";
import { printJsonObject, printJsonString } from "../text/json.ts";
import { derivationKind, hasContent, otherKind, outputRole, setAt } from "./output-kinds.ts";

/** How outputs are shown. */
export interface ShowOptions {
  readonly system: string;
  readonly allSystems: boolean;
  readonly legacy: boolean;
  /** Called before an output is looked at, with its path. */
  readonly visiting: (path: string) => void;
  readonly warn: (message: string) => void;
  /** Takes a line of the tree; none for JSON. */
  readonly line?: (text: string) => void;
}

const bold = "\x1b[1m";
const green = "\x1b[32;1m";
const magenta = "\x1b[35;1m";
const plain = "\x1b[0m";
const branch = encodeUtf8("├───");
const lastBranch = encodeUtf8("└───");
const line = encodeUtf8("│   ");
const space = "    ";

/** In JSON, and in the tree. */
const otherNames = {
  overlay: ["nixpkgs-overlay", "Nixpkgs overlay"],
  configuration: ["nixos-configuration", "NixOS configuration"],
  module: ["nixos-module", "NixOS module"],
  unknown: ["unknown", "unknown"],
} as const;

function stringAt(lazy: Lazy, path: readonly string[]): string {
  const value = force(lazy);
  if (value instanceof NixString) return value.text;
  if (typeof value === "string") return value;
  throw new NixError("type", `'${path.join(".")}' is not a string but ${describeType(value)}: ${printForError(value)}`);
}

function isDerivation(lazy: Lazy): boolean {
  const value = force(lazy);
  const type = value instanceof Attrs ? value.get("type") : undefined;
  if (type === undefined) return false;
  const text = force(type);
  return text === "derivation" || (text instanceof NixString && text.text === "derivation");
}

/** The outputs of a flake as `nix flake show` presents them: lines, or the JSON text in one line. @throws NixError */
export function showOutputs(outputs: Lazy, title: string, options: ShowOptions): string {
  return new Shower(options).visit(outputs, [], `${bold}${title}${plain}`, "");
}

class Shower {
  private readonly options: ShowOptions;

  constructor(options: ShowOptions) {
    this.options = options;
  }

  private print(text: string): void {
    this.options.line?.(text);
  }

  visit(lazy: Lazy, path: readonly string[], header: string, margin: string): string {
    this.options.visiting(path.join("."));
    try {
      return this.visitKind(lazy, path, header, margin);
    } catch (error) {
      if (error instanceof NixError && error.kind !== "stopped" && path[0] === "legacyPackages") return "{}";
      throw error;
    }
  }

  private visitKind(lazy: Lazy, path: readonly string[], header: string, margin: string): string {
    switch (outputRole(path)) {
      case "entered":
        return this.recurse(lazy, path, header, margin);
      case "derivation":
        return this.derivationOrOmitted(lazy, path, header);
      case "job":
        return isDerivation(lazy) ? this.derivation(lazy, path, header) : this.recurse(lazy, path, header, margin);
      case "legacy":
        return this.legacy(lazy, path, header, margin);
      case "app":
        return this.app(lazy, path, header);
      case "template":
        return this.template(lazy, path, header);
      case "other":
        return this.other(path, header);
    }
  }

  private recurse(lazy: Lazy, path: readonly string[], header: string, margin: string): string {
    const set = setAt(lazy, path);
    this.print(header);
    const shown = set.entries().filter(([name, value]) => hasContent(value, [...path, name]));
    const members = new Map<string, string>();
    shown.forEach(([name, value], index) => {
      const isLast = index === shown.length - 1;
      const head = `${green}${margin}${isLast ? lastBranch : branch}${plain}${bold}${name}${plain}`;
      members.set(name, this.visit(value, [...path, name], head, margin + (isLast ? space : line)));
    });
    return printJsonObject(members);
  }

  private omitted(path: readonly string[], header: string, flag: string): string {
    if (this.options.line) this.print(`${header} ${magenta}omitted${plain} (use '${flag}' to show)`);
    else this.options.warn(`${path.join(".")} omitted (use '${flag}' to show)`);
    return "{}";
  }

  private derivationOrOmitted(lazy: Lazy, path: readonly string[], header: string): string {
    if (!this.options.allSystems && path[1] !== this.options.system) return this.omitted(path, header, "--all-systems");
    if (isDerivation(lazy)) return this.derivation(lazy, path, header);
    this.options.warn(`${[...path, "name"].join(".")} is not a derivation`);
    return "{}";
  }

  private derivation(lazy: Lazy, path: readonly string[], header: string): string {
    const set = setAt(lazy, path);
    const lazyName = set.get("name");
    if (lazyName === undefined) throw new NixError("eval", `attribute '${[...path, "name"].join(".")}' does not exist`);
    const name = stringAt(lazyName, [...path, "name"]);
    if (this.options.line) {
      this.print(`${header}: ${derivationKind(path)} '${name}'`);
      return "";
    }
    const description = this.description(set, path) ?? "";
    return object({ description, name, type: "derivation" });
  }

  private description(set: Attrs, path: readonly string[]): string | undefined {
    const meta = set.get("meta");
    const value = meta === undefined ? undefined : force(meta);
    const description = value instanceof Attrs ? value.get("description") : undefined;
    return description === undefined ? undefined : stringAt(description, [...path, "meta", "description"]);
  }

  private legacy(lazy: Lazy, path: readonly string[], header: string, margin: string): string {
    if (path.length === 1) return this.recurse(lazy, path, header, margin);
    if (!this.options.legacy) return this.omitted(path, header, "--legacy");
    if (!this.options.allSystems && path[1] !== this.options.system) return this.omitted(path, header, "--all-systems");
    if (isDerivation(lazy)) return this.derivation(lazy, path, header);
    return path.length <= 2 ? this.recurse(lazy, path, header, margin) : "{}";
  }

  private app(lazy: Lazy, path: readonly string[], header: string): string {
    const value = force(lazy);
    const set = value instanceof Attrs ? value : Attrs.empty;
    const type = set.get("type");
    const description = this.description(set, path);
    if (type === undefined || stringAt(type, [...path, "type"]) !== "app")
      throw new NixError("eval", "not an app definition");
    this.print(`${header}: app: ${bold}${description ?? "no description"}${plain}`);
    return object({ ...(description === undefined ? {} : { description }), type: "app" });
  }

  private template(lazy: Lazy, path: readonly string[], header: string): string {
    const text = setAt(lazy, path).get("description");
    if (text === undefined)
      throw new NixError("eval", `attribute '${[...path, "description"].join(".")}' does not exist`);
    const description = stringAt(text, [...path, "description"]);
    this.print(`${header}: template: ${bold}${description}${plain}`);
    return object({ description, type: "template" });
  }

  private other(path: readonly string[], header: string): string {
    const [type, words] = otherNames[otherKind(path) ?? "unknown"];
    this.print(`${header}: ${magenta}${words}${plain}`);
    return object({ type });
  }
}

function object(members: Readonly<Record<string, string>>): string {
  return printJsonObject(new Map(Object.entries(members).map(([name, text]) => [name, printJsonString(text)])));
}
