import { RegexProblem } from "./regex-scan.ts";
import type { Automaton, State } from "./regex-compile.ts";

// libstdc++ walks the automaton depth first. It takes the longest of the matches that it comes across, the first of
// equally long ones; it tries both branches of every alternative, but leaves a loop only when one more round leads to no
// match at all. So "longest" holds only among what is tried: `a*(ab)?` matches "aa" of "aab".
//
// What the walk finds from a state at a position depends on nothing but the two, and on which loops were entered at this
// very position (a loop may be entered twice without anything consumed). So each such question is answered once and kept:
// the library needs exponential time for `(a|a)*b`, this needs states times characters.

/** Questions to answer before giving up. */
const questionLimit = 50_000_000;
/** The same for those inside loops, at each byte: they grow with each loop that is nested in another and can be empty. */
const loopQuestionLimit = 256;
/** Above this many answers a sparse map holds them instead of an array. */
const arrayLimit = 1 << 24;

const none = -1;
const unknown = 0;

/** Searches one text with one automaton. What it has found out serves all searches in that text. */
export class RegexSearch {
  readonly #states: readonly State[];
  readonly #start: number;
  readonly #groups: number;
  readonly #text: string;
  readonly #whole: boolean;
  readonly #loops: LoopTable;
  /** Numbers the states at which the walk can branch. */
  readonly #branch: Int32Array;
  /** Per branching state and position: 0 unknown, else the end of the best match plus 2, so that 1 is "none". */
  readonly #answers: Int32Array | Map<number, number>;
  /** Answers for walks inside loops, by the loops entered here. */
  readonly #inLoops = new Map<number, Map<number, number>>();
  #questions = 0;
  #questionsInLoops = 0;
  readonly #stack: number[] = [];
  /** Where an empty match is not wanted; -1 where it is. */
  #notEmptyAt = -1;
  #notEmptyAnswers: Map<number, number> | undefined;
  readonly #first: Uint8Array | undefined;

  constructor({ states, start, groups }: Automaton, text: string, whole: boolean) {
    this.#states = states;
    this.#start = start;
    this.#groups = groups;
    this.#text = text;
    this.#whole = whole;
    const { branch, count, loops, first } = facts(states, start);
    this.#branch = branch;
    this.#loops = loops;
    this.#first = first;
    const size = count * (text.length + 1);
    this.#answers = size <= arrayLimit ? new Int32Array(size) : new Map<number, number>();
  }

  /** The spans of the whole match and of each group (-1 where it took no part) of the best match at `at`. */
  matchAt(at: number, notEmpty: boolean): Int32Array | null {
    this.#notEmptyAt = notEmpty ? at : -1;
    this.#notEmptyAnswers = notEmpty ? new Map() : undefined;
    const end = this.#best(this.#start, at, 0);
    const spans = end === none ? null : this.#trace(at);
    this.#notEmptyAt = -1;
    return spans;
  }

