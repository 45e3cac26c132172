import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { runNix } from "../support/nix-run.ts";
import { provideNix } from "../support/provide-nix.ts";
import { fetchInput, lockedNodes, narHashOf, type Locked } from "./locked-inputs.ts";

const scratch = mkdtempSync(join(tmpdir(), "locked-inputs-"));
const kept = join(scratch, "kept");
const source = join(scratch, "snakes-1.0");
const archive = join(scratch, "snakes.tar.gz");
const rev = "0123456789abcdef0123456789abcdef01234567";
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? "");
  if (request.url?.endsWith(".tar.gz") === true) response.end(readFileSync(archive));
  else response.writeHead(404).end();
});
let url = "";

before(async () => {
  mkdirSync(join(source, "bin"), { recursive: true });
  writeFileSync(join(source, "flake.nix"), "{ outputs = _: { }; }\n");
  writeFileSync(join(source, "bin/hiss"), "#!/bin/sh\n");
  chmodSync(join(source, "bin/hiss"), 0o755);
  symlinkSync("bin/hiss", join(source, "hiss"));
  execFileSync("tar", ["-czf", archive, "-C", scratch, "snakes-1.0"]);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

after(() => {
  server.close();
  rmSync(scratch, { recursive: true, force: true });
});

const tarball = (more: Record<string, string> = {}): Locked => ({
  type: "tarball",
  url: `${url}/snakes.tar.gz`,
  narHash: narHashOf(source),
  ...more,
});

describe("an input that a lock names", () => {
  test("has the hash that real Nix gives its tree", () => {
    const nix = provideNix();
    const { stdout } = runNix(nix, join(scratch, "state"), ["hash", "path", source], { cwd: scratch });
    assert.equal(narHashOf(source), stdout.trim());
  });

  test("is fetched once, and then kept", async () => {
    const first = await fetchInput(tarball(), { kept });
    assert.equal(first.kept, false);
    assert.equal(narHashOf(first.folder), narHashOf(source));
    const count = asked.length;
    assert.deepEqual(await fetchInput(tarball(), { kept }), { folder: first.folder, kept: true });
    assert.equal(asked.length, count);
  });

  test("of type github comes as the archive of its revision", async () => {
    const locked = { type: "github", owner: "o", repo: "r", rev, narHash: narHashOf(source) };
    await fetchInput(locked, { github: url, kept: join(scratch, "other") });
    assert.equal(asked.at(-1), `/o/r/archive/${rev}.tar.gz`);
  });

  test("of type git is the tree of its commit", async () => {
    const repository = join(scratch, "repository");
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.org", ...args], {
        cwd: repository,
        encoding: "utf8",
      });
    execFileSync("cp", ["-r", source, repository]);
    git("init", "-q");
    git("add", "-A");
    git("commit", "-q", "-m", "Hatch");
    const locked = {
      type: "git",
      url: `file://${repository}`,
      rev: git("rev-parse", "HEAD").trim(),
      narHash: narHashOf(source),
    };
    const { folder } = await fetchInput(locked, { kept: join(scratch, "from-git") });
    assert.equal(narHashOf(folder), narHashOf(source));
  });

  test("is refused and not kept where its hash is another", async () => {
    const narHash = `sha256-${"A".repeat(43)}=`;
    const folder = join(scratch, "refused");
    await assert.rejects(fetchInput(tarball({ narHash }), { kept: folder }), {
      reason: "mismatch",
      message: `NAR hash mismatch in input 'tarball:${url}/snakes.tar.gz', expected '${narHash}' but got '${narHashOf(source)}'`,
    });
    assert.deepEqual(readdirSync(folder), []);
  });

  test("that cannot be reached is said to be so", async () => {
    const narHash = `sha256-${"B".repeat(43)}=`;
    await assert.rejects(fetchInput(tarball({ narHash, url: "http://127.0.0.1:1/x.tar.gz" }), { kept }), {
      reason: "unreachable",
    });
    await assert.rejects(fetchInput(tarball({ narHash, url: `${url}/missing` }), { kept }), { reason: "unreachable" });
    await assert.rejects(fetchInput({ type: "hg", url, narHash }, { kept }), { reason: "unsupported" });
  });

  test("is found in a lock file; a node without a hash is refused", () => {
    const file = join(scratch, "flake.lock");
    const lock = (locked: object) => writeFileSync(file, JSON.stringify({ nodes: { root: {}, snakes: { locked } } }));
    lock(tarball());
    assert.deepEqual(lockedNodes(file), new Map([["snakes", tarball()]]));
    lock({ type: "tarball", url });
    assert.throws(() => lockedNodes(file), /the node 'snakes' of .* has no 'narHash'/);
  });
});

test("'npm run inputs' names the examples, and refuses what is none", () => {
  const script = join(import.meta.dirname, "fetch.ts");
  assert.ok(existsSync(script));
  assert.throws(
    () => execFileSync(process.execPath, [script, "no-such-example"], { stdio: "pipe", encoding: "utf8" }),
    {
      status: 1,
      stderr: /there is no example 'no-such-example'\nusage: npm run inputs -- EXAMPLE…, of: 01-first-flake/,
    },
  );
});
