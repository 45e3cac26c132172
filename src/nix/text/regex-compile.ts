import { byteSet, readBracket, type ByteSet } from "./regex-bracket.ts";
import { RegexProblem, RegexScanner } from "./regex-scan.ts";

/**
 * A state of the automaton. `alt` of a `repeat` is its body, `next` is what follows; `alt` of an `either` is its left
 * branch, `next` its right one. -1 is "none yet".
 */
export interface State {
  readonly op: "match" | "open" | "close" | "line-begin" | "line-end" | "either" | "repeat" | "accept" | "dummy";
  next: number;
  alt: number;
  /** The bytes of a `match`. */
  readonly bytes?: ByteSet;
  /** The number of the group of an `open` or a `close`; 0 is the whole match. */
  readonly group?: number;
}

/** A compiled pattern: its states, where to begin, and how many groups it has beside the whole match. */
export interface Automaton {
  readonly states: readonly State[];
  readonly start: number;
  readonly groups: number;
}

/** A piece of the automaton with one way in and one way out. */
interface Piece {
  readonly start: number;
  end: number;
}

/** libstdc++ refuses larger automata. What counts is every state made, also those that nothing leads to. */
const stateLimit = 100_000;

/** What a parenthesis, or the whole pattern, has read so far. */
interface Frame {
  readonly open: number;
  readonly group: number;
  alternatives: Piece | undefined;
  sequence: Piece | undefined;
}

class Compiler {
  readonly states: State[] = [];
  readonly #scanner: RegexScanner;
  #groups = 0;
  readonly #frames: Frame[] = [];

  constructor(pattern: string) {
    this.#scanner = new RegexScanner(pattern);
  }

  compile(): Automaton {
    this.#openGroup();
    for (;;) {
      const frame = this.#frames.at(-1)!;
      if (this.#assertion(frame)) continue;
      if (this.#scanner.take("open")) {
        this.#openGroup();
        continue;
      }
      const atom = this.#matcher();
      if (atom) {
        this.#append(frame, this.#quantified(atom));
        continue;
      }
      this.#endSequence(frame);
      if (this.#scanner.take("or")) continue;
      if (this.#frames.length === 1) break;
      if (!this.#scanner.take("close")) throw new RegexProblem("syntax");
      const group = this.#closeGroup();
      this.#append(this.#frames.at(-1)!, this.#quantified(group));
    }
    if (this.#scanner.token.type !== "end") throw new RegexProblem("syntax");
    const whole = this.#closeGroup();
    this.#link(whole, this.#single("accept"));
    skipDummies(this.states);
    return { states: this.states, start: whole.start, groups: this.#groups - 1 };
  }

  #add(state: State): number {
    this.states.push(state);
    if (this.states.length > stateLimit) throw new RegexProblem("space");
    return this.states.length - 1;
  }

  #single(op: State["op"], more: { bytes?: ByteSet; group?: number } = {}): Piece {
    const id = this.#add({ op, next: -1, alt: -1, ...more });
    return { start: id, end: id };
  }

  #link(before: Piece, after: Piece): void {
    this.states[before.end]!.next = after.start;
    before.end = after.end;
  }

  #append(frame: Frame, piece: Piece): void {
    if (frame.sequence) this.#link(frame.sequence, piece);
    else frame.sequence = piece;
  }

  #openGroup(): void {
    const group = this.#groups++;
    const open = this.#single("open", { group }).start;
    this.#frames.push({ open, group, alternatives: undefined, sequence: undefined });
  }

  #closeGroup(): Piece {
    const { open, group, alternatives } = this.#frames.pop()!;
    const piece = { start: open, end: open };
    this.#link(piece, alternatives!);
    this.#link(piece, this.#single("close", { group }));
    return piece;
  }

