/** What the labs' pages are made of: the examples with a flake, and what their inputs can be locked to. */
import { listExampleFiles, listExamples, readExampleFile } from "#lessons";

interface RecordedInput {
  readonly original: Readonly<Record<string, string>>;
  readonly locked: Readonly<Record<string, string | number>>;
}

/** The examples that a lab can open. */
export const labExamples = (): string[] =>
  listExamples().filter((example) => readExampleFile(example, "flake.nix") !== undefined);

/** An example's files by path; none for `own`, whose files come from the reader. */
export function labFiles(example: string): Record<string, string> {
  if (example === "own") return {};
  return Object.fromEntries(listExampleFiles(example).map((path) => [path, readExampleFile(example, path) ?? ""]));
}

/** Every input that a lock file of an example names, once, with the revision that was checked; by what was asked for. */
export function recordedInputs(): RecordedInput[] {
  const found = new Map<string, RecordedInput>();
  for (const example of labExamples()) {
    const { nodes } = JSON.parse(readExampleFile(example, "flake.lock") ?? '{"nodes":{}}') as {
      nodes: Record<string, Partial<RecordedInput>>;
    };
    for (const { original, locked } of Object.values(nodes)) {
      const key = JSON.stringify(original);
      if (original !== undefined && locked !== undefined && !found.has(key)) found.set(key, { original, locked });
    }
  }
  return [...found.values()];
}
