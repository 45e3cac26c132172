/** TOML with what the readers of its files need beside the values: lines, and values of unknown shape. */
import { parse, TomlError } from "smol-toml";

export type Table = Readonly<Record<string, unknown>>;

/** The values of a TOML text, or the line and the words of its first mistake. */
export function parseToml(text: string): { value: Table } | { line: number; message: string } {
  try {
    return { value: parse(text) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const message = /^Invalid TOML document: (.*)$/m.exec(error.message)?.[1] ?? error.message.split("\n")[0]!;
    return { line: error.line, message };
  }
}

export const isTable = (value: unknown): value is Table =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** The table at a path of keys; an empty one where there is none. */
export function tableAt(table: Table, ...keys: string[]): Table {
  let at: unknown = table;
  for (const key of keys) at = isTable(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  return isTable(at) ? at : {};
}

export const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Finds the lines on which values stand: the parser tells none. */
export class Lines {
  private readonly lines: readonly string[];
  private at = 0;

  constructor(text: string) {
    this.lines = text.split("\n");
  }

  /** Moves to the first line that begins a table with this header; gives its number, or that of the last place. */
  header(pattern: RegExp): number {
    const found = this.lines.findIndex((line) => pattern.test(line));
    if (found >= 0) this.at = found;
    return this.at + 1;
  }

  /** The number of the next line, from the last place on, that passes; else that of the last place. */
  next(passes: (line: string) => boolean): number {
    for (let index = this.at; index < this.lines.length; index++)
      if (passes(this.lines[index]!)) {
        this.at = index;
        break;
      }
    return this.at + 1;
  }

  /** The next line with a string. */
  string(value: string): number {
    const basic = JSON.stringify(value);
    return this.next((line) => line.includes(basic) || line.includes(`'${value}'`));
  }

  /** The next line that begins with a key. */
  key(name: string): number {
    return this.next((line) =>
      new RegExp(`^\\s*(["']?)${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\1\\s*[=.]`).test(line),
    );
  }
}
