/** What the search knows of a built page: the page itself, and each entry on it that can be found under its own name. */

/** A text to index, as a small HTML document, with its address within the site (without the base path). */
export interface SearchRecord {
  readonly url: string;
  readonly content: string;
}

const entry = /<([a-z]+)(?=[^>]*\sid="([^"]*)")(?=[^>]*\sdata-entry="([^"]*)")[^>]*>/;

/**
 * The records of a page: none where it asks for none (no `data-pagefind-body`). An element with `id` and `data-entry` is a
 * record of its own, named by that attribute (`data-entry-weight`: how
 * much the name counts, 7 by default), and is left out of its page's. The HTML must be well formed, as Astro's is.
 */
export function searchRecords(url: string, html: string): SearchRecord[] {
  if (!html.includes("data-pagefind-body")) return [];
  const heading = /<h1[^>]*>(.*?)<\/h1>/s.exec(html)?.[1] ?? "";
  const records: SearchRecord[] = [];
  let rest = html;
  for (let found = entry.exec(rest); found !== null; found = entry.exec(rest)) {
    const [start, tag = "", id = "", title = ""] = found;
    const weight = /\sdata-entry-weight="[\d.]+"/.exec(start)?.[0].replace("entry", "pagefind") ?? "";
    const end = endOf(rest, tag, found.index);
    records.push({
      url: `${url}#${id}`,
      content: `<html lang="en"><body data-pagefind-body><h1${weight}>${title}</h1><p data-pagefind-ignore="index" data-pagefind-meta="kind">${heading}</p>${rest.slice(found.index, end)}</body></html>`,
    });
    rest = rest.slice(0, found.index) + rest.slice(end);
  }
  return [{ url, content: rest }, ...records];
}

/** Where the element that starts at `start` ends: after the closing tag that is one more than the tags opened within. */
function endOf(html: string, tag: string, start: number): number {
  const tags = new RegExp(`<(/?)${tag}(?=[\\s>])[^>]*>`, "g");
  tags.lastIndex = start;
  let depth = 0;
  for (let found = tags.exec(html); found !== null; found = tags.exec(html)) {
    depth += found[1] === "/" ? -1 : 1;
    if (depth === 0) return tags.lastIndex;
  }
  throw new Error(`an element <${tag}> is not closed`);
}
