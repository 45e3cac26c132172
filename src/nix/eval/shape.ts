import type { Place, Source } from "../syntax/source.ts";

/** Up to this many names a row of comparisons beats a hash table. */
export const fewNames = 8;

/** How many shapes may stand on one another before a name is looked for in a table of its own again. */
const mostLayers = 8;

/** Where the attributes of a set were defined. Offsets by index; one source for all, or one each. */
export interface Positions {
  readonly source: Source | readonly (Source | undefined)[];
  readonly offsets: readonly number[];
}

const isOne = (source: Positions["source"]): source is Source => !Array.isArray(source);

/** The names of a set with their places, in the order of its values. Sets made by one expression share one. */
export class Shape {
  readonly names: readonly string[];
  readonly positions: Positions | undefined;
  /** The shape whose names come first in this one: they are looked for there. */
  private readonly base: Shape | undefined;
  readonly layers: number;
  /** Where the names behind those of the base are, once they are many and one is looked for. */
  private table: Map<string, number> | undefined;
  private sorted: readonly number[] | undefined;
  private isSorted: boolean | undefined;
  private withoutPositions: Shape | undefined;

  constructor(names: readonly string[], positions?: Positions, table?: Map<string, number>, base?: Shape) {
    this.names = names;
    this.positions = positions;
    this.table = table;
    this.base = base;
    this.layers = base === undefined ? 0 : base.layers + 1;
  }

  /** The index of a name's value, or -1. Where only a few names are looked for, a table would not pay. */
  find(name: string, few = false): number {
    const { names, base } = this;
    let first = 0;
    if (base !== undefined) {
      const index = base.find(name, few);
      if (index >= 0) return index;
      first = base.names.length;
    }
    if (this.table === undefined) {
      if (few || names.length - first <= fewNames) return names.indexOf(name, first);
      const table = new Map<string, number>();
      for (let i = first; i < names.length; i++) table.set(names[i]!, i);
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
    const { positions } = this;
    if (positions === undefined) return undefined;
    const offset = positions.offsets[index]!;
    const source = isOne(positions.source) ? positions.source : positions.source[index];
    return offset >= 0 && source !== undefined ? { source, offset } : undefined;
  }

  /** The shape of some of the values. */
  pick(indexes: readonly number[]): Shape {
    const at = <T>(row: readonly T[]) => indexes.map((index) => row[index]!);
    const { positions } = this;
    if (positions === undefined) return new Shape(at(this.names));
    const { source } = positions;
    const offsets = at(positions.offsets);
    return new Shape(at(this.names), isOne(source) ? { source, offsets } : positionsOf(at(source), offsets));
  }

  /** The same names without places, as `mapAttrs` gives them. */
  bare(): Shape {
    if (this.positions === undefined) return this;
    if (this.withoutPositions === undefined) {
      const bare = new Shape(this.names, undefined, this.table, this.base);
      bare.sorted = this.sorted;
      bare.isSorted = this.isSorted;
      this.withoutPositions = bare;
    }
    return this.withoutPositions;
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

/** How two shapes merge. */
export interface MergePlan {
  readonly shape: Shape;
  /** Index in the left shape and in the right one, in turn, of each name that both have. */
  readonly replaced: readonly number[];
  /** Indexes in the right shape of the names that it adds. */
  readonly added: readonly number[];
}

/**
 * The plan for `left // right`. A table of a large left side, made anew at each step of a fold that adds one attribute,
 * would cost more than the rest of the merge.
 */
export function planMerge(left: Shape, right: Shape): MergePlan {
  const replaced: number[] = [];
  const added: number[] = [];
  const addedNames: string[] = [];
  const few = right.names.length <= fewNames;
  for (let j = 0; j < right.names.length; j++) {
    const name = right.names[j]!;
    const at = left.find(name, few);
    if (at >= 0) replaced.push(at, j);
    else {
      added.push(j);
      addedNames.push(name);
    }
  }
  const names = added.length === 0 ? left.names : left.names.concat(addedNames);
  const positions = mergePositions(left, right, replaced, added);
  const base = left.names.length > fewNames && left.layers < mostLayers ? left : undefined;
  return { shape: new Shape(names, positions, undefined, base), replaced, added };
}

function mergePositions(
  left: Shape,
  right: Shape,
  replaced: readonly number[],
  added: readonly number[],
): Positions | undefined {
  if (left.positions === undefined && right.positions === undefined) return undefined;
  const merge = <T>(ofLeft: readonly T[], ofRight: readonly T[]) => merged(ofLeft, ofRight, replaced, added);
  const offsets = merge(offsetsOf(left), offsetsOf(right));
  const source = left.positions?.source;
  if (source !== undefined && isOne(source) && source === right.positions?.source) return { source, offsets };
  return positionsOf(merge(sourcesOf(left), sourcesOf(right)), offsets);
}

function offsetsOf({ positions, names }: Shape): readonly number[] {
  return positions?.offsets ?? names.map(() => -1);
}

function sourcesOf({ positions, names }: Shape): readonly (Source | undefined)[] {
  const source = positions?.source;
  return source === undefined || isOne(source) ? names.map(() => source) : source;
}

/** What stands on the left with what the right puts in its place or adds. */
export function merged<T>(
  left: readonly T[],
  right: readonly T[],
  replaced: readonly number[],
  added: readonly number[],
): T[] {
  // Not by `push`, which keeps room for more.
  const result = added.length === 0 ? left.slice() : left.concat(added.map((index) => right[index]!));
  for (let i = 0; i < replaced.length; i += 2) result[replaced[i]!] = right[replaced[i + 1]!]!;
  return result;
}
