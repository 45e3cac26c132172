import type { Place, Source } from "../syntax/source.ts";
import { formatFloat } from "../text/float.ts";
import { Attrs } from "./attrs.ts";
import { NixError } from "./errors.ts";
import { machine, tooDeep } from "./machine.ts";
import {
  force,
  Lambda,
  NixFloat,
  NixPath,
  NixString,
  PartialCall,
  PrimOp,
  showFloat,
  Thunk,
  type Callable,
  type Lazy,
  type Value,
} from "./values.ts";

/** Text in the quotes that Nix puts around what is no text of the program. */
export function guillemets(text: string): string {
  return `\u00c2\u00ab${text}\u00c2\u00bb`;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "${": "\\${",
};

/** A string as a Nix literal. */
export function printString(text: string): string {
  return `"${text.replace(/["\\\n\r\t]|\$\{/g, (found) => escapes[found]!)}"`;
}

const keywords = new Set(["if", "then", "else", "assert", "with", "let", "in", "rec", "inherit"]);

/** A name as it stands left of `=`: in quotes where it is no identifier. */
function printName(name: string): string {
  return /^[A-Za-z_][\w'-]*$/.test(name) && !keywords.has(name) ? name : printString(name);
}

/** A name as a symbol is printed: keywords are quoted, and what is no identifier. */
export function printIdentifier(name: string): string {
  if (name === "") return '""';
  if (keywords.has(name)) return `"${name}"`;
  return /^[A-Za-z_][\w'-]*$/.test(name) ? name : printString(name);
}

/** A source as messages name it. */
export function printOrigin(source: Source): string {
  const { origin } = source;
  if (origin.type === "file") return origin.path;
  if (origin.type === "internal") return origin.name;
  return origin.type === "stdin" ? guillemets("stdin") : guillemets("string");
}

function printPlace(source: Source, offset: number): string {
  const { line, column } = source.at(offset);
  return `${printOrigin(source)}:${line}:${column}`;
}

/** How much of a value is printed, in the form that messages, `trace` and `nix eval` use. */
export interface PrintOptions {
  readonly force?: boolean;
  readonly derivationPaths?: boolean;
  readonly maxDepth?: number;
  readonly maxAttrs?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  /** Spaces of indentation a level; none for one line. */
  readonly indent?: number;
  /** What an error inside becomes: its text, or the error itself. */
  readonly errors?: "print" | "throw" | "throwTopLevel";
  readonly trackRepeated?: boolean;
}

const inErrors: PrintOptions = { maxDepth: 10, maxAttrs: 10, maxItems: 10, maxLength: 1024 };

/** A value as messages quote it: not forced, and cut short. */
export function printForError(value: Lazy): string {
  return printValue(value, inErrors);
}

/** Any value as Nix's pretty printer writes it. */
export function printValue(value: Lazy, options: PrintOptions = {}): string {
  return new Printer(options).run(value);
}

class Printer {
  private readonly options: PrintOptions;
  private readonly seen: Set<unknown> | undefined;
  private attrs = 0;
  private items = 0;
  private margin = "";

  constructor(options: PrintOptions) {
    this.options = options;
    this.seen = options.trackRepeated === false ? undefined : new Set();
  }

  run(value: Lazy): string {
    return this.print(value, 0);
  }

  private print(lazy: Lazy, depth: number): string {
    if (depth > machine.maxDepth) tooDeep();
    try {
      let value: Lazy = this.options.force === true ? force(lazy) : lazy;
      if (value instanceof Thunk) {
        if (value.isForcing) return guillemets("potential infinite recursion");
        if (!value.isDone) return guillemets("thunk");
        value = value.done;
      }
      return this.printForced(value, depth, lazy);
    } catch (error) {
      const how = this.options.errors ?? "print";
      if (!(error instanceof NixError) || error.kind === "overflow" || error.kind === "stopped") throw error;
      if (how === "throw" || (how === "throwTopLevel" && depth === 0)) throw error;
      return guillemets(`error: ${error.message}`);
    }
  }

  private printForced(value: Value, depth: number, lazy: Lazy): string {
    switch (typeof value) {
      case "number":
      case "bigint":
      case "boolean":
        return String(value);
      case "string":
        return this.string(value);
    }
    if (value === null) return "null";
    if (value instanceof NixFloat) return showFloat(value, formatFloat);
    if (value instanceof NixString) return this.string(value.text);
    if (value instanceof NixPath) return value.path;
    if (value instanceof Attrs) return this.set(value, depth);
    if (Array.isArray(value)) return this.list(value, depth, lazy);
    // A function inside is a value at once here, but not in Nix before something asks for it.
    if (this.options.force !== true && depth > 0 && value === lazy && value instanceof Lambda)
      return guillemets("thunk");
    return printFunction(value);
  }

  private string(text: string): string {
    const { maxLength = Infinity } = this.options;
    if (text.length <= maxLength) return printString(text);
    return `${printString(text.slice(0, maxLength))} ${elided(text.length - maxLength, "byte", "bytes")}`;
  }

  private isRepeated(value: unknown): boolean {
    if (this.seen === undefined) return false;
    if (this.seen.has(value)) return true;
    this.seen.add(value);
    return false;
  }

  private set(set: Attrs, depth: number): string {
    // Nix compares where the attributes are stored, and all empty sets share one place.
    if (this.isRepeated(set)) return guillemets("repeated");
    const { maxAttrs = Infinity, maxDepth = Infinity } = this.options;
    if (this.options.force === true && this.options.derivationPaths === true && isDerivation(set)) {
      const drvPath = set.get("drvPath");
      const path = drvPath === undefined ? undefined : force(drvPath);
      const text = path instanceof NixString ? path.text : path;
      return typeof text === "string" ? guillemets(`derivation ${text}`) : guillemets("derivation");
    }
    if (depth >= maxDepth) return "{ ... }";
    let entries = set.entries();
    if (maxAttrs !== Infinity) {
      const important = ([name]: readonly [string, Lazy]) => name === "type" || name === "_type";
      entries = [...entries.filter(important), ...entries.filter((entry) => !important(entry))];
    }
    return this.block(
      "{",
      "}",
      entries,
      entries.length === 1 ? entries[0]![1] : undefined,
      ([name, value], done) => {
        if (this.attrs >= maxAttrs) return elided(entries.length - done, "attribute", "attributes");
        const text = `${printName(name)} = ${this.print(value, depth + 1)};`;
        this.attrs++;
        return text;
      },
      () => this.attrs >= maxAttrs,
    );
  }

  private list(list: readonly Lazy[], depth: number, lazy: Lazy): string {
    if (list.length > 0 && depth > 0 && this.isRepeated(lazy)) return guillemets("repeated");
    const { maxItems = Infinity, maxDepth = Infinity } = this.options;
    if (depth >= maxDepth) return "[ ... ]";
    return this.block(
      "[",
      "]",
      list,
      list.length === 1 ? list[0] : undefined,
      (item, done) => {
        if (this.items >= maxItems) return elided(list.length - done, "item", "items");
        const text = this.print(item, depth + 1);
        this.items++;
        return text;
      },
      () => this.items >= maxItems,
    );
  }

  /** Brackets around parts, each on its own line where pretty printing asks for it. Stops behind an elision. */
  private block<Part>(
    open: string,
    close: string,
    parts: readonly Part[],
    only: Lazy | undefined,
    print: (part: Part, done: number) => string,
    isFull: () => boolean,
  ): string {
    const { indent = 0 } = this.options;
    const outer = this.margin;
    this.margin += " ".repeat(indent);
    let pretty = indent > 0 && parts.length > 0;
    if (pretty && only !== undefined) {
      const value = this.options.force === true ? force(only) : only;
      pretty = value instanceof Thunk || Array.isArray(value) || value instanceof Attrs;
    }
    let text = open;
    for (let i = 0; i < parts.length; i++) {
      const last = isFull();
      text += (pretty ? `\n${this.margin}` : " ") + print(parts[i]!, i);
      if (last) break;
    }
    this.margin = outer;
    return `${text}${pretty ? `\n${outer}` : " "}${close}`;
  }
}

function elided(count: number, one: string, many: string): string {
  return guillemets(`${count} ${count === 1 ? one : many} elided`);
}

function printFunction(value: Callable): string {
  const fn = value instanceof PartialCall ? value.fn : value;
  if (fn instanceof PrimOp)
    return guillemets(`${value instanceof PartialCall ? "partially applied " : ""}primop ${fn.builtin.name}`);
  const place = placeOfFunction(value);
  if (!(fn instanceof Lambda) || place === undefined) return guillemets("lambda");
  const { name } = fn.code;
  return guillemets(
    `lambda${name === undefined ? "" : ` ${printIdentifier(name)}`} @ ${printPlace(place.source, place.offset)}`,
  );
}

/** Where a function of the program begins; of one with arguments already given, the part that is left. */
export function placeOfFunction(value: Callable): Place | undefined {
  const fn = value instanceof PartialCall ? value.fn : value;
  if (!(fn instanceof Lambda)) return undefined;
  const { source, positions } = fn.code;
  return { source, offset: positions[value instanceof PartialCall ? value.args.length : 0]! };
}

/** Whether a set is a derivation: its `type` says so. Forces that attribute. */
export function isDerivation(set: Attrs): boolean {
  const type = set.get("type");
  if (type === undefined) return false;
  const value = force(type);
  return value === "derivation" || (value instanceof NixString && value.text === "derivation");
}

/**
 * A value as `nix-instantiate --eval` prints it. Nothing is forced: what is not known yet is `<CODE>`. Functions inside
 * are values at once here, but not in Nix; so they too are `<CODE>` unless all was forced before (`strict`).
 */
export function printPlain(value: Lazy, strict = false): string {
  const out: string[] = [];
  plain(value, out, new Set(), 0, strict);
  return out.join("");
}

function plain(lazy: Lazy, out: string[], seen: Set<unknown>, depth: number, strict: boolean): void {
  if (depth > machine.maxDepth) tooDeep();
  let value = lazy;
  if (value instanceof Thunk) {
    if (!value.isDone) {
      out.push(value.isForcing ? guillemets("potential infinite recursion") : "<CODE>");
      return;
    }
    value = value.done;
  }
  if (value instanceof Attrs) {
    if (value.size > 0 && seen.has(value)) {
      out.push(guillemets("repeated"));
      return;
    }
    seen.add(value);
    out.push("{ ");
    for (const [name, item] of value.entries()) {
      out.push(printIdentifier(name), " = ");
      plain(item, out, seen, depth + 1, strict);
      out.push("; ");
    }
    out.push("}");
  } else if (Array.isArray(value)) {
    // Nix tells lists apart by where they stand, and the value printed is a copy: met inside itself it is printed again.
    if (value.length > 0 && depth > 0 && seen.has(lazy)) {
      out.push(guillemets("repeated"));
      return;
    }
    if (depth > 0) seen.add(lazy);
    out.push("[ ");
    for (const item of value) {
      plain(item, out, seen, depth + 1, strict);
      out.push(" ");
    }
    out.push("]");
  } else if (value instanceof Lambda && depth > 0 && !strict) out.push("<CODE>");
  else out.push(plainAtom(value));
}

function plainAtom(value: Exclude<Value, Attrs | Lazy[]>): string {
  if (typeof value === "string") return printString(value);
  if (value === null) return "null";
  if (value instanceof NixString) return printString(value.text);
  if (value instanceof NixPath) return value.path;
  if (value instanceof NixFloat) return showFloat(value, formatFloat);
  if (value instanceof PrimOp) return "<PRIMOP>";
  if (value instanceof PartialCall) return value.fn instanceof PrimOp ? "<PRIMOP-APP>" : "<LAMBDA>";
  if (value instanceof Lambda) return "<LAMBDA>";
  return String(value);
}
