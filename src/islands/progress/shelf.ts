/** Where progress lies: in the browser's IndexedDB, or in memory where that cannot be had. */
import { openDB, type IDBPDatabase } from "idb";

/** Values by key. */
export interface Shelf {
  get(key: string): Promise<unknown>;
  entries(): Promise<[key: string, value: unknown][]>;
  /** Reads and writes in one step, in which no other tab can write. `change` gives the new value, `undefined` for none. */
  update(key: string, change: (old: unknown) => unknown): Promise<void>;
  clear(): Promise<void>;
}

/** @throws what the browser throws where it keeps nothing, or Error where it does not answer within two seconds */
export async function openDatabase(): Promise<Shelf> {
  const late = new Promise<never>((_, fail) => setTimeout(() => fail(new Error("no answer")), 2000));
  const opening = openDB("flakes-for-snakes", 1, {
    upgrade: (database) => void database.createObjectStore("kept"),
    blocking: (_old, _new, { target }) => (target as IDBDatabase).close(),
  });
  return new DatabaseShelf(await Promise.race([opening, late]));
}

class DatabaseShelf implements Shelf {
  readonly #database: IDBPDatabase;

  constructor(database: IDBPDatabase) {
    this.#database = database;
  }

  get(key: string): Promise<unknown> {
    return this.#database.get("kept", key);
  }

  async entries(): Promise<[string, unknown][]> {
    const { store } = this.#database.transaction("kept");
    const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
    return keys.map((key, index) => [key as string, values[index]]);
  }

  async update(key: string, change: (old: unknown) => unknown): Promise<void> {
    const transaction = this.#database.transaction("kept", "readwrite");
    const old: unknown = await transaction.store.get(key);
    const value = change(old);
    const write = value === undefined ? transaction.store.delete(key) : transaction.store.put(value, key);
    // The transaction may fail after the request was granted: a full disk shows itself only then.
    await Promise.all([write, transaction.done]);
  }

  async clear(): Promise<void> {
    await this.#database.clear("kept");
  }
}

/** Keeps values for as long as the page is open. */
export class MemoryShelf implements Shelf {
  readonly #values: Map<string, unknown>;

  constructor(values: Iterable<[string, unknown]> = []) {
    this.#values = new Map(values);
  }

  async get(key: string): Promise<unknown> {
    return this.#values.get(key);
  }

  async entries(): Promise<[string, unknown][]> {
    return [...this.#values];
  }

  async update(key: string, change: (old: unknown) => unknown): Promise<void> {
    const value = change(this.#values.get(key));
    if (value === undefined) this.#values.delete(key);
    else this.#values.set(key, value);
  }

  async clear(): Promise<void> {
    this.#values.clear();
  }
}
