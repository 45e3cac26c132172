/** Addresses within a site that does not stand at the root of its host. */

const tag = /<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi;
const address = /(\s(?:href|src|action|data-worker)=")\/(?!\/)/g;

/**
 * Puts the base path before each address of a page that starts at the root, so that pages and lessons need not know it.
 * `base` has a slash at both ends. What has it already, as Astro's own scripts and styles do, stays.
 */
export function withBase(html: string, base: string): string {
  if (base === "/") return html;
  return html.replace(tag, (text) =>
    text.replace(address, (found, name: string, offset: number) =>
      text.startsWith(base, offset + found.length - 1) ? found : name + base,
    ),
  );
}
