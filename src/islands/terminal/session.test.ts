import assert from "node:assert/strict";
import { test } from "node:test";
import { Session } from "./session.ts";
import type { Shell } from "./shell.ts";

/** A screen that remembers, and understands what the editor sends: enough of a terminal to read the last rows. */
class Screen {
  readonly rows = [""];
  #row = 0;
  #column = 0;
  readonly #width: number;

  constructor(width = 60) {
    this.#width = width;
  }

  columns = (): number => this.#width;

  write = (text: string): void => {
    // oxlint-disable-next-line no-control-regex
    for (const [piece, count, letter] of text.matchAll(/\x1b\[(\d*)([A-Za-z])|[^]/g)) {
      if (letter === "A") this.#row -= Number(count || 1);
      else if (letter === "C") this.#column += Number(count || 1);
      else if (letter === "J") {
        this.rows.length = this.#row + 1;
        this.rows[this.#row] = (this.rows[this.#row] ?? "").slice(0, this.#column);
      } else if (letter === "H") [this.#row, this.#column] = [0, 0];
      else if (letter === "m") continue;
      else if (piece === "\r") this.#column = 0;
      else if (piece === "\b") this.#column--;
      else if (piece === "\n") this.#row++;
      else {
        if (this.#column === this.#width) [this.#row, this.#column] = [this.#row + 1, 0];
        const row = (this.rows[this.#row] ?? "").padEnd(this.#column);
        this.rows[this.#row] = row.slice(0, this.#column) + piece + row.slice(this.#column + 1);
        this.#column++;
      }
      this.rows[this.#row] ??= "";
    }
  };

  get cursor(): [row: number, column: number] {
    return [this.#row, this.#column];
  }
}

class EchoShell implements Shell {
  readonly greeting = "A shell for tests.";
  folder = "/home/you/app";
  readonly home = "/home/you";
  readonly lines: string[] = [];
  needsMore = (text: string): boolean => (text.match(/'/g)?.length ?? 0) % 2 === 1;
  run: Shell["run"] = async (line, { write, signal }) => {
    this.lines.push(line);
    if (line === "wait") {
      await new Promise((done) => signal.addEventListener("abort", done));
      return 130;
    }
    write(`<${line}>`);
    return 0;
  };
  complete: Shell["complete"] = async (text, signal) => {
    if (text === "endless .#") {
      this.lines.push("completing");
      await new Promise((done) => signal?.addEventListener("abort", done));
      this.lines.push("stopped");
    }
    const from = text.lastIndexOf(" ") + 1;
    return { from, words: ["flake.lock", "flake.nix", "folder/"].filter((each) => each.startsWith(text.slice(from))) };
  };
}

function open(width?: number) {
  const [screen, shell] = [new Screen(width), new EchoShell()];
  const session = new Session(shell, screen);
  session.start();
  return { screen, shell, type: (data: string) => session.type(data) };
}

const [up, down, left, home, end] = ["\u001b[A", "\u001b[B", "\u001b[D", "\u001b[H", "\u001b[F"];

test("a line is typed, corrected, run, and the next prompt stands below", async () => {
  const { screen, shell, type } = open();
  await type(`eho hi${home}${"\u001b[C"}c${end}!\u007f\r`);
  assert.deepEqual(shell.lines, ["echo hi"]);
  assert.deepEqual(screen.rows, ["A shell for tests.", "~/app $ echo hi", "<echo hi>", "~/app $ "]);
});

test("arrows go through older lines and back to the one that was begun", async () => {
  const { shell, type, screen } = open();
  await type("one\rtwo\r");
  await type(`three${up}${up}${up}`);
  assert.equal(screen.rows.at(-1), "~/app $ one");
  await type(`${down}${down}`);
  assert.equal(screen.rows.at(-1), "~/app $ three");
  await type(`${up}${up}\r`);
  assert.deepEqual(shell.lines, ["one", "two", "one"]);
});

test("Tab completes what is sure, then lists what is possible", async () => {
  const { screen, type } = open();
  await type("cat fl\t");
  assert.equal(screen.rows.at(-1), "~/app $ cat flake.");
  await type("\t");
  assert.deepEqual(screen.rows.slice(-2), ["flake.lock  flake.nix", "~/app $ cat flake."]);
  await type("n\t");
  assert.equal(screen.rows.at(-1), "~/app $ cat flake.nix ");
  await type(`${left.repeat(5)}\u0015ls fo\t`);
  assert.equal(screen.rows.at(-1), "~/app $ ls folder/.nix ");
});

test("Ctrl-C stops what runs and forgets what was typed meanwhile; at the prompt it gives up the line", async () => {
  const { screen, shell, type } = open();
  const running = type("wait\r");
  await Promise.resolve();
  await type("typed ahead\r");
  await type("\u0003");
  await running;
  await type("half a line\u0003");
  await type("next\r");
  assert.deepEqual(shell.lines, ["wait", "next"]);
  assert.deepEqual(screen.rows.slice(1), [
    "~/app $ wait",
    "^C",
    "~/app $ half a line^C",
    "~/app $ next",
    "<next>",
    "~/app $ ",
  ]);
});

test("Ctrl-C stops a completion that does not end", async () => {
  const { screen, shell, type } = open();
  const completing = type("endless .#\t");
  await Promise.resolve();
  await type("ahead\u0003");
  await completing;
  await type("next\r");
  assert.deepEqual(shell.lines, ["completing", "stopped", "next"]);
  assert.deepEqual(screen.rows.slice(1, 4), ["~/app $ endless .#^C", "~/app $ next", "<next>"]);
});

test("lines that are pasted run one after the other, also those that belong together", async () => {
  const { screen, shell, type } = open();
  await type("one\r\necho 'a\nb'\ntwo");
  assert.deepEqual(shell.lines, ["one", "echo 'a\nb'"]);
  assert.equal(screen.rows.at(-1), "~/app $ two");
  assert.ok(screen.rows.includes("> b'"));
});

test("a line longer than the screen is drawn over several rows, and edited there", async () => {
  const { screen, shell, type } = open(20);
  await type("0123456789012345678901234567890123456789");
  assert.deepEqual(screen.rows.slice(1), ["~/app $ 012345678901", "23456789012345678901", "23456789"]);
  await type(`${home}X${left}${end}Y`);
  assert.deepEqual(screen.rows.slice(1), ["~/app $ X01234567890", "12345678901234567890", "123456789Y"]);
  await type("\u0017end of a row");
  assert.deepEqual(screen.rows.slice(1), ["~/app $ end of a row", " "]);
  assert.deepEqual(screen.cursor, [2, 0]);
  await type("\r");
  assert.deepEqual(shell.lines, ["end of a row"]);
});

test("Ctrl-L clears the screen and keeps the line", async () => {
  const { screen, type } = open();
  await type("one\rtwo\u000c");
  assert.equal(screen.rows[0], "~/app $ two");
});
