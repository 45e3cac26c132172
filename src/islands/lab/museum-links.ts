/** Links from errors to the entries of the museum that explain them; loaded at the first error. */
import type { Failure } from "#runtime";
import { addressOf } from "../address.ts";
import { element } from "../dom.ts";
import { knownErrors } from "../errors/known-errors.ts";
import { recognise } from "../errors/recognise.ts";

/** What the museum knows of some failures, each entry once. */
export async function museumLinks(failures: readonly Failure[]): Promise<HTMLElement[]> {
  const known = await knownErrors();
  // What Nix says last matters most; the same text says how it got there.
  const found = failures.flatMap(({ text }) => recognise(text, known).slice(0, 1));
  const entries = new Map(found.map(({ entry }) => [entry.id, entry]));
  return Array.from(entries.values(), ({ id, title }) =>
    element("p", {}, "In the error museum: ", element("a", { href: addressOf(`/errors/#${id}`) }, title)),
  );
}
