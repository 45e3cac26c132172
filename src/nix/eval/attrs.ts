import type { Place, Source } from "../syntax/source.ts";
import type { Lazy } from "./values.ts";

/** Up to this many names a row of comparisons beats a hash table. */
const fewNames = 8;

/** Where the attributes of a set were defined. Offsets by index; one source for all, or one each. */
export interface Positions {
  readonly source: Source | readonly (Source | undefined)[];
  readonly offsets: readonly number[];
}

/** The names of a set with their places, in the order of its values. Sets made by one expression share one. */
export class Shape {
  readonly names: readonly string[];
  readonly positions: Positions | undefined;
  private table: Map<string, number> | undefined;
  private sorted: readonly number[] | undefined;
  private isSorted: boolean | undefined;
  private withoutPositions: Shape | undefined;

  constructor(names: readonly string[], positions?: Positions, table?: Map<string, number>) {
    this.names = names;
    this.positions = positions;
    this.table = table;
  }

  get hasTable(): boolean {
    return this.table !== undefined;
  }

  /** The index of a name's value, or -1. */
  find(name: string): number {
    const names = this.names;
    if (this.table === undefined) {
      if (names.length <= fewNames) {
        for (let i = 0; i < names.length; i++) if (names[i] === name) return i;
        return -1;
      }
      const table = new Map<string, number>();
      for (let i = 0; i < names.length; i++) table.set(names[i]!, i);
      this.table = table;
    }
    return this.table.get(name) ?? -1;
  }

  /** Indexes in the order of the names, bytewise; `undefined` where that is the order in which they stand. */
  order(): readonly number[] | undefined {
    if (this.isSorted === undefined) {
      const names = this.names;
      this.isSorted = true;
      for (let i = 1; i < names.length && this.isSorted; i++) this.isSorted = names[i - 1]! < names[i]!;
      if (!this.isSorted) {
        const indexed = Array.from(names, (_, i) => i);
        indexed.sort((a, b) => (names[a]! < names[b]! ? -1 : 1));
        this.sorted = indexed;
      }
    }
    return this.sorted;
  }

  place(index: number): Place | undefined {
    const positions = this.positions;
    if (positions === undefined) return undefined;
    const offset = positions.offsets[index]!;
    const source = Array.isArray(positions.source) ? (positions.source[index] as Source) : (positions.source as Source);
    return offset >= 0 && source !== undefined ? { source, offset } : undefined;
  }

  /** The same names without places, as `mapAttrs` gives them. */
  bare(): Shape {
    if (this.positions === undefined) return this;
    if (this.withoutPositions === undefined) {
      const bare = new Shape(this.names, undefined, this.table);
      bare.sorted = this.sorted;
      bare.isSorted = this.isSorted;
      this.withoutPositions = bare;
    }
    return this.withoutPositions;
  }
}

const emptyShape = new Shape([]);

/** A set. */
export class Attrs {
  readonly shape: Shape;
  readonly values: Lazy[];

  constructor(shape: Shape, values: Lazy[]) {
    this.shape = shape;
    this.values = values;
  }

  static readonly empty: Attrs = new Attrs(emptyShape, []);

  /** A set of what `entries` names; of two with one name the last counts. */
  static from(entries: Iterable<readonly [string, Lazy]>): Attrs {
    const builder = new AttrsBuilder();
    for (const [name, value] of entries) builder.set(name, value);
    return builder.finish();
  }

  get size(): number {
    return this.values.length;
  }

  get(name: string): Lazy | undefined {
    const index = this.shape.find(name);
    return index < 0 ? undefined : this.values[index];
  }

  has(name: string): boolean {
    return this.shape.find(name) >= 0;
  }

  /** Names in bytewise order. */
  names(): readonly string[] {
    const order = this.shape.order();
    const names = this.shape.names;
    return order === undefined ? names : order.map((index) => names[index]!);
  }

  /** Values in the order of their names. */
  sortedValues(): readonly Lazy[] {
    const order = this.shape.order();
    return order === undefined ? this.values : order.map((index) => this.values[index]!);
  }

  /** Names with values in bytewise order of the names. */
  entries(): (readonly [string, Lazy])[] {
    const { names } = this.shape;
    const order = this.shape.order();
    return order === undefined
      ? names.map((name, index) => [name, this.values[index]!] as const)
      : order.map((index) => [names[index]!, this.values[index]!] as const);
  }

  /** Visits names with values in bytewise order of the names. */
  forEach(visit: (name: string, value: Lazy) => void): void {
    const { names } = this.shape;
    const order = this.shape.order();
    for (let i = 0; i < names.length; i++) {
      const index = order === undefined ? i : order[i]!;
      visit(names[index]!, this.values[index]!);
    }
  }

  placeOf(name: string): Place | undefined {
    const index = this.shape.find(name);
    return index < 0 ? undefined : this.shape.place(index);
  }
}

/** Positions of attributes of which each has a source of its own; most often it is one and the same. */
export function positionsOf(sources: readonly (Source | undefined)[], offsets: readonly number[]): Positions {
  const [first] = sources;
  const isOne = first !== undefined && sources.every((source) => source === first);
  return { source: isOne ? first : sources, offsets };
}

