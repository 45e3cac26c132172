/** Reads what pages say in their heads. The HTML is Astro's, so it is well formed and quotes its attributes. */
import assert from "node:assert/strict";
import { join } from "node:path";

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#38": "&", "#34": '"' };

const decoded = (text: string): string =>
  text.replaceAll(/&(\w+|#\d+);/g, (found, name: string) => entities[name] ?? found);

/** Text as a reader sees it, from HTML. */
export const plainText = (html: string): string => decoded(html.replaceAll(/<[^>]*>/g, ""));

/** The attributes of each element of a name. */
export function attributesOf(html: string, tag: string): Record<string, string>[] {
  const elements = html.matchAll(new RegExp(`<${tag}((?:\\s+[\\w:-]+(?:="[^"]*")?)*)\\s*/?>`, "g"));
  return Array.from(elements, ([, attributes = ""]) =>
    Object.fromEntries(
      [...attributes.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, name = "", value = ""]) => [name, decoded(value)]),
    ),
  );
}

/** The one block of JSON-LD of a page. */
export function dataOf(html: string): Record<string, unknown> {
  const blocks = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)];
  assert.equal(blocks.length, 1, "blocks of JSON-LD");
  const data = JSON.parse(blocks[0]?.[1] ?? "") as Record<string, unknown>;
  assert.equal(data["@context"], "https://schema.org");
  return data;
}

/** The file that a static host gives for a path of the site. */
export const fileOf = (path: string, folder: string): string =>
  join(
    folder,
    decodeURI(path)
      .replace(/[?#].*$/s, "")
      .replace(/\/$/, "/index.html"),
  );
