/** Where a source text came from, as errors name it. */
export type Origin =
  | { readonly type: "file"; readonly path: string }
  | { readonly type: "string" }
  | { readonly type: "stdin" }
  | { readonly type: "internal"; readonly name: string };

/** A line and a column, both from 1; columns count bytes, as Nix's do. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** One source text (a byte string), the folder of its relative paths, and where its lines start. */
export class Source {
  readonly origin: Origin;
  readonly text: string;
  readonly basePath: string;
  private starts: number[] | undefined;

  constructor(text: string, origin: Origin, basePath: string) {
    this.text = text;
    this.origin = origin;
    this.basePath = basePath;
  }

  /** A lone CR ends a line too, as in Nix. */
  private lineStarts(): number[] {
    if (this.starts) return this.starts;
    const starts = [0];
    const text = this.text;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
    }
    this.starts = starts;
    return starts;
  }

  at(offset: number): LineColumn {
    const starts = this.lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  }

  /** The text of a line, or `undefined` where there is none. */
  line(number: number): string | undefined {
    const starts = this.lineStarts();
    const start = starts[number - 1];
    if (start === undefined) return undefined;
    return this.text.slice(start, starts[number] ?? this.text.length).replace(/[\r\n]+$/, "");
  }
}

/** A place in a source; its line is worked out only when somebody asks. */
export interface Place {
  readonly source: Source;
  readonly offset: number;
}
