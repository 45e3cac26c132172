import { keysOf, LineEditor, type Screen } from "./line-editor.ts";
import type { Shell } from "./shell.ts";

const dim = (text: string): string => `\u001b[2m${text}\u001b[0m`;

/** A shell at a screen: reads lines, runs them, shows what comes of them. */
export class Session {
  readonly #shell: Shell;
  readonly #screen: Screen;
  readonly #editor: LineEditor;
  /** What runs; its signal stops it. */
  #running: AbortController | undefined;
  /** What looks for completions, which may evaluate the flake. */
  #completing: AbortController | undefined;
  /** What was typed while a line ran. */
  readonly #waiting: string[] = [];
  /** The lines of a command that is not yet complete. */
  #begun = "";
  #isAtLineStart = true;
  #isReading = false;

  constructor(shell: Shell, screen: Screen) {
    this.#shell = shell;
    this.#screen = screen;
    this.#editor = new LineEditor(screen);
  }

  start(): void {
    this.#screen.write(`${wrapped(this.#shell.greeting, this.#screen.columns())}\r\n`);
    this.#prompt();
  }

  /** What the reader typed or pasted. */
  async type(data: string): Promise<void> {
    this.#waiting.push(...keysOf(data));
    // Ctrl-C does not wait for its turn, and forgets what does.
    const working = this.#running ?? this.#completing;
    if (working !== undefined && data.includes("\u0003")) {
      this.#waiting.length = 0;
      this.#screen.write("^C");
      this.#isAtLineStart = false;
      working.abort();
      return;
    }
    if (this.#running !== undefined && this.#shell.input !== undefined)
      this.#shell.input(this.#waiting.splice(0).join(""));
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      for (let key = this.#waiting.shift(); key !== undefined; key = this.#waiting.shift()) await this.#key(key);
    } finally {
      this.#isReading = false;
    }
  }

  /** Draws the line anew, after the screen has another width. */
  redraw(): void {
    if (this.#running === undefined) this.#editor.draw();
  }

  async #key(key: string): Promise<void> {
    switch (this.#editor.key(key)) {
      case "enter":
        return this.#enter();
      case "complete":
        return this.#complete();
      case "interrupt":
        this.#editor.move(Infinity);
        this.#screen.write("^C\r\n");
        this.#begun = "";
        return this.#prompt();
      case "clear":
        this.#screen.write("\u001b[2J\u001b[3J\u001b[H");
        return this.#editor.draw(true);
      case "end":
      case undefined:
    }
  }

  async #enter(): Promise<void> {
    const line = this.#begun + this.#editor.text;
    this.#editor.finish(this.#begun === "" ? undefined : line);
    if (this.#shell.needsMore(line)) {
      this.#begun = `${line}\n`;
      return this.#editor.start("> ");
    }
    this.#begun = "";
    this.#running = new AbortController();
    this.#isAtLineStart = true;
    const write = (text: string): void => {
      if (text === "") return;
      this.#isAtLineStart = /[\nHJ]$/.test(text);
      this.#screen.write(text);
    };
    await this.#shell.run(line, { write, signal: this.#running.signal });
    this.#running = undefined;
    if (!this.#isAtLineStart) this.#screen.write("\r\n");
    this.#prompt();
  }

  async #complete(): Promise<void> {
    const { before } = this.#editor;
    const { signal } = (this.#completing = new AbortController());
    const stopped = new Promise<undefined>((done) => signal.addEventListener("abort", () => done(undefined)));
    const completion = await Promise.race([this.#shell.complete(this.#begun + before, signal), stopped]);
    this.#completing = undefined;
    if (completion === undefined) {
      this.#screen.write("\r\n");
      this.#begun = "";
      return this.#prompt();
    }
    const { from, words } = completion;
    const typed = (this.#begun + before).slice(from);
    const common = commonStart(words);
    const [only] = words;
    if (words.length === 1)
      this.#editor.replaceBefore(Array.from(typed).length, /[/#.]$/.test(only!) ? only! : `${only!} `);
    else if (common.length > typed.length) this.#editor.replaceBefore(Array.from(typed).length, common);
    else if (words.length > 1) {
      const names = words.map((word) => word.replace(/^.*\/(?=.)/, ""));
      this.#screen.write(`\r\n${dim(inColumns(names, this.#screen.columns()))}\r\n`);
      this.#editor.draw(true);
    }
  }

  #prompt(): void {
    const { folder, home } = this.#shell;
    const shown = folder === home || folder.startsWith(`${home}/`) ? `~${folder.slice(home.length)}` : folder;
    this.#editor.start(`${shown} $ `);
  }
}

function commonStart([first = "", ...others]: readonly string[]): string {
  let length = first.length;
  for (const word of others) while (!word.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}

function inColumns(names: readonly string[], columns: number): string {
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const each = Math.max(Math.floor(columns / width), 1);
  const rows = Array.from({ length: Math.ceil(names.length / each) }, (_, row) =>
    names.slice(row * each, (row + 1) * each),
  );
  return rows
    .map((row) =>
      row
        .map((name) => name.padEnd(width))
        .join("")
        .trimEnd(),
    )
    .join("\r\n");
}

/** A text in lines that end between words. */
function wrapped(text: string, columns: number): string {
  const lines = [""];
  for (const word of text.split(" "))
    if (lines.at(-1) === "") lines[lines.length - 1] = word;
    else if (`${lines.at(-1)} ${word}`.length < columns) lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  return lines.join("\r\n");
}
