import { describeType } from "../eval/describe.ts";
import { NixError } from "../eval/errors.ts";
import { asNixError } from "../eval/failures.ts";
import { guillemets, printOrigin } from "../eval/print.ts";
import { resolve, type Globals } from "../eval/resolve.ts";
import { parse } from "../syntax/parser.ts";
import type { AttrsExpr, Binding, Expr } from "../syntax/ast.ts";
import { Source } from "../syntax/source.ts";
import { printString } from "../eval/print.ts";
import { checkInputAttributes, parseFlakeRef } from "./reference.ts";
import type { InputAttributes } from "./schemes.ts";
import type { InputPath } from "./lock-file.ts";

/** An input as a `flake.nix` declares it. */
export interface FlakeInput {
  readonly ref?: InputAttributes;
  readonly isFlake: boolean;
  readonly follows?: InputPath;
  /** `inputs.a.inputs.b`: what it says of the inputs of this input. */
  readonly overrides: ReadonlyMap<string, FlakeInput>;
}

/** What a `flake.nix` says before it is evaluated. Byte strings. */
export interface FlakeDefinition {
  readonly description: string | undefined;
  readonly inputs: ReadonlyMap<string, FlakeInput>;
  /** What `inputs.self` sets. */
  readonly self: InputAttributes;
  /** Settings by their names; values as Nix texts. */
  readonly config: ReadonlyMap<string, string>;
}

type Kind = "string" | "path" | "integer" | "float" | "Boolean" | "null" | "set" | "list" | "function" | "thunk";

const articles: Readonly<Record<Kind, string>> = {
  string: "a string",
  path: "a path",
  integer: "an integer",
  float: "a float",
  Boolean: "a Boolean",
  null: "null",
  set: "a set",
  list: "a list",
  function: "a function",
  thunk: "a thunk",
};

/** What an expression is without evaluating more than literals: Nix lets a `flake.nix` compute nothing in its inputs. */
function kindOf(expr: Expr): Kind {
  switch (expr.kind) {
    case "string":
    case "path":
    case "float":
    case "list":
      return expr.kind;
    case "int":
      return "integer";
    case "lambda":
      return "function";
    case "attrs":
      return expr.dynamic.length === 0 ? "set" : "thunk";
    case "var":
      if (typeof expr.global === "boolean") return "Boolean";
      return expr.global === null && expr.name === "null" ? "null" : "thunk";
    default:
      return "thunk";
  }
}

/** Reads a `flake.nix` as a declaration. */
export class DefinitionReader {
  private readonly source: Source;
  private readonly name: string;
  private readonly rootPath: InputPath;

  /** `name` is the flake's own reference for messages; `rootPath` where its inputs stand in the lock file. */
  constructor(source: Source, name: string, rootPath: InputPath) {
    this.source = source;
    this.name = name;
    this.rootPath = rootPath;
  }

  /** @throws NixError in Nix's words for what a `flake.nix` may not have */
  read(globals: Globals): FlakeDefinition {
    const { source } = this;
    const expr = parse(source);
    if (expr.kind !== "attrs") {
      const file = printOrigin(source);
      throw new NixError("eval", `file '${file}' must be an attribute set`).trace(
        `while evaluating the file '${file}':`,
      );
    }
    resolve(expr, source, globals);
    const get = (name: string) => expr.bindings.get(name);
    const description = get("description");
    if (description) this.expect("string", description.value, description.pos);
    const inputs = get("inputs");
    const self: InputAttributes = new Map();
    const declared = inputs ? this.inputs(inputs.value, inputs.pos, self) : new Map<string, FlakeInput>();
    const outputs = get("outputs");
    if (!outputs) throw new NixError("eval", `flake '${this.name}' lacks attribute 'outputs'`);
    this.expect("function", outputs.value, outputs.pos);
    if (outputs.value.kind === "lambda")
      for (const { name } of outputs.value.formals ?? [])
        if (name !== "self" && !declared.has(name))
          declared.set(name, { ref: parseFlakeRef(name), isFlake: true, overrides: new Map() });
    const nixConfig = get("nixConfig");
    const config = nixConfig ? this.config(nixConfig) : new Map<string, string>();
    for (const { name, pos } of expr.bindings.values())
      if (!["description", "inputs", "outputs", "nixConfig"].includes(name))
        throw new NixError("eval", `flake '${this.name}' has an unsupported attribute '${name}', at ${this.at(pos)}`);
    return {
      description: description?.value.kind === "string" ? description.value.value : undefined,
      inputs: declared,
      self,
      config,
    };
  }

  private at(pos: number): string {
    if (pos < 0) return guillemets("none");
    const { line, column } = this.source.at(pos);
    return `${printOrigin(this.source)}:${line}:${column}`;
  }

  private expect(kind: Kind, expr: Expr, pos: number): void {
    const found = kindOf(expr);
    if (found !== kind)
      throw new NixError("eval", `expected ${articles[kind]} but got ${articles[found]} at ${this.at(pos)}`);
  }

  private members(expr: Expr, pos: number): Iterable<Binding> {
    this.expect("set", expr, pos);
    return (expr as AttrsExpr).bindings.values();
  }

