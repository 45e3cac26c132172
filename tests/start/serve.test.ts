import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";

const main = resolve(import.meta.dirname, "../../src/server/main.ts");
const root = mkdtempSync(join(tmpdir(), "serve-"));

before(() => writeFileSync(join(root, "index.html"), "<h1>The built site</h1>"));
after(() => rmSync(root, { recursive: true }));

test("a taken port is named, the next free one serves what was built under its path, and a signal ends it", async () => {
  // Where somebody else has the port already, it is taken as well.
  const other = createServer();
  await new Promise<void>((done) => {
    other.once("error", () => done());
    other.listen(4321, "127.0.0.1", () => done());
  });

  const env = { ...process.env, OUT: root, BASE: "flakes" };
  const server = spawn(process.execPath, [main], { stdio: ["ignore", "pipe", "inherit"], env });
  const exit = once(server, "exit");
  try {
    let printed = "";
    for await (const chunk of server.stdout) {
      printed += String(chunk);
      if (printed.includes("Ctrl+C")) break;
    }
    assert.match(printed, /^port 4321 is taken, trying 4322$/m);
    const url = /is at (http:\/\/localhost:\d+\/flakes\/)$/m.exec(printed)?.[1] ?? assert.fail(printed);
    assert.notEqual(new URL(url).port, "4321");
    assert.equal(await (await fetch(url)).text(), "<h1>The built site</h1>");
    assert.equal((await fetch(new URL("/", url))).status, 404);
  } finally {
    server.kill("SIGTERM");
    const [code] = (await exit) as [number | null];
    other.close();
    assert.equal(code, 0);
  }
});

test("without a built site it says what to run, and fails", () => {
  const empty = join(root, "nothing");
  const run = spawnSync(process.execPath, [main, empty], { encoding: "utf8" });
  assert.equal(run.stderr, `error: there is no built site in '${empty}': run 'npm run build' first\n`);
  assert.equal(run.status, 1);
});
