/** The error museum's entries, as its patterns need them while the site is built. */
import { getCollection } from "astro:content";
import type { KnownError } from "./islands/errors/recognise.ts";

export async function getKnownErrors(): Promise<KnownError[]> {
  const entries = await getCollection("errors");
  return entries.map(({ id, data: { title, text, patterns } }) => ({ id, title, text, patterns }));
}
