import assert from "node:assert/strict";
import { test } from "node:test";
import { withBase } from "./links.ts";

const moved = (html: string) => withBase(html, "/flakes/");

test("addresses that start at the root get the base path, once", () => {
  assert.equal(moved('<a class="x" href="/lessons/">'), '<a class="x" href="/flakes/lessons/">');
  assert.equal(moved('<a href="/">'), '<a href="/flakes/">');
  assert.equal(moved('<a href="/flakes-for-all/">'), '<a href="/flakes/flakes-for-all/">');
  assert.equal(moved('<a href="/flakes/x/">'), '<a href="/flakes/flakes/x/">');
  assert.equal(moved('<script src="/flakes/_astro/a.js">'), '<script src="/flakes/_astro/a.js">');
  assert.equal(moved('<x-y data-worker="/evaluator/w.js">'), '<x-y data-worker="/flakes/evaluator/w.js">');
});

test("other addresses, and what only looks like one, stay", () => {
  for (const html of [
    '<a href="#top">',
    '<a href="https://nixos.org/">',
    '<a href="//example.org/x">',
    '<p>write <code>href="/lessons/"</code></p>',
    '<p title="> href=&quot;/x&quot;">',
    '<div data-entry="/nix/store">',
  ])
    assert.equal(moved(html), html);
});

test("at the root nothing changes", () => {
  assert.equal(withBase('<a href="/lessons/">', "/"), '<a href="/lessons/">');
});
