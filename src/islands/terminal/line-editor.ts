/** Where a line is shown. */
export interface Screen {
  readonly write: (text: string) => void;
  readonly columns: () => number;
}

/** What a key asked for that the editor cannot do itself. */
export type KeyEvent = "enter" | "complete" | "interrupt" | "end" | "clear";

const escape = "\u001b";

/** Keys by what terminals send for them. */
const keys: Readonly<Record<string, (editor: LineEditor) => KeyEvent | void>> = {
  "\r": () => "enter",
  "\n": () => "enter",
  "\t": () => "complete",
  "\u0003": () => "interrupt",
  "\u0004": (editor) => (editor.text === "" ? "end" : editor.erase(0, 1)),
  "\f": () => "clear",
  "\u007f": (editor) => editor.erase(-1, 0),
  "\b": (editor) => editor.erase(-1, 0),
  "\u0001": (editor) => editor.move(-Infinity),
  "\u0005": (editor) => editor.move(Infinity),
  "\u0002": (editor) => editor.move(-1),
  "\u0006": (editor) => editor.move(1),
  "\u000b": (editor) => editor.erase(0, Infinity),
  "\u0015": (editor) => editor.erase(-Infinity, 0),
  "\u0017": (editor) => editor.erase(-editor.wordBefore(), 0),
  "\u0010": (editor) => editor.recall(-1),
  "\u000e": (editor) => editor.recall(1),
  [`${escape}[A`]: (editor) => editor.recall(-1),
  [`${escape}[B`]: (editor) => editor.recall(1),
  [`${escape}[C`]: (editor) => editor.move(1),
  [`${escape}[D`]: (editor) => editor.move(-1),
  [`${escape}[H`]: (editor) => editor.move(-Infinity),
  [`${escape}[F`]: (editor) => editor.move(Infinity),
  [`${escape}[3~`]: (editor) => editor.erase(0, 1),
};

/** One line at a prompt, with the lines before it. It draws itself anew after each change, also over several rows. */
export class LineEditor {
  readonly #screen: Screen;
  readonly #history: string[] = [];
  /** Where in the history the line comes from; its length for a new one. */
  #at = 0;
  #kept = "";
  #prompt = "";
  #characters: string[] = [];
  #cursor = 0;
  /** The row of the cursor below the prompt's. */
  #row = 0;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  get text(): string {
    return this.#characters.join("");
  }

  /** What stands before the cursor. */
  get before(): string {
    return this.#characters.slice(0, this.#cursor).join("");
  }

  /** Starts a new line. */
  start(prompt: string): void {
    this.#prompt = prompt;
    this.#characters = [];
    this.#cursor = 0;
    this.#row = 0;
    this.#at = this.#history.length;
    this.draw();
  }

  /** Takes one key, or a piece of text that was typed or pasted. */
  key(key: string): KeyEvent | undefined {
    const known = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (known !== undefined) return known(this) ?? undefined;
    // oxlint-disable-next-line no-control-regex
    if (!/[\x00-\x1f]/.test(key)) this.insert(key);
    return undefined;
  }

  insert(text: string): void {
    const added = Array.from(text);
    this.#characters.splice(this.#cursor, 0, ...added);
    this.#cursor += added.length;
    this.draw();
  }

  /** Puts a text in the place of the last characters before the cursor. */
  replaceBefore(count: number, text: string): void {
    this.#characters.splice(this.#cursor - count, count);
    this.#cursor -= count;
    this.insert(text);
  }

  erase(from: number, to: number): void {
    const start = Math.max(this.#cursor + from, 0);
    this.#characters.splice(start, Math.min(this.#cursor + to, this.#characters.length) - start);
    this.#cursor = start;
    this.draw();
  }

  move(by: number): void {
    this.#cursor = Math.min(Math.max(this.#cursor + by, 0), this.#characters.length);
    this.draw();
  }

  /** How long the word before the cursor is, with the blanks behind it. */
  wordBefore(): number {
    return Array.from(/\S*\s*$/.exec(this.before)?.[0] ?? "").length;
  }

  /** Goes to an older (-1) or a newer line (1). */
  recall(by: number): void {
    const to = this.#at + by;
    if (to < 0 || to > this.#history.length) return;
    if (this.#at === this.#history.length) this.#kept = this.text;
    this.#at = to;
    this.#characters = Array.from(this.#history[to] ?? this.#kept);
    this.#cursor = this.#characters.length;
    this.draw();
  }

  /** Ends the line, leaves the cursor below it, and remembers a text. */
  finish(remembered = this.text): void {
    this.move(Infinity);
    this.#screen.write("\r\n");
    if (remembered.trim() !== "" && remembered !== this.#history.at(-1)) this.#history.push(remembered);
  }

  /** Draws prompt and line at the place where they stand, or below where something was printed (`isBelow`). */
  draw(isBelow = false): void {
    const columns = Math.max(this.#screen.columns(), 1);
    const start = Array.from(this.#prompt).length;
    const end = start + this.#characters.length;
    const up = isBelow || this.#row === 0 ? "" : `${escape}[${this.#row}A`;
    // A cursor behind a full row stays in it; a blank makes it go on to the next one.
    const wrap = end % columns === 0 && end > 0 ? " \b" : "";
    const at = start + this.#cursor;
    const back = Math.floor(end / columns) - Math.floor(at / columns);
    const column = at % columns;
    this.#screen.write(
      `${up}\r${escape}[J${this.#prompt}${this.text}${wrap}` +
        `${back === 0 ? "" : `${escape}[${back}A`}\r${column === 0 ? "" : `${escape}[${column}C`}`,
    );
    this.#row = Math.floor(at / columns);
  }
}

/** What was typed or pasted, as single keys and pieces of text. */
export function keysOf(data: string): string[] {
  return (
    // oxlint-disable-next-line no-control-regex
    data.replaceAll("\r\n", "\r").match(/\x1b\[[\d;]*[A-Za-z~]|\x1bO[A-Z]|[\x00-\x1f\x7f]|[^\x00-\x1f\x7f]+/g) ?? []
  );
}
