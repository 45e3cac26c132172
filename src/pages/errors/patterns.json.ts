/** What the page of errors needs to recognise a pasted text; loaded on the first paste. */
import { getCollection } from "astro:content";
import type { KnownError } from "../../islands/errors/recognise.ts";

export async function GET(): Promise<Response> {
  const entries = await getCollection("errors");
  return Response.json(
    entries.map(({ id, data: { title, text, patterns } }): KnownError => ({ id, title, text, patterns })),
  );
}