  private inputs(expr: Expr, pos: number, self: InputAttributes | undefined): Map<string, FlakeInput> {
    const inputs = new Map<string, FlakeInput>();
    for (const { name, value, pos: at } of this.members(expr, pos)) {
      if (name !== "self") {
        inputs.set(name, this.input(value, at));
        continue;
      }
      if (self === undefined) throw new NixError("eval", `'self' input attribute not allowed at ${this.at(at)}`);
      for (const attribute of this.members(value, at)) this.attribute(attribute, self);
    }
    return inputs;
  }

  private input(expr: Expr, pos: number): FlakeInput {
    const attributes: InputAttributes = new Map();
    let url: string | undefined;
    let isFlake = true;
    let follows: InputPath | undefined;
    let overrides: ReadonlyMap<string, FlakeInput> = new Map();
    for (const binding of this.members(expr, pos)) {
      const { name, value, pos: at } = binding;
      try {
        if (name === "url") {
          url = this.url(value, at);
          attributes.set("url", url);
        } else if (name === "flake") {
          this.expect("Boolean", value, at);
          isFlake = value.kind === "var" && value.global === true;
        } else if (name === "inputs") overrides = this.inputs(value, at, undefined);
        else if (name === "follows") {
          this.expect("string", value, at);
          follows = [...this.rootPath, ...parseInputPath(value.kind === "string" ? value.value : "")];
        } else this.attribute(binding, attributes);
      } catch (caught) {
        const error = asNixError(caught);
        if (error instanceof NixError)
          error.trace(`while evaluating flake attribute '${name}'`, { source: this.source, offset: at });
        throw error;
      }
    }
    const ref = this.reference(attributes, url, isFlake, pos);
    if (ref && follows)
      throw new NixError("eval", `flake input has both a flake reference and a follows attribute, at ${this.at(pos)}`);
    return { isFlake, overrides, ...(ref ? { ref } : {}), ...(follows ? { follows } : {}) };
  }

  private reference(
    attributes: InputAttributes,
    url: string | undefined,
    isFlake: boolean,
    pos: number,
  ): InputAttributes | undefined {
    try {
      if (attributes.has("type")) return checkInputAttributes(attributes);
    } catch (caught) {
      const error = asNixError(caught);
      if (error instanceof NixError) error.trace("while evaluating flake input", { source: this.source, offset: pos });
      throw error;
    }
    const other = [...attributes.keys()].filter((name) => name !== "url").sort()[0];
    if (other !== undefined)
      throw new NixError("eval", `unexpected flake input attribute '${other}', at ${this.at(pos)}`);
    if (url === undefined) return undefined;
    return parseFlakeRef(url, { allowRelative: true, requireTree: isFlake });
  }

  private url(expr: Expr, pos: number): string {
    if (expr.kind === "string") return expr.value;
    if (expr.kind === "path") return `path:${relativePath(this.source.basePath, expr.value)}`;
    throw new NixError("eval", `expected a string or a path but got ${articles[kindOf(expr)]} at ${this.at(pos)}`);
  }

  private attribute({ name, value }: Binding, into: InputAttributes): void {
    if (value.kind === "string") into.set(name, value.value);
    else if (value.kind === "int") into.set(name, value.value);
    else if (value.kind === "var" && typeof value.global === "boolean") into.set(name, value.global);
    else
      throw new NixError(
        "type",
        `flake input attribute '${name}' is ${shownType(value)} while a string, Boolean, or integer is expected`,
      );
  }

  private config({ value, pos }: Binding): Map<string, string> {
    const config = new Map<string, string>();
    for (const { name, value: setting } of this.members(value, pos)) {
      if (setting.kind === "string") config.set(name, printString(setting.value));
      else if (setting.kind === "path") config.set(name, setting.value);
      else if (setting.kind === "int") config.set(name, String(setting.value));
      else if (setting.kind === "var" && typeof setting.global === "boolean") config.set(name, String(setting.global));
      else if (setting.kind === "list") {
        const items = setting.items.map((item) => {
          if (item.kind === "string") return printString(item.value);
          throw new NixError(
            "type",
            `list element in flake configuration setting '${name}' is a list while a string is expected`,
          );
        });
        config.set(name, `[ ${items.map((item) => `${item} `).join("")}]`);
      } else throw new NixError("type", `flake configuration setting '${name}' is ${shownType(setting)}`);
    }
    return config;
  }
}

/** As `describeType` would say it of the value; Nix does not evaluate it for this message. */
function shownType(expr: Expr): string {
  return expr.kind === "var" && expr.global === null ? describeType(null) : articles[kindOf(expr)];
}

/** `a/b` as the names of inputs. @throws NixError */
export function parseInputPath(text: string): string[] {
  const names = text.split("/").filter((name) => name !== "");
  for (const name of names)
    if (!/^[a-zA-Z][a-zA-Z0-9_-]*$/.test(name))
      throw new NixError("eval", `invalid flake input attribute path element '${name}'`);
  return names;
}

function relativePath(from: string, to: string): string {
  const [a, b] = [from, to].map((path) => path.split("/").filter((part) => part !== ""));
  let common = 0;
  while (common < a!.length && common < b!.length && a![common] === b![common]) common++;
  const parts = [...a!.slice(common).map(() => ".."), ...b!.slice(common)];
  return parts.length === 0 ? "." : parts.join("/");
}
