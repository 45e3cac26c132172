import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { startServer, type RunningServer } from "./index.ts";

const root = mkdtempSync(join(tmpdir(), "server-"));
const page = `<!doctype html><title>A page</title>${"<p>text</p>".repeat(400)}`;
let server: RunningServer;

before(async () => {
  mkdirSync(join(root, "lessons/one"), { recursive: true });
  mkdirSync(join(root, "_astro"));
  writeFileSync(join(root, "index.html"), page);
  writeFileSync(join(root, "lessons/one/index.html"), page);
  writeFileSync(join(root, "404.html"), "<!doctype html><title>Not here</title>");
  writeFileSync(join(root, "_astro/a.js"), "1;".repeat(2000));
  writeFileSync(
    join(root, "_headers"),
    "/*\n  X-All: yes\n/_astro/*\n  Cache-Control: public, max-age=60, immutable\n",
  );
  server = await startServer({ root });
});

after(async () => {
  await server.close();
  rmSync(root, { recursive: true });
});

interface Answer {
  status: number | undefined;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** Not `fetch`: it would decode the body, and tidy the path before it is sent. */
function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  const { hostname, port } = new URL(server.url);
  return new Promise((done, fail) => {
    request({ hostname, port, path, headers, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on("error", fail)
      .end();
  });
}

test("a folder's page is served with its type and the headers of the headers file", async () => {
  const { status, headers, body } = await get("/lessons/one/");
  assert.equal(status, 200);
  assert.equal(headers["content-type"], "text/html;charset=utf-8");
  assert.equal(headers["x-all"], "yes");
  assert.equal(headers["cache-control"], "no-cache");
  assert.equal(body.toString(), page);
});

test("a client that takes gzip gets gzip, even if it takes brotli too", async () => {
  const { headers, body } = await get("/", { "Accept-Encoding": "br, gzip" });
  assert.equal(headers["content-encoding"], "gzip");
  assert.ok(body.length < page.length / 4);
  assert.equal(gunzipSync(body).toString(), page);
});

test("an archive and a file without an ending arrive as they lie on disk, with a type", async () => {
  const archive = gzipSync(page);
  writeFileSync(join(root, "example.tar.gz"), archive);
  mkdirSync(join(root, "example.git/info"), { recursive: true });
  writeFileSync(join(root, "example.git/info/refs"), "id\trefs/heads/main\n".repeat(200));
  const taken = { "Accept-Encoding": "gzip" };
  const first = await get("/example.tar.gz", taken);
  assert.equal(first.headers["content-type"], "application/gzip");
  assert.equal(first.headers["content-encoding"], undefined);
  assert.deepEqual(first.body, archive);
  const second = await get("/example.git/info/refs", taken);
  assert.equal(second.headers["content-type"], "application/octet-stream");
  assert.equal(second.headers["content-encoding"], undefined);
});

test("plain text says its encoding", async () => {
  for (const [file, type] of [
    ["llms.txt", "text/plain;charset=utf-8"],
    ["one.md", "text/markdown;charset=utf-8"],
  ] as const) {
    writeFileSync(join(root, file), "“quoted”\n");
    assert.equal((await get(`/${file}`)).headers["content-type"], type);
  }
});

test("a header of the headers file goes before the server's own", async () => {
  const { headers } = await get("/_astro/a.js", { "Accept-Encoding": "gzip" });
  assert.equal(headers["cache-control"], "public, max-age=60, immutable");
  assert.match(String(headers["content-type"]), /^text\/javascript/);
  assert.equal(headers["content-encoding"], "gzip");
});

test("an address that is not there gives the page for it, with status 404 and the same headers", async () => {
  const { status, headers, body } = await get("/lessons/none/");
  assert.equal(status, 404);
  assert.equal(headers["x-all"], "yes");
  assert.match(body.toString(), /Not here/);
});

test("the headers file itself, and what lies outside the root, is not served", async () => {
  for (const path of ["/_headers", "/%5Fheaders", "/../../../../etc/passwd", "/%2e%2e/%2e%2e/%2e%2e/etc/passwd"])
    assert.equal((await get(path)).status, 404, path);
});

test("a malformed address is answered, not fatal", async () => {
  for (const path of ["//", "/%", "/%zz?x", "/lessons//one"]) await get(path);
  assert.equal((await get("/")).status, 200);
});

test("an unchanged page is answered with 304 to a client that has it", async () => {
  const first = await get("/");
  const second = await get("/", { "If-None-Match": String(first.headers["etag"]) });
  assert.equal(second.status, 304);
  assert.equal(second.body.length, 0);
});

test("a page that changed on disk is served as it is now", async () => {
  const file = join(root, "fresh.html");
  writeFileSync(file, "<p>one");
  assert.equal((await get("/fresh.html")).body.toString(), "<p>one");
  // A new file in the place of the old one, as a build leaves it: the first answer may still be reading the old one.
  writeFileSync(`${file}.new`, "<p>longer than before");
  renameSync(`${file}.new`, file);
  assert.equal((await get("/fresh.html")).body.toString(), "<p>longer than before");
});

test("HEAD gives no body, other methods are refused", async () => {
  const head = await get("/", {}, "HEAD");
  assert.equal(head.status, 200);
  assert.equal(head.body.length, 0);
  const post = await get("/", {}, "POST");
  assert.equal(post.status, 405);
  assert.equal(post.headers["allow"], "GET, HEAD");
});

test("a taken port is refused with EADDRINUSE, on either loopback address", async () => {
  const port = Number(new URL(server.url).port);
  await assert.rejects(startServer({ root, port }), { code: "EADDRINUSE" });
  await assert.rejects(startServer({ root, port, host: "127.0.0.1" }), { code: "EADDRINUSE" });
});

test("a folder without a built site is refused in words", async () => {
  await assert.rejects(startServer({ root: join(root, "lessons") }), {
    message: `there is no built site in '${join(root, "lessons")}': run 'npm run build' first`,
  });
});

test("a closed server frees its port", async () => {
  const first = await startServer({ root });
  await first.close();
  const again = await startServer({ root, port: Number(new URL(first.url).port) });
  await again.close();
});
