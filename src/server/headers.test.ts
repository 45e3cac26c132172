import assert from "node:assert/strict";
import { test } from "node:test";
import { headersFor, parseHeaders } from "./headers.ts";

const file = `# for every page
/*
  X-Frame-Options: DENY
  Content-Security-Policy: default-src 'self'; base-uri 'none'

/_astro/*
  Cache-Control: public, max-age=31536000, immutable
/lessons/*/print
  X-Frame-Options: SAMEORIGIN
`;

test("a pattern with a star matches every path below it, and no other", () => {
  const rules = parseHeaders(file);
  assert.equal(
    headersFor("/_astro/page.css", rules).get("cache-control"),
    "public, max-age=31536000, immutable",
    "a value keeps its commas",
  );
  assert.equal(headersFor("/astro/page.css", rules).get("cache-control"), undefined);
});

test("all matching rules add their headers, and a repeated name joins its values", () => {
  const headers = headersFor("/lessons/first-flake/print", parseHeaders(file));
  assert.equal(headers.get("content-security-policy"), "default-src 'self'; base-uri 'none'");
  assert.equal(headers.get("x-frame-options"), "DENY, SAMEORIGIN");
});

test("a rule takes away a header of those above it, and of no other", () => {
  const rules = parseHeaders("/*\n  X-A: 1\n  X-B: 1\n/lab/*\n  ! X-A\n  X-A: 2\n/lab/x\n  X-A: 3\n");
  assert.deepEqual(
    [...headersFor("/lab/x", rules)],
    [
      ["x-b", "1"],
      ["x-a", "2, 3"],
    ],
  );
  assert.equal(headersFor("/other", rules).get("x-a"), "1");
});

test("a dot in a path is a dot", () => {
  const rules = parseHeaders("/favicon.svg\n  X-A: 1\n");
  assert.equal(headersFor("/faviconxsvg", rules).size, 0);
  assert.equal(headersFor("/favicon.svg", rules).size, 1);
});

test("a line that is neither path nor header is refused with its number", () => {
  assert.throws(() => parseHeaders("/*\n  X-Frame-Options\n"), {
    message: "_headers:2: expected a path, or an indented 'Name: value', found 'X-Frame-Options'",
  });
  assert.throws(() => parseHeaders("  X-A: 1\n"), {
    message: "_headers:1: expected a path that starts with '/', found 'X-A: 1'",
  });
});
