/** What the built site says of itself to search engines, feed readers and tools, where its origin is not known. */
import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findFences } from "#lessons";
import { dist, findLessons, findPages, readPage } from "../support/built-site.ts";
import { root } from "../support/project-copy.ts";
import { attributesOf, dataOf, fileOf, plainText } from "./page-heads.ts";

const pages = findPages();
const lessons = findLessons();
const plainOf = (lesson: string) => readFileSync(join(dist, lesson.replace(/\/$/, ".md")), "utf8");

test("every page has one title and one description of a sensible length, like no other page's", () => {
  for (const [what, values] of Object.entries({
    title: pages.map((path) => [...readPage(path).matchAll(/<title>(.*?)<\/title>/g)].map(([, text]) => text ?? "")),
    description: pages.map((path) =>
      attributesOf(readPage(path), "meta").flatMap(({ name, content }) => (name === "description" ? [content] : [])),
    ),
  })) {
    const [least, most] = what === "title" ? [10, 100] : [40, 180];
    const first = new Map<string, string>();
    const wrong = values.flatMap((found, index) => {
      const path = pages[index]!;
      const [text = ""] = found;
      const other = first.get(text);
      first.set(text, path);
      if (found.length !== 1) return [`${path}: ${found.length} of ${what}`];
      if (other !== undefined) return [`${path}: the ${what} of ${other}`];
      return text.length < least || text.length > most ? [`${path}: ${text.length} characters: ${text}`] : [];
    });
    assert.deepEqual(wrong, [], what);
  }
});

test("a page says to others what its head says to search engines", () => {
  for (const path of pages) {
    const metas = new Map(attributesOf(readPage(path), "meta").map((meta) => [meta["property"] ?? meta["name"], meta]));
    const content = (name: string) => metas.get(name)?.["content"];
    assert.equal(content("og:description"), content("description"), path);
    assert.equal(content("og:type"), lessons.includes(path) ? "article" : "website", path);
    assert.ok(content("og:title"), path);
  }
});

test("the landing page, the walk and each lesson say what they are", () => {
  const home = dataOf(readPage("/"));
  assert.equal(home["@type"], "WebSite");
  assert.ok(home["name"] && home["description"] && home["license"]);
  const course = dataOf(readPage("/lessons/"));
  assert.equal(course["@type"], "Course");
  assert.ok(course["provider"] && course["description"]);
  const parts = course["hasPart"] as { name: string; position: number; url: string }[];
  assert.deepEqual(parts.map(({ url }) => url).sort(), lessons);

  for (const lesson of lessons) {
    const html = readPage(lesson);
    const data = dataOf(html);
    const part = parts.find(({ url }) => url === lesson)!;
    assert.deepEqual(data["@type"], ["LearningResource", "TechArticle"], lesson);
    assert.equal(data["url"], lesson);
    assert.equal(data["position"], part.position, lesson);
    assert.equal(data["name"], plainText(/<h1>(.*?)<\/h1>/s.exec(html)?.[1] ?? ""), lesson);
    assert.equal(data["headline"], data["name"], lesson);
    assert.match(String(data["license"]), /^https:\/\/creativecommons\.org\/licenses\/by\/4\.0\/$/);
    assert.match(String(data["timeRequired"]), /^PT\d+M$/);
    assert.equal((data["teaches"] as string[]).length, 3, lesson);
    assert.ok((data["author"] as { name?: string }).name, lesson);
    assert.match(String(data["creditText"]), /Nix for Python, attempt number 1/);
    assert.equal((data["isPartOf"] as { "@type"?: string })["@type"], "Course", lesson);
  }
});

