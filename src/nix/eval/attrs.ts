import type { Place } from "../syntax/source.ts";
import { exact } from "../text/lists.ts";
import { fewNames, merged, positionsOf, Shape, shapeOf, type MergePlan } from "./shape.ts";
import type { Lazy } from "./values.ts";

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
    return new Attrs(
      table === undefined ? shapeOf(names, positions) : new Shape(names, positions, table),
      exact(this.values),
    );
  }
}

/** `left // right` by its plan. */
export function mergeBy({ shape, replaced, added }: MergePlan, left: Attrs, right: Attrs): Attrs {
  return new Attrs(shape, merged(left.values, right.values, replaced, added));
}