/** Shapes of few names that were made at run time, by these names; forgotten when they are many. */
const madeShapes = new Map<string, Shape>();
const mostMadeShapes = 256;

/**
 * The shape with these names and places. Small ones are made once, so that sets that a function makes again and again
 * share theirs: a selection and a merge remember what they know of the shape that they met last.
 */
export function shapeOf(names: readonly string[], positions?: Positions): Shape {
  if (names.length > fewNames) return new Shape(names, positions);
  const key = names.join("\0");
  const made = madeShapes.get(key);
  if (made !== undefined && samePositions(made.positions, positions)) return made;
  if (madeShapes.size >= mostMadeShapes) madeShapes.clear();
  const shape = new Shape(names, positions);
  madeShapes.set(key, shape);
  return shape;
}

function samePositions(a: Positions | undefined, b: Positions | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.source === b.source && a.offsets.every((offset, index) => offset === b.offsets[index]);
}

/** Collects attributes whose names are known only at run time. */
export class AttrsBuilder {
  private readonly names: string[] = [];
  private readonly values: Lazy[] = [];
  /** Where the names are; only once they are many. */
  private table: Map<string, number> | undefined;
  private places: (Place | undefined)[] | undefined;

  private find(name: string): number {
    return this.table === undefined ? this.names.indexOf(name) : (this.table.get(name) ?? -1);
  }

  has(name: string): boolean {
    return this.find(name) >= 0;
  }

  placeOf(name: string): Place | undefined {
    return this.places?.[this.find(name)];
  }

  set(name: string, value: Lazy, place?: Place): void {
    let index = this.find(name);
    if (index < 0) {
      index = this.names.length;
      this.names.push(name);
      this.values.push(value);
      if (this.table !== undefined) this.table.set(name, index);
      else if (index === fewNames) this.table = new Map(this.names.map((each, at) => [each, at]));
    } else this.values[index] = value;
    if (place !== undefined) {
      this.places ??= [];
      this.places[index] = place;
    }
  }

  finish(): Attrs {
    if (this.names.length === 0) return Attrs.empty;
    const places = this.places;
    const positions =
      places &&
      positionsOf(
        this.names.map((_, index) => places[index]?.source),
        this.names.map((_, index) => places[index]?.offset ?? -1),
      );
    const { names, table } = this;
    return new Attrs(table === undefined ? shapeOf(names, positions) : new Shape(names, positions, table), this.values);
  }
}

/** How two shapes merge: the shape of the result, and for each of its values where it comes from (right: ~index). */
export interface MergePlan {
  readonly shape: Shape;
  readonly picks: Int32Array;
}

/**
 * The plan for `left // right`. A few names are looked for one by one: a table of a large left side, made anew at each
 * step of a fold that adds one attribute, would cost more than the rest of the merge.
 */
export function planMerge(left: Shape, right: Shape): MergePlan {
  const names = left.names.slice();
  const before = names.length;
  const picks = new Int32Array(before + right.names.length);
  for (let i = 0; i < before; i++) picks[i] = i;
  const few = right.names.length <= fewNames && !left.hasTable;
  for (let j = 0; j < right.names.length; j++) {
    const name = right.names[j]!;
    const at = few ? left.names.indexOf(name) : left.find(name);
    if (at >= 0) picks[at] = ~j;
    else {
      picks[names.length] = ~j;
      names.push(name);
    }
  }
  const used = picks.subarray(0, names.length);
  return { shape: new Shape(names, mergePositions(left.positions, right.positions, used)), picks: used };
}

function mergePositions(
  left: Positions | undefined,
  right: Positions | undefined,
  picks: Int32Array,
): Positions | undefined {
  if (left === undefined && right === undefined) return undefined;
  const offsets: number[] = [];
  for (let i = 0; i < picks.length; i++) {
    const pick = picks[i]!;
    offsets.push((pick >= 0 ? left?.offsets[pick] : right?.offsets[~pick]) ?? -1);
  }
  if (left !== undefined && left.source === right?.source && !Array.isArray(left.source))
    return { source: left.source, offsets };
  const sources: (Source | undefined)[] = [];
  for (let i = 0; i < picks.length; i++) {
    const pick = picks[i]!;
    sources.push(pick >= 0 ? sourceAt(left, pick) : sourceAt(right, ~pick));
  }
  return positionsOf(sources, offsets);
}

function sourceAt(positions: Positions | undefined, index: number): Source | undefined {
  const source = positions?.source;
  return Array.isArray(source) ? (source[index] as Source | undefined) : (source as Source | undefined);
}

/** `left // right` by its plan. */
export function mergeBy(plan: MergePlan, left: Attrs, right: Attrs): Attrs {
  const { picks } = plan;
  const leftValues = left.values;
  const rightValues = right.values;
  const values: Lazy[] = leftValues.slice();
  const before = leftValues.length;
  for (let i = 0; i < before; i++) {
    const pick = picks[i]!;
    if (pick < 0) values[i] = rightValues[~pick]!;
  }
  for (let i = before; i < picks.length; i++) values.push(rightValues[~picks[i]!]!);
  return new Attrs(plan.shape, values);
}
