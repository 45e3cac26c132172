import { compareBytes } from "./bytes.ts";

/** Attributes of an element; they are written in the order of their names. */
export type XmlAttributes = Readonly<Record<string, string>>;

const escapes: Readonly<Record<string, string>> = {
  '"': "&quot;",
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  "\n": "&#xA;",
};

/** Writes XML as `builtins.toXML` and `--xml` do: one element a line, two spaces a level. */
export class XmlWriter {
  readonly #lines = ["<?xml version='1.0' encoding='utf-8'?>\n"];
  readonly #open: string[] = [];

  /** Opens an element, has `inside` write what is in it, and closes it. */
  element(name: string, attributes: XmlAttributes, inside: () => void): void {
    this.#line(`<${name}${printAttributes(attributes)}>`);
    this.#open.push(name);
    inside();
    this.#open.pop();
    this.#line(`</${name}>`);
  }

  /** An element without anything in it. */
  empty(name: string, attributes: XmlAttributes = {}): void {
    this.#line(`<${name}${printAttributes(attributes)} />`);
  }

  #line(text: string): void {
    this.#lines.push("  ".repeat(this.#open.length), text, "\n");
  }

  /** All that was written. */
  toString(): string {
    return this.#lines.join("");
  }
}

function printAttributes(attributes: XmlAttributes): string {
  return Object.entries(attributes)
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([name, value]) => ` ${name}="${value.replace(/["<>&\n]/g, (character) => escapes[character]!)}"`)
    .join("");
}
