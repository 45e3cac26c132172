/** How sure it is that the release had exactly this version; the README says what each word takes. */
export type Confidence = "high" | "medium" | "low";

/** A line of `packages` in index.json. Without `version` a package is known by its name only. */
export interface Line {
  pypi?: string;
  version?: string;
  /** The first day on which the witness can hold. */
  asOf?: string;
  confidence?: Confidence;
  /** Each a name of `witnesses`, or words. */
  evidence?: string[];
  native?: boolean;
  runtime?: string[];
}

/** What `python3` is in a release, and the version of each of its interpreters. */
interface Interpreters {
  default: string;
  interpreters: Record<string, string>;
}

/** `nixpkgs/index.json`: what is known of one revision of nixpkgs. The stand-in, the generator and the pages read it. */
export interface Index {
  release: string;
  rev: string;
  day: string;
  witnesses: Record<string, string>;
  /** By release; `unstable` has a row for each time that something changed, the newest first. */
  interpreters: Record<string, Interpreters | (Interpreters & { since: number })[]>;
  interpreterEvidence: Record<string, { confidence: Confidence; evidence: string[] }>;
  otherNames: Record<string, string>;
  packages: Record<string, Line>;
}

/** What a nixpkgs that can be read says of itself. */
export interface Read {
  release: string;
  rev: string;
  day: string;
  /** How it was read, in words. */
  witness: string;
  /** The attribute that `python3` means. */
  default: string;
  interpreters: Record<string, string>;
  /** Packages of `python3Packages`; `dependencies` are attributes of the same, none where they were not read. */
  packages: Record<string, { version: string | null; pname: string; dependencies?: string[] }>;
}

/**
 * The index with the versions that were read, for the packages that it has and those of `added`; what the new nixpkgs
 * does not have is taken out. `news` says what changed, a line each.
 */
export function refresh(index: Index, read: Read, added: string[]): { index: Index; news: string[] } {
  const news: string[] = [];
  const packages: Record<string, Line> = {};
  const wanted = new Set([...Object.keys(index.packages), ...added]);
  for (const attr of wanted) for (const more of read.packages[attr]?.dependencies ?? []) wanted.add(more);
  for (const attr of [...wanted].sort()) {
    const before = index.packages[attr];
    const found = read.packages[attr];
    if (found === undefined) {
      news.push(`${attr}: not in this nixpkgs`);
      continue;
    }
    const { pypi = found.pname, native, runtime } = before ?? {};
    const needed = (found.dependencies ?? runtime ?? []).filter((name) => name in read.packages);
    packages[attr] = {
      ...(pypi === attr ? {} : { pypi }),
      ...(found.version === null
        ? {}
        : { version: found.version, asOf: read.day, confidence: "high", evidence: ["read"] }),
      ...(native ? { native } : {}),
      ...(needed.length > 0 ? { runtime: needed } : {}),
    };
    if (before?.version !== found.version) news.push(`${attr}: ${before?.version ?? "new"} -> ${found.version}`);
  }
  const interpreterEvidence = Object.fromEntries(
    Object.keys(read.interpreters).map((attr) => [attr, { confidence: "high" as const, evidence: ["read"] }]),
  );
  const { release, rev, day } = read;
  const row = { default: read.default, interpreters: read.interpreters };
  const interpreters = { ...index.interpreters, [release]: row };
  const witnesses = { read: read.witness };
  return { index: { ...index, release, rev, day, witnesses, interpreters, interpreterEvidence, packages }, news };
}

/** The file's text: a line for each entry, so that a change of one package is a difference of one line. */
export function printIndex(index: Index): string {
  const rows = Object.entries(index).map(([key, value]) => {
    if (typeof value !== "object") return `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`;
    const lines = Object.entries(value).map(([name, line]) => `    ${JSON.stringify(name)}: ${JSON.stringify(line)}`);
    return `  ${JSON.stringify(key)}: {\n${lines.join(",\n")}\n  }`;
  });
  return `{\n${rows.join(",\n")}\n}\n`;
}

/**
 * A channel's `packages.json`, as far as the index needs it. It does not say what a package needs.
 * @throws Error where it has no `python3`, or no packages for it.
 */
export function readChannel(text: string, release: string): Omit<Read, "rev" | "day" | "witness"> {
  const { packages } = JSON.parse(text) as { packages: Record<string, { pname: string; version: string }> };
  const all = Object.entries(packages);
  const interpreters = Object.fromEntries(
    all.flatMap(([attr, { version }]) => (/^python3\d+$/.test(attr) ? [[attr, version]] : [])),
  );
  const chosen = Object.keys(interpreters).find((attr) => interpreters[attr] === packages["python3"]?.version);
  if (chosen === undefined) throw new Error("'python3' and the interpreter that it means are not in the file");
  const prefix = `${chosen}Packages.`;
  const found = all.filter(([attr]) => attr.startsWith(prefix));
  if (found.length === 0) throw new Error(`the file has no '${prefix}…'`);
  return {
    release,
    default: chosen,
    interpreters,
    packages: Object.fromEntries(
      found.map(([attr, { pname, version }]) => [attr.slice(prefix.length), { pname, version: version || null }]),
    ),
  };
}
