import { exact } from "../text/lists.ts";
import type { Binding } from "./ast.ts";

/** Up to this many names a row of comparisons beats a hash table, in time and in memory. */
const fewNames = 12;

/** The bindings of a set or `let`, in the order of the source; each name stands there once. */
export class Bindings {
  private list: Binding[] = [];
  private table: Map<string, Binding> | undefined;

  get(name: string): Binding | undefined {
    if (this.table !== undefined) return this.table.get(name);
    const { list } = this;
    for (let i = 0; i < list.length; i++) if (list[i]!.name === name) return list[i];
    return undefined;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** Adds a binding whose name is not there yet. */
  add(binding: Binding): void {
    this.list.push(binding);
    if (this.table !== undefined) this.table.set(binding.name, binding);
    else if (this.list.length > fewNames) this.table = new Map(this.list.map((each) => [each.name, each]));
  }

  /** Gives back the room that is kept for more bindings. */
  trim(): void {
    this.list = exact(this.list);
  }

  values(): readonly Binding[] {
    return this.list;
  }
}
