/** An example's own words: its README. */
import { readExampleFile } from "#lessons";

/** The first paragraph of an example's README, as one line; undefined where there is none. */
export function storyOf(example: string): string | undefined {
  const [, paragraph] = (readExampleFile(example, "README.md") ?? "").split(/\n{2,}/);
  return paragraph?.replaceAll(/\s+/g, " ").trim();
}
