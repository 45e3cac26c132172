import type { Place } from "../syntax/source.ts";
import { formatFloat } from "../text/float.ts";
import { XmlWriter } from "../text/xml.ts";
import { Attrs } from "./attrs.ts";
import { machine, tooDeep } from "./machine.ts";
import { isDerivation } from "./print.ts";
import {
  force,
  Lambda,
  NixFloat,
  NixPath,
  NixString,
  PartialCall,
  showFloat,
  Thunk,
  type Lazy,
  type Value,
} from "./values.ts";

/** What the XML of a value says beyond the value. */
export interface XmlOptions {
  /** Everything is forced; else what is not known yet is `<unevaluated />`. */
  readonly strict: boolean;
  /** Attributes and functions carry the place where they were defined. */
  readonly location: boolean;
}

/** A value as `nix-instantiate --xml` and `toXML` write it; adds what its strings refer to to `into`. @throws NixError */
export function toXml(value: Lazy, into: Set<string>, options: XmlOptions): string {
  const printer = new Printer(into, options);
  printer.xml.element("expr", {}, () => printer.write(value));
  return printer.xml.toString();
}

class Printer {
  readonly xml = new XmlWriter();
  private readonly context: Set<string>;
  private readonly options: XmlOptions;
  private readonly seen = new Set<string>();

  constructor(context: Set<string>, options: XmlOptions) {
    this.context = context;
    this.options = options;
  }

  write(lazy: Lazy): void {
    if (++machine.depth > machine.maxDepth) tooDeep();
    let value: Lazy = this.options.strict ? force(lazy) : lazy;
    if (value instanceof Thunk && value.isDone) value = value.done;
    if (value instanceof Thunk) this.xml.empty("unevaluated");
    else this.writeForced(value);
    machine.depth--;
  }

  private writeForced(value: Value): void {
    const { xml } = this;
    if (value === null) xml.empty("null");
    else if (typeof value === "string") xml.empty("string", { value });
    else if (typeof value === "boolean") xml.empty("bool", { value: String(value) });
    else if (typeof value === "number" || typeof value === "bigint") xml.empty("int", { value: String(value) });
    else if (value instanceof NixFloat) xml.empty("float", { value: showFloat(value, formatFloat) });
    else if (value instanceof NixPath) xml.empty("path", { value: value.path });
    else if (value instanceof NixString) {
      for (const element of value.context) this.context.add(element);
      xml.empty("string", { value: value.text });
    } else if (value instanceof Attrs) {
      if (isDerivation(value)) this.derivation(value);
      else xml.element("attrs", {}, () => this.attributes(value));
    } else if (Array.isArray(value)) xml.element("list", {}, () => value.forEach((item) => this.write(item)));
    else this.fn(value);
  }

  private place(place: Place | undefined): Record<string, string> {
    if (!this.options.location || place === undefined) return {};
    const { line, column } = place.source.at(place.offset);
    const { origin } = place.source;
    return {
      column: String(column),
      line: String(line),
      ...(origin.type === "file" ? { path: origin.path } : {}),
    };
  }

  private attributes(set: Attrs): void {
    for (const [name, value] of set.entries())
      this.xml.element("attr", { name, ...this.place(set.placeOf(name)) }, () => this.write(value));
  }

  /** A path of a derivation, where it is a string. */
  private pathOf(set: Attrs, name: string): string | undefined {
    const lazy = set.get(name);
    if (lazy === undefined || (lazy instanceof Thunk && !lazy.isDone && !this.options.strict)) return undefined;
    const value = force(lazy);
    return value instanceof NixString ? value.text : typeof value === "string" ? value : undefined;
  }

  private derivation(set: Attrs): void {
    const drvPath = this.pathOf(set, "drvPath");
    const outPath = this.pathOf(set, "outPath");
    const attributes = {
      ...(drvPath === undefined ? {} : { drvPath }),
      ...(outPath === undefined ? {} : { outPath }),
    };
    this.xml.element("derivation", attributes, () => {
      if (drvPath === undefined || drvPath === "" || this.seen.has(drvPath)) this.xml.empty("repeated");
      else {
        this.seen.add(drvPath);
        this.attributes(set);
      }
    });
  }

  private fn(value: Value): void {
    const fn = value instanceof PartialCall ? value.fn : value;
    if (!(fn instanceof Lambda)) {
      this.xml.empty("unevaluated");
      return;
    }
    const { source, positions, args, formalsSet, ellipsis } = fn.code;
    const given = value instanceof PartialCall ? value.args.length : 0;
    this.xml.element("function", this.place({ source, offset: positions[given]! }), () => {
      if (formalsSet === undefined) {
        this.xml.empty("varpat", { name: args[given]! });
        return;
      }
      const attributes = {
        ...(args[0] === undefined ? {} : { name: args[0] }),
        ...(ellipsis ? { ellipsis: "1" } : {}),
      };
      this.xml.element("attrspat", attributes, () => {
        for (const name of formalsSet.names()) this.xml.empty("attr", { name });
      });
    });
  }
}
