/** Addresses within a site that does not stand at the root of its host. */

const tag = /<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi;
const address = /(\s(?:href|src|action|data-worker)=")\/(?!\/)/g;

/**
 * Puts the base path before each address of a page that starts at the root, so that pages and lessons need not know it.
 * `base` has a slash at both ends. Astro's own scripts and styles have it already. Other addresses never do, also where
 * the base path is called as one of the site's folders.
 */
export function withBase(html: string, base: string): string {
  if (base === "/") return html;
  return html.replace(tag, (text) =>
    text.replace(address, (found, name: string, offset: number) =>
      text.startsWith(`${base}_astro/`, offset + found.length - 1) ? found : name + base,
    ),
  );
}