test("each lesson is there as Markdown in which nothing is left of its components", () => {
  assert.equal(globSync("lessons/*.md", { cwd: dist }).length, lessons.length);
  for (const lesson of lessons) {
    const alternate = attributesOf(readPage(lesson), "link").filter(({ type }) => type === "text/markdown");
    assert.deepEqual(
      alternate.map(({ rel, href }) => [rel, href]),
      [["alternate", lesson.replace(/\/$/, ".md")]],
    );
    const left = plainOf(lesson).match(
      /(?<!<)<\/?[A-Z]\w*.*|\{\/\*.*|className=.*|\bundefined\b.*|[\u{e000}\u{e001}].*/gu,
    );
    assert.deepEqual(left, null, lesson);
  }
});

const straight = (text: string) => text.replaceAll(/[‘’]/g, "'").replaceAll(/[“”]/g, '"').replaceAll("`", "");

test("the Markdown has every heading, box and definition of the page, and every block of code of its source", () => {
  const sources = globSync("content/lessons/*.mdx", { cwd: root }).map((file) => join(root, file));
  for (const lesson of lessons) {
    const html = readPage(lesson);
    // What stands in a box is quoted, and pages have curly quotes: without both, all is compared alike.
    const plain = plainOf(lesson).replaceAll(/^> ?/gm, "");
    const told = straight(plain);
    for (const [, text = ""] of html.matchAll(/<h2[^>]*>(.*?)<\/h2>/gs))
      if (text !== "In the lab") assert.ok(told.includes(`\n## ${straight(plainText(text))}\n`), `${lesson}: ${text}`);
    for (const [, title = ""] of html.matchAll(/role="note" aria-label="([^"]*)"/g))
      assert.ok(told.includes(`\n**${straight(plainText(title))}**\n`), `${lesson}: ${title}`);
    for (const [, name = ""] of html.matchAll(/class="definition"[^>]*>\s*<p class="name">(.*?)<\/p>/gs))
      assert.ok(told.includes(`\n- **${straight(plainText(name))}**: `), `${lesson}: ${name}`);
    const source = sources.find((file) => file.endsWith(`-${lesson.split("/")[2]}.mdx`));
    assert.ok(source !== undefined, lesson);
    const fences = findFences(plain).map(({ text }) => text);
    const asTheyStand = findFences(plainOf(lesson)).map(({ text }) => text);
    for (const { text, line } of findFences(readFileSync(source, "utf8")))
      assert.ok(fences.includes(text) || asTheyStand.includes(text), `${source}:${line}: not in the Markdown`);
    // Files, steps and changes are printed by components.
    const figures = html.match(/<figure class="code|<div class="step"/g) ?? [];
    assert.ok(fences.length >= figures.length, `${lesson}: ${fences.length} blocks for ${figures.length} on the page`);
  }
});

test("every address in llms.txt and in the Markdown is one of the built site", () => {
  const index = readFileSync(join(dist, "llms.txt"), "utf8");
  assert.match(index, /^# Flakes for Snakes\n\n> /);
  const links = (text: string) => [...text.matchAll(/(?:\]\(|<)(\/[^)>\s]*)/g)].map(([, path = ""]) => path);
  assert.deepEqual(
    links(index).filter((path) => path.endsWith(".md")),
    (dataOf(readPage("/lessons/"))["hasPart"] as { url: string }[]).map(({ url }) => url.replace(/\/$/, ".md")),
  );
  for (const [name, text] of [["llms.txt", index], ...lessons.map((lesson) => [lesson, plainOf(lesson)])] as const)
    for (const path of links(text.replaceAll(/^(?:> )?(`{3,})[^]*?^(?:> )?\1$/gm, "")))
      assert.ok(existsSync(fileOf(path, dist)), `${name}: ${path}`);
});

test("without an origin nothing claims a whole address of the site, and what needs one is not there", () => {
  for (const file of ["feed.xml", "sitemap-index.xml", "sitemap-0.xml"]) assert.ok(!existsSync(join(dist, file)), file);
  assert.equal(readFileSync(join(dist, "robots.txt"), "utf8"), "User-agent: *\nAllow: /\n");
  for (const path of pages)
    assert.doesNotMatch(readPage(path), /rel="canonical"|og:url|og:image|application\/rss|twitter:card/, path);
});
