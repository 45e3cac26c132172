import { HostError } from "#nix";

/** The files of a stand-in by path, as the build minified them. */
export type Pack = Readonly<Record<string, string>>;

/** A pack as a file: paths and texts in turn, parted by what none of them has. JSON would escape every quote and line. */
export const packed = (pack: Pack): string => Object.entries(pack).flat().join("\0");

/** The reverse. */
export function unpack(file: string): Pack {
  const parts = file.split("\0");
  return Object.fromEntries(parts.flatMap((part, at) => (at % 2 === 0 ? [[part, parts[at + 1] ?? ""]] : [])));
}

/** Where each stand-in's pack is to be had, by its folder in `src/inputs`. */
export type PackAddresses = Readonly<Record<string, string>>;

/** How packs are fetched: ahead of the evaluation, or in the middle of it, which then waits. */
export interface PackSource {
  fetch(address: string): Promise<Pack>;
  fetchNow(address: string): Pack;
}

/** The packs of a worker, each fetched once. */
export class Packs {
  private readonly addresses: PackAddresses;
  private readonly source: PackSource;
  private readonly packs = new Map<string, Pack>();

  constructor(addresses: PackAddresses, source: PackSource) {
    this.addresses = addresses;
    this.source = source;
  }

  /** Whether there is a pack for the folder. */
  has(folder: string): boolean {
    return Object.hasOwn(this.addresses, folder);
  }

  /** Fetches those that are not there yet, all at once. What fails is fetched again by `get`, which says why. */
  async prefetch(folders: readonly string[]): Promise<void> {
    const missing = new Set(folders.filter((folder) => this.has(folder) && !this.packs.has(folder)));
    const load = async (folder: string) => {
      this.packs.set(folder, await this.source.fetch(this.addresses[folder]!));
    };
    await Promise.allSettled(Array.from(missing, load));
  }

  /** @throws HostError where it cannot be fetched */
  get(folder: string): Pack {
    let pack = this.packs.get(folder);
    if (pack !== undefined) return pack;
    try {
      pack = this.source.fetchNow(this.addresses[folder]!);
    } catch (error) {
      throw new HostError(`the stand-in for an input could not be loaded: ${(error as Error).message}`, "unsupported");
    }
    this.packs.set(folder, pack);
    return pack;
  }
}

/** Packs that are all at hand, by their folders. */
export function packsAtHand(all: Readonly<Record<string, Pack>>): Packs {
  const fetchNow = (folder: string) => all[folder]!;
  const addresses = Object.fromEntries(Object.keys(all).map((folder) => [folder, folder]));
  return new Packs(addresses, { fetchNow, fetch: async (folder) => fetchNow(folder) });
}
