import type { JsonBuilder } from "./json.ts";
import { readTomlScalar, readTomlString, TomlCursor, type TomlScalar } from "./toml-values.ts";

// TOML 1.0.0, as Nix reads it. The libraries at hand read 1.1 and lose the digits of times.

/** What a parser of TOML makes of each value. */
export interface TomlBuilder<Value> extends JsonBuilder<Value> {
  /** A date, a time or both; may throw, since Nix wants a switch for them. */
  timestamp(text: string): Value;
  /** `nan`, which has a sign in TOML. */
  nan(negative: boolean): Value;
}

/** How a table came to be, which decides who may add to it. */
type TableKind = "implicit" | "header" | "dotted" | "inline";

class Table {
  kind: TableKind;
  readonly members = new Map<string, Node>();

  constructor(kind: TableKind) {
    this.kind = kind;
  }
}

class List {
  readonly items: Node[] = [];
  /** Made by `[[name]]`, which alone may add to it. */
  readonly ofTables: boolean;

  constructor(ofTables: boolean) {
    this.ofTables = ofTables;
  }
}

type Node = Table | List | string | boolean | TomlScalar;

/** How deep lists and tables may stand inside one another. */
const deepest = 1000;

class Parser {
  readonly #cursor: TomlCursor;
  #depth = 0;

  constructor(text: string) {
    this.#cursor = new TomlCursor(text.startsWith("\u00ef\u00bb\u00bf") ? text.slice(3) : text);
  }

  document(): Table {
    const cursor = this.#cursor;
    const root = new Table("header");
    let current = root;
    for (;;) {
      cursor.skipLines();
      if (cursor.at >= cursor.text.length) return root;
      if (cursor.take("[[")) current = this.#listHeader(root);
      else if (cursor.take("[")) current = this.#tableHeader(root);
      else this.#pair(current);
      cursor.skipBlanks();
      cursor.skipComment();
      if (cursor.at < cursor.text.length && !cursor.take("\n") && !cursor.take("\r\n"))
        throw cursor.fail("a newline is expected");
    }
  }

  #keys(end: string): string[] {
    const cursor = this.#cursor;
    const keys: string[] = [];
    do {
      cursor.skipBlanks();
      keys.push(this.#key());
      cursor.skipBlanks();
    } while (cursor.take("."));
    if (!cursor.take(end)) throw cursor.fail(`'${end}' is expected`);
    return keys;
  }

  #key(): string {
    const cursor = this.#cursor;
    const quote = cursor.peek();
    if (quote === '"' || quote === "'") {
      if (cursor.text.startsWith(quote.repeat(3), cursor.at)) throw cursor.fail("a key cannot have several lines");
      return readTomlString(cursor);
    }
    const bare = cursor.match(/[A-Za-z0-9_-]+/y);
    if (!bare) throw cursor.fail("a key is expected");
    return bare[0];
  }

  /** Walks down the names of a header, all but the last, through tables and the last items of lists of tables. */
  #walkHeader(root: Table, keys: readonly string[]): Table {
    let table = root;
    for (const key of keys) {
      let node = table.members.get(key);
      if (node === undefined) table.members.set(key, (node = new Table("implicit")));
      if (node instanceof List && node.ofTables) node = node.items.at(-1)!;
      if (!(node instanceof Table) || node.kind === "inline") throw this.#cursor.fail(`'${key}' is not a table`);
      table = node;
    }
    return table;
  }

  #tableHeader(root: Table): Table {
    const keys = this.#keys("]");
    const last = keys.pop()!;
    const around = this.#walkHeader(root, keys);
    const known = around.members.get(last);
    if (known instanceof Table && known.kind === "implicit") {
      known.kind = "header";
      return known;
    }
    if (known !== undefined) throw this.#cursor.fail(`'${last}' is defined twice`);
    const table = new Table("header");
    around.members.set(last, table);
    return table;
  }

  #listHeader(root: Table): Table {
    const keys = this.#keys("]]");
    const last = keys.pop()!;
    const around = this.#walkHeader(root, keys);
    let list = around.members.get(last);
    if (list === undefined) around.members.set(last, (list = new List(true)));
    if (!(list instanceof List) || !list.ofTables) throw this.#cursor.fail(`'${last}' is defined twice`);
    const table = new Table("header");
    list.items.push(table);
    return table;
  }

  #pair(into: Table): void {
    const cursor = this.#cursor;
    const start = cursor.at;
    const keys = this.#keys("=");
    const last = keys.pop()!;
    let table = into;
    for (const key of keys) {
      let node = table.members.get(key);
      if (node === undefined) table.members.set(key, (node = new Table("dotted")));
      if (!(node instanceof Table) || node.kind !== "dotted") throw cursor.fail(`'${key}' cannot be added to`, start);
      table = node;
    }
    if (table.members.has(last)) throw cursor.fail(`'${last}' is defined twice`, start);
    cursor.skipBlanks();
    table.members.set(last, this.#value());
  }

  #value(): Node {
    const cursor = this.#cursor;
    if (++this.#depth > deepest) throw cursor.fail("values are nested too deeply");
    const value = this.#valueHere();
    this.#depth--;
    return value;
  }

  #valueHere(): Node {
    const cursor = this.#cursor;
    switch (cursor.peek()) {
      case '"':
      case "'":
        return readTomlString(cursor);
      case "[":
        return this.#list();
      case "{":
        return this.#inlineTable();
      default: {
        const word = cursor.match(/true|false/y);
        return word ? word[0] === "true" : readTomlScalar(cursor);
      }
    }
  }

  #list(): List {
    const cursor = this.#cursor;
    const list = new List(false);
    cursor.take("[");
    cursor.skipLines();
    while (!cursor.take("]")) {
      list.items.push(this.#value());
      cursor.skipLines();
      if (!cursor.take(",") && cursor.peek() !== "]") throw cursor.fail("',' or ']' is expected");
      cursor.skipLines();
    }
    return list;
  }

  #inlineTable(): Table {
    const cursor = this.#cursor;
    const table = new Table("inline");
    cursor.take("{");
    cursor.skipBlanks();
    if (cursor.take("}")) return table;
    do {
      this.#pair(table);
      cursor.skipBlanks();
    } while (cursor.take(","));
    if (!cursor.take("}")) throw cursor.fail("',' or '}' is expected");
    closeInline(table);
    return table;
  }
}

/** What dotted keys made inside an inline table cannot be added to from outside. */
function closeInline(table: Table): void {
  for (const node of table.members.values()) {
    if (!(node instanceof Table) || node.kind !== "dotted") continue;
    node.kind = "inline";
    closeInline(node);
  }
}

function build<Value>(node: Node, builder: TomlBuilder<Value>): Value {
  if (typeof node === "string") return builder.string(node);
  if (typeof node === "boolean") return builder.literal(node);
  if (node instanceof List) return builder.list(node.items.map((item) => build(item, builder)));
  if (node instanceof Table)
    return builder.object(new Map(Array.from(node.members, ([name, member]) => [name, build(member, builder)])));
  if (node.type === "timestamp") return builder.timestamp(node.text);
  if (node.type === "nan") return builder.nan(node.negative);
  return node.type === "integer" ? builder.integer(node.value) : builder.float(node.value);
}

/** Reads TOML 1.0.0 from a byte string. Throws a `Failure` that begins with "while parsing TOML:". */
export function parseToml<Value>(text: string, builder: TomlBuilder<Value>): Value {
  return build(new Parser(text).document(), builder);
}