  /** Ends the sequence that was being read and joins it to the alternatives before it. */
  #endSequence(frame: Frame): void {
    this.#append(frame, this.#single("dummy"));
    const right = frame.sequence!;
    frame.sequence = undefined;
    const left = frame.alternatives;
    if (!left) {
      frame.alternatives = right;
      return;
    }
    const end = this.#single("dummy");
    this.#link(left, end);
    this.#link(right, end);
    const either = this.#add({ op: "either", next: right.start, alt: left.start });
    frame.alternatives = { start: either, end: end.start };
  }

  #assertion(frame: Frame): boolean {
    const op = (["line-begin", "line-end"] as const).find((type) => this.#scanner.take(type));
    if (op) this.#append(frame, this.#single(op));
    return op !== undefined;
  }

  #matcher(): Piece | undefined {
    const scanner = this.#scanner;
    if (scanner.take("any")) return this.#single("match", { bytes: byteSet((code) => code !== 0) });
    const character = scanner.take("char")?.text.charCodeAt(0);
    if (character !== undefined) return this.#single("match", { bytes: byteSet((code) => code === character) });
    const negated = scanner.take("bracket-not") !== undefined;
    if (!negated && !scanner.take("bracket")) return undefined;
    return this.#single("match", { bytes: readBracket(scanner, negated) });
  }

  #quantified(atom: Piece): Piece {
    const scanner = this.#scanner;
    let piece = atom;
    for (;;) {
      if (scanner.take("star")) {
        const repeat = this.#repeat(piece.start);
        this.#link(piece, repeat);
        piece = repeat;
      } else if (scanner.take("plus")) this.#link(piece, this.#repeat(piece.start));
      else if (scanner.take("optional")) {
        const end = this.#single("dummy");
        const repeat = this.#repeat(piece.start);
        this.#link(piece, { ...end });
        this.#link(repeat, end);
        piece = repeat;
      } else if (scanner.take("brace")) piece = this.#interval(piece);
      else return piece;
    }
  }

  #repeat(body: number): Piece {
    const id = this.#add({ op: "repeat", next: -1, alt: body });
    return { start: id, end: id };
  }

  #interval(body: Piece): Piece {
    const scanner = this.#scanner;
    const least = readCount(scanner.take("count")?.text);
    let more = 0;
    let unlimited = false;
    if (scanner.take("comma")) {
      const most = scanner.take("count");
      if (most) more = readCount(most.text) - least;
      else unlimited = true;
    }
    if (!scanner.take("brace-end")) throw new RegexProblem("syntax");

    const piece = this.#single("dummy");
    for (let i = 0; i < least; i++) this.#link(piece, this.#clone(body));
    if (unlimited) {
      const copy = this.#clone(body);
      const repeat = this.#repeat(copy.start);
      this.#link(copy, { ...repeat });
      this.#link(piece, repeat);
      return piece;
    }
    if (more < 0) throw new RegexProblem("syntax");
    const end = this.#single("dummy");
    for (let i = 0; i < more; i++) {
      const copy = this.#clone(body);
      const repeat = this.#add({ op: "repeat", next: end.start, alt: copy.start });
      this.#link(piece, { start: repeat, end: copy.end });
    }
    this.#link(piece, end);
    return piece;
  }

  /** Copies a piece. A state that two others lead to can be copied twice, as libstdc++ does: the limit counts it. */
  #clone({ start, end }: Piece): Piece {
    const copies = new Map<number, number>();
    const waiting = [start];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const state = this.states[id]!;
      copies.set(id, this.#add({ ...state }));
      if (state.alt >= 0 && !copies.has(state.alt)) waiting.push(state.alt);
      if (id !== end && state.next >= 0 && !copies.has(state.next)) waiting.push(state.next);
    }
    for (const id of copies.values()) {
      const state = this.states[id]!;
      state.next = copies.get(state.next) ?? state.next;
      state.alt = copies.get(state.alt) ?? state.alt;
    }
    return { start: copies.get(start)!, end: copies.get(end)! };
  }
}

function readCount(digits: string | undefined): number {
  const count = Number(digits);
  if (digits === undefined || count > 0x7fffffff) throw new RegexProblem("syntax");
  return count;
}

function skipDummies(states: readonly State[]): void {
  const past = (id: number) => {
    let at = id;
    while (at >= 0 && states[at]!.op === "dummy") at = states[at]!.next;
    return at;
  };
  for (const state of states) {
    state.next = past(state.next);
    state.alt = past(state.alt);
  }
}

/** Compiles a pattern; throws a `RegexProblem`. */
export function compileAutomaton(pattern: string): Automaton {
  return new Compiler(pattern).compile();
}