  /** The first match that begins at `from` or later. */
  find(from: number): Int32Array | null {
    for (let at = from; at <= this.#text.length; at++) {
      if (this.#first && !this.#first[this.#text.charCodeAt(at)]) continue;
      const found = this.matchAt(at, false);
      if (found) return found;
    }
    return null;
  }

  #known(state: number, at: number, loops: number): number {
    const key = this.#branch[state]! * (this.#text.length + 1) + at;
    if (at === this.#notEmptyAt) return this.#notEmptyAnswers!.get(key * this.#loops.size + loops) ?? unknown;
    if (loops !== 0) return this.#inLoops.get(loops)?.get(key) ?? unknown;
    return this.#answers instanceof Map ? (this.#answers.get(key) ?? unknown) : this.#answers[key]!;
  }

  #keep(state: number, at: number, loops: number, end: number): void {
    const key = this.#branch[state]! * (this.#text.length + 1) + at;
    const answer = end + 2;
    if (at === this.#notEmptyAt) this.#notEmptyAnswers!.set(key * this.#loops.size + loops, answer);
    else if (loops !== 0) {
      let map = this.#inLoops.get(loops);
      if (!map) this.#inLoops.set(loops, (map = new Map()));
      map.set(key, answer);
    } else if (this.#answers instanceof Map) this.#answers.set(key, answer);
    else this.#answers[key] = answer;
  }

  /** Walks on while there is only one way; `#at` and `#loopsHere` are where the walk then stands. */
  #at = 0;
  #loopsHere = 0;

  #walk(from: number, at: number, loops: number, spans?: Int32Array): number {
    let id = from;
    let position = at;
    let entered = loops;
    for (;;) {
      const state = this.#states[id]!;
      switch (state.op) {
        case "match":
          if (!state.bytes![this.#text.charCodeAt(position)]) return none;
          position++;
          entered = 0;
          break;
        case "open":
          if (spans) spans[spans.length / 2 + state.group!] = position;
          break;
        case "close":
          if (spans) {
            spans[2 * state.group!] = spans[spans.length / 2 + state.group!]!;
            spans[2 * state.group! + 1] = position;
          }
          break;
        case "line-begin":
          if (position !== 0) return none;
          break;
        case "line-end":
          if (position !== this.#text.length) return none;
          break;
        default:
          this.#at = position;
          this.#loopsHere = entered === 0 ? 0 : this.#loops.relevant(entered, id);
          return id;
      }
      id = state.next;
    }
  }

  #accepts(at: number): boolean {
    return (!this.#whole || at === this.#text.length) && at !== this.#notEmptyAt;
  }

  /** The end of the best match from a state at a position, or -1. An own stack: texts may be long. */
  #best(from: number, at: number, loops: number): number {
    // Five numbers a question: state, position, loops, what its first way gave, and whether its second is being tried.
    const stack = this.#stack;
    const bottom = stack.length;
    let answer = none;
    let id = this.#walk(from, at, loops);
    for (;;) {
      // Down: until the answer for the current question is known.
      for (;;) {
        if (id === none) {
          answer = none;
          break;
        }
        const state = this.#states[id]!;
        if (state.op === "accept") {
          answer = this.#accepts(this.#at) ? this.#at : none;
          break;
        }
        const known = this.#known(id, this.#at, this.#loopsHere);
        if (known !== unknown) {
          answer = known - 2;
          break;
        }
        this.#count(this.#loopsHere);
        const position = this.#at;
        const outside = this.#loopsHere;
        const inside = state.op === "repeat" ? this.#loops.enter(outside, id) : outside;
        stack.push(id, position, outside, none, inside < 0 ? 1 : 0);
        id = inside < 0 ? this.#walk(state.next, position, outside) : this.#walk(state.alt, position, inside);
      }
      // Up: until a question has a second way that counts.
      for (;;) {
        const top = stack.length - 5;
        if (top < bottom) return answer;
        const asked = stack[top]!;
        const position = stack[top + 1]!;
        const outside = stack[top + 2]!;
        const state = this.#states[asked]!;
        const decided = state.op === "repeat" ? answer !== none : answer === this.#text.length;
        if (stack[top + 4] === 0 && !decided) {
          stack[top + 3] = answer;
          stack[top + 4] = 1;
          id = this.#walk(state.next, position, outside);
          break;
        }
        answer = Math.max(answer, stack[top + 3]!);
        stack.length = top;
        this.#keep(asked, position, outside, answer);
      }
    }
  }

  #count(loops: number): void {
    if (++this.#questions > questionLimit) throw new RegexProblem("space");
    if (loops !== 0 && ++this.#questionsInLoops > loopQuestionLimit * (this.#text.length + 400))
      throw new RegexProblem("space");
  }

  /** Walks the best match once more, to see what the groups held. */
  #trace(from: number): Int32Array {
    const size = this.#groups + 1;
    // Starts and ends; behind them, where each group was opened last.
    const spans = new Int32Array(4 * size).fill(-1);
    spans[0] = from;
    let id = this.#walk(this.#start, from, 0, spans);
    for (;;) {
      const state = this.#states[id]!;
      if (state.op === "accept") return spans.slice(0, 2 * size);
      const at = this.#at;
      const loops = this.#loopsHere;
      const inside = state.op === "repeat" ? this.#loops.enter(loops, id) : loops;
      let takesAlt = false;
      if (inside >= 0) {
        const left = this.#best(state.alt, at, inside);
        takesAlt = left !== none && (state.op === "repeat" || left >= this.#best(state.next, at, loops));
      }
      id = takesAlt ? this.#walk(state.alt, at, inside, spans) : this.#walk(state.next, at, loops, spans);
    }
  }
}

/**
 * Which loops were entered at the current position, and how often (at most twice). Each such combination has a number;
 * 0 is "none".
 */
class LoopTable {
  readonly #states: readonly State[];
  /** Loops whose body can come back to them without consuming anything: only those need counting. */
  readonly #empty: ReadonlySet<number>;
  readonly #combinations: ReadonlyMap<number, number>[] = [new Map()];
  readonly #numbers = new Map<string, number>([["", 0]]);
  readonly #reachable = new Map<number, ReadonlySet<number>>();
  readonly #entered = new Map<number, number>();
  readonly #relevant = new Map<number, number>();
  /** More than there will be combinations; part of keys. */
  readonly size = 1 << 20;

  constructor(states: readonly State[], empty: ReadonlySet<number>) {
    this.#states = states;
    this.#empty = empty;
  }

  /** The combination inside the loop, or -1 when it was entered twice already. */
  enter(loops: number, id: number): number {
    if (!this.#empty.has(id)) return loops;
    const key = loops * this.#states.length + id;
    let inside = this.#entered.get(key);
    if (inside === undefined) {
      const combination = this.#combinations[loops]!;
      const count = combination.get(id) ?? 0;
      inside = count === 2 ? -1 : this.#number(new Map(combination).set(id, count + 1));
      this.#entered.set(key, inside);
    }
    return inside;
  }

  /** The combination without the loops that cannot be reached again from a state before something is consumed. */
  relevant(loops: number, id: number): number {
    const key = loops * this.#states.length + id;
    let rest = this.#relevant.get(key);
    if (rest === undefined) {
      let reachable = this.#reachable.get(id);
      if (!reachable) this.#reachable.set(id, (reachable = withoutConsuming(this.#states, id)));
      const kept = [...this.#combinations[loops]!].filter(([loop]) => reachable.has(loop));
      rest = this.#number(new Map(kept));
      this.#relevant.set(key, rest);
    }
    return rest;
  }

  #number(combination: ReadonlyMap<number, number>): number {
    const key = [...combination]
      .sort(([a], [b]) => a - b)
      .map(([loop, count]) => `${loop}:${count}`)
      .join(" ");
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#combinations.push(combination) - 1;
      if (number >= this.size) throw new RegexProblem("space");
      this.#numbers.set(key, number);
    }
    return number;
  }
}

function withoutConsuming(states: readonly State[], from: number): Set<number> {
  const found = new Set<number>();
  const waiting = [from];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id < 0 || found.has(id)) continue;
    found.add(id);
    const state = states[id]!;
    if (state.op !== "match" && state.op !== "accept") waiting.push(state.next, state.alt);
  }
  return found;
}

interface Facts {
  readonly branch: Int32Array;
  readonly count: number;
  readonly loops: LoopTable;
  /** The bytes with which a match can begin, unless it can be empty. */
  readonly first: Uint8Array | undefined;
}

const known = new WeakMap<readonly State[], Facts>();

function facts(states: readonly State[], start: number): Facts {
  const found = known.get(states);
  if (found) return found;
  const branch = new Int32Array(states.length).fill(-1);
  let count = 0;
  states.forEach(({ op }, id) => {
    if (op === "repeat" || op === "either") branch[id] = count++;
  });
  const circle = circles(states);
  const isEmpty = ({ op, alt }: State, id: number) => op === "repeat" && circle[alt] === circle[id];
  const empty = new Set(states.flatMap((state, id) => (isEmpty(state, id) ? [id] : [])));
  const result = { branch, count, loops: new LoopTable(states, empty), first: firstBytes(states, start) };
  known.set(states, result);
  return result;
}

/** Numbers the states so that two have one number when each leads to the other without consuming (Tarjan 1972). */
function circles(states: readonly State[]): Int32Array {
  const order = new Int32Array(states.length);
  const lowest = new Int32Array(states.length);
  const circle = new Int32Array(states.length).fill(-1);
  const open: number[] = [];
  let visited = 0;
  const ways = ({ op, next, alt }: State) =>
    op === "match" || op === "accept" ? [] : [next, alt].filter((id) => id >= 0);
  for (let root = 0; root < states.length; root++) {
    if (order[root]) continue;
    const path: { id: number; ways: number[] }[] = [];
    const enter = (id: number) => {
      order[id] = lowest[id] = ++visited;
      open.push(id);
      path.push({ id, ways: ways(states[id]!) });
    };
    enter(root);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const to = top.ways.pop();
      if (to === undefined) {
        path.pop();
        const above = path.at(-1);
        if (above) lowest[above.id] = Math.min(lowest[above.id]!, lowest[top.id]!);
        if (lowest[top.id] !== order[top.id]) continue;
        for (let id = open.pop()!; ; id = open.pop()!) {
          circle[id] = top.id;
          if (id === top.id) break;
        }
      } else if (!order[to]) enter(to);
      else if (circle[to] === -1) lowest[top.id] = Math.min(lowest[top.id]!, order[to]!);
    }
  }
  return circle;
}

function firstBytes(states: readonly State[], start: number): Uint8Array | undefined {
  const first = new Uint8Array(256);
  for (const id of withoutConsuming(states, start)) {
    const { op, bytes } = states[id]!;
    if (op === "accept") return undefined;
    if (op === "match") bytes!.forEach((bit, code) => (first[code]! |= bit));
  }
  return first;
}
