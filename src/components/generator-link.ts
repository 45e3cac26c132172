/** The way from a lesson to the generator. */
import { approachIds, toFragment, type ApproachId } from "#generator";
import { readExampleFile } from "#lessons";

const entry = "requirements.txt";
const isApproach = (approach: string): approach is ApproachId => (approachIds as readonly string[]).includes(approach);

/**
 * The generator's address with an approach, the Python of an example's flake and its list.
 * @throws Error where there is no such approach or no list. Nothing checks the types of what stands in MDX.
 */
export function generatorLink(example: string, approach: string): string {
  if (!isApproach(approach)) throw new Error(`<Generator>: there is no approach '${approach}'`);
  const list = readExampleFile(example, entry);
  if (list === undefined) throw new Error(`<Generator>: there is no file 'examples/${example}/${entry}'`);
  const [, python] = /python3(\d+)/.exec(readExampleFile(example, "flake.nix") ?? "") ?? [];
  const choices = { approach, ...(python === undefined ? {} : { python: `3.${python}` }) };
  return `/generate/#${toFragment({ input: { files: { [entry]: list }, entry }, choices })}`;
}
