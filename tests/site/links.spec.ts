import { findPages, readPage } from "../support/built-site.ts";
import { expect, test } from "./fixtures.ts";

/** What a page offers to links, and where its own links go, as absolute addresses. */
interface Links {
  ids: string[];
  hrefs: string[];
  /** Values of attributes that name an element of the same page. */
  references: string[];
}

test("every link, image and anchor of every page leads somewhere", async ({ page, request, site, problems }) => {
  await page.goto("/");
  const links = new Map<string, Links>();
  for (const path of findPages())
    links.set(path, await page.evaluate(readLinks, { html: readPage(path), url: site.url + path }));

  const wrong: string[] = [];
  const statuses = new Map<string, number>();
  let count = 0;
  for (const [path, { ids, hrefs, references }] of links) {
    for (const id of references) if (!ids.includes(id)) wrong.push(`${path}: there is no element '${id}'`);
    for (const id of ids.filter((id, i) => ids.indexOf(id) !== i)) wrong.push(`${path}: id '${id}' twice`);
    for (const href of new Set(hrefs)) {
      const { origin, protocol, pathname, hash } = new URL(href);
      if (origin !== site.url) {
        if (!["https:", "http:", "mailto:"].includes(protocol)) wrong.push(`${path}: ${href}: unknown kind of link`);
        continue;
      }
      count++;
      const status = statuses.get(pathname) ?? (await request.head(pathname)).status();
      statuses.set(pathname, status);
      const target = links.get(pathname);
      // A state of the generator is no place in its page.
      const isState = pathname === "/generate/" && hash.includes("=");
      const anchor = isState ? "" : decodeURIComponent(hash.slice(1));
      if (status !== 200) wrong.push(`${path}: ${href}: status ${status}`);
      else if (links.has(`${pathname}/`)) wrong.push(`${path}: ${href}: a page's address ends with '/'`);
      else if (anchor !== "" && target === undefined) wrong.push(`${path}: ${href}: an anchor, but not in a page`);
      else if (anchor !== "" && target?.ids.includes(anchor) === false) wrong.push(`${path}: ${href}: no such anchor`);
    }
  }
  console.log(`${count} internal links on ${links.size} pages`);
  expect(wrong).toEqual([]);
  expect(problems).toEqual([]);
});

test("from the landing page, links lead to every page", async ({ page, site }) => {
  await page.goto("/");
  const seen = new Set(["/"]);
  const pages = findPages().filter((path) => path !== "/404.html");
  for (const path of seen) {
    if (!pages.includes(path)) continue;
    const { hrefs } = await page.evaluate(readLinks, { html: readPage(path), url: site.url + path });
    for (const href of hrefs) if (href.startsWith(`${site.url}/`)) seen.add(new URL(href).pathname);
  }
  expect(pages.filter((path) => !seen.has(path))).toEqual([]);
});

/** Runs in the browser, whose parser is the one that counts. */
function readLinks({ html, url }: { html: string; url: string }): Links {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const values = (attribute: string) =>
    [...parsed.querySelectorAll(`[${attribute}]`)].map((element) => element.getAttribute(attribute) ?? "");
  const sources = values("srcset").flatMap((set) => set.split(",").map((part) => part.trim().split(/\s+/)[0] ?? ""));
  const targets = [...values("href"), ...values("src"), ...sources];
  const lists = ["for", "popovertarget", "commandfor", "aria-controls", "aria-describedby", "aria-labelledby"];
  return {
    ids: values("id"),
    hrefs: targets.map((target) => new URL(target, url).href),
    references: lists.flatMap((name) => values(name).flatMap((value) => value.split(/\s+/))),
  };
}

test("a blank stands between a link and the words beside it, where the template breaks a line", () => {
  const glued = findPages().flatMap((path) =>
    Array.from(
      readPage(path).matchAll(/.{0,30}(?:[\p{L}.,;:]<a |<\/a>[\p{L}\d]).{0,30}/gu),
      ([text]) => `${path}: ${text}`,
    ),
  );
  expect(glued).toEqual([]);
});
