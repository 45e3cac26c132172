import assert from "node:assert/strict";
import { test } from "node:test";
import { searchRecords } from "./search-records.ts";

const page = (inner: string) =>
  `<html lang="en"><main data-pagefind-body><h1 id="top">Glossary</h1>${inner}</main></html>`;

test("an entry is a record of its own, and is left out of its page's", () => {
  const html = page(
    `<dl><div id="lock" data-entry="lock file"><div>inner</div><p>It locks.</p></div></dl><p>after</p>`,
  );
  const [whole, lock, ...more] = searchRecords("/glossary/", html);
  assert.deepEqual(more, []);
  assert.equal(whole?.url, "/glossary/");
  assert.equal(whole?.content, page("<dl></dl><p>after</p>"));
  assert.equal(lock?.url, "/glossary/#lock");
  assert.match(lock.content, /<h1>lock file<\/h1>.*>Glossary<.*<div>inner<\/div><p>It locks\.<\/p><\/div><\/body>/);
  assert.doesNotMatch(lock.content, /after/);
});

test("attributes of an entry may stand in any order, and an id alone makes no entry", () => {
  const html = page(`<section data-entry="a &amp; b" class="x" id="ab">1</section><section id="c">2</section>`);
  const urls = searchRecords("/errors/", html).map(({ url }) => url);
  assert.deepEqual(urls, ["/errors/", "/errors/#ab"]);
});

test("an entry may say how much its name counts", () => {
  const [, option] = searchRecords(
    "/options/",
    page(`<div id="o" data-entry="overlays" data-entry-weight="2">x</div>`),
  );
  assert.match(option!.content, /<h1 data-pagefind-weight="2">overlays<\/h1>/);
});

test("a page that does not ask for it is not found", () => {
  assert.deepEqual(searchRecords("/404.html", "<html><main><h1>Not here</h1></main></html>"), []);
});

test("an element that is not closed is refused", () => {
  assert.throws(() => searchRecords("/", page(`<div id="a" data-entry="a"><div>`)), /<div> is not closed/);
});
