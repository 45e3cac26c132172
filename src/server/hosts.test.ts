import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { headersFor, parseHeaders } from "./headers.ts";
import { apacheFile, headersFile, nginxFile, vercelFile } from "./hosts.ts";

const rules = parseHeaders(readFileSync(join(resolve(import.meta.dirname, "../.."), "public/_headers"), "utf8"));
const paths = [
  "/",
  "/lessons/direnv/",
  "/_astro/a.js",
  "/evaluator/worker-1.js",
  "/404.html",
  "/lab/01-first-flake/",
  "/examples/01-first-flake.git/HEAD",
];

/** What a file gives for a path, as its own host would read it: each host is read back here in a few lines. */
const hosts: Record<string, (path: string, base: string) => Map<string, string>> = {
  _headers: (path, base) => headersFor(path, parseHeaders(headersFile(rules, base))),
  vercel(path) {
    const { headers } = JSON.parse(vercelFile(rules)) as {
      headers: { source: string; headers: { key: string; value: string }[] }[];
    };
    const found = headers.filter(({ source }) => new RegExp(`^${source}$`).test(path));
    const given = found.flatMap((rule) => rule.headers.map(({ key, value }) => [key.toLowerCase(), value] as const));
    assert.equal(new Set(given.map(([key]) => key)).size, given.length, `${path}: two rules give the same header`);
    return new Map(given);
  },
  apache(path, base) {
    const found = new Map<string, string>();
    let applies = false;
    for (const line of apacheFile(rules, base).split("\n")) {
      const condition = /^<If "%\{REQUEST_URI\} =~ m#(.*)#">$/.exec(line)?.[1];
      if (condition !== undefined) applies = new RegExp(condition).test(path);
      const [, name, value] = /^ {2}Header always set (\S+) "(.*)"$/.exec(line) ?? [];
      if (applies && name !== undefined && value !== undefined) found.set(name.toLowerCase(), value);
    }
    return found;
  },
  nginx(path, base) {
    const text = nginxFile(rules, base);
    const found = new Map<string, string>();
    for (const [, name = "", variable = ""] of text.matchAll(/^add_header (\S+) (\S+) always;$/gm)) {
      const map = text.split(`map $uri ${variable} {\n`)[1]?.split("\n}")[0] ?? "";
      for (const [, test = "", value = ""] of map.matchAll(/^ {2}"~(.*?)" "(.*)";$/gm))
        if (new RegExp(test).test(path)) {
          found.set(name.toLowerCase(), value);
          break;
        }
    }
    return found;
  },
};

const inOrder = (headers: Iterable<readonly [string, string]>): string[] =>
  [...headers].map(([name, value]) => `${name}: ${value}`).sort();

for (const [name, read] of Object.entries(hosts))
  test(`the headers for ${name} are those of _headers, for every path`, () => {
    for (const path of paths) assert.deepEqual(inOrder(read(path, "/")), inOrder(headersFor(path, rules)), path);
  });

test("under a base path the same headers are given below it", () => {
  for (const name of ["_headers", "apache", "nginx"])
    for (const path of paths)
      assert.deepEqual(
        inOrder(hosts[name]!(`/flakes${path}`, "/flakes/")),
        inOrder(headersFor(path, rules)),
        `${name} ${path}`,
      );
});

test("no two rules give the same header for a path: hosts disagree on what that means", () => {
  for (const path of paths)
    for (const [name] of headersFor(path, rules)) {
      const matching = rules.filter(({ matches }) => matches.test(path));
      // What a rule takes away first, those above it no longer give.
      const first = matching.findLastIndex(({ removes }) => removes.includes(name));
      const givers = matching
        .slice(Math.max(first, 0))
        .filter(({ headers }) => headers.some(([each]) => each.toLowerCase() === name));
      assert.equal(givers.length, 1, `${name} for ${path}`);
    }
});
