import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";
import { headersFor, parseHeaders } from "../../server/headers.ts";

const rules = parseHeaders(readFileSync(resolve(import.meta.dirname, "../../../public/_headers"), "utf8"));
const policy = (path: string) => headersFor(path, rules).get("content-security-policy")!.split("; ").sort();

test("labs alone are isolated from other sites, so that a sandbox can start there", () => {
  const lab = headersFor("/lab/09-venv-shell-hook/", rules);
  assert.equal(lab.get("cross-origin-opener-policy"), "same-origin");
  assert.equal(lab.get("cross-origin-embedder-policy"), "require-corp");
  for (const path of ["/", "/lessons/first-flake/", "/generate/"])
    assert.equal(headersFor(path, rules).get("cross-origin-embedder-policy"), undefined);
});

test("a lab's policy is that of all pages, and one frame more", () => {
  assert.deepEqual(policy("/lab/09-venv-shell-hook/"), [...policy("/"), "frame-src https://stackblitz.com"].sort());
});
