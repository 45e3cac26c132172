import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import fc from "fast-check";
import { run } from "#cli";
import { fromNode, nodeSystem } from "../../src/runtime/node.ts";

const folder = mkdtempSync(join(tmpdir(), "bad-locks-"));
after(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(
  join(folder, "flake.nix"),
  '{ inputs.a.url = "github:a/b"; outputs = { self, ... }: { x = 1; }; }',
);

/** What `nix flake metadata` says about a flake with this lock file. */
function metadata(lock: string): { status: number; stderr: string } {
  writeFileSync(join(folder, "flake.lock"), Buffer.from(lock, "latin1"));
  let stderr = "";
  const argv = ["nix", "flake", "metadata"];
  const status = run([...argv, "--no-update-lock-file", fromNode(`path:${folder}`)], {
    ...nodeSystem(),
    cwd: fromNode(folder),
    env: () => undefined,
    home: () => "/home/snake",
    stdout: () => {},
    stderr: (text) => (stderr += text),
  });
  return { status, stderr };
}

const locked = {
  locked: { type: "github", owner: "a", repo: "b", rev: "0".repeat(40), lastModified: 1, narHash: `sha256-${"A".repeat(43)}=` },
  original: { type: "github", owner: "a", repo: "b" },
};
type Inputs = Readonly<Record<string, string | number | readonly string[]>>;
const node = (inputs: Inputs = {}) => ({ ...locked, inputs });
const lock = (nodes: Readonly<Record<string, unknown>>, version = 7) => JSON.stringify({ nodes, root: "root", version });
const good = lock({ root: { inputs: { a: "a" } }, a: node() });

test("the lock that the bad ones are made from is taken", () => {
  const { status, stderr } = metadata(good);
  assert.equal(status, 0, stderr);
});

describe("a lock file that cannot be is refused with what is wrong with it", () => {
  const refused: Readonly<Record<string, readonly [text: string, message: RegExp]>> = {
    "a missing node": [lock({ root: { inputs: { a: "none" } } }), /lock file references missing node 'none'/],
    "a cycle to the root": [
      lock({ root: { inputs: { a: "a" } }, a: node({ b: "root" }) }),
      /lock file contains cycle to root node/,
    ],
    "a newer version": [lock({ root: {} }, 99), /has unsupported version 99/],
    "inputs that follow one another": [
      lock({ root: { inputs: { a: "a", b: ["c"], c: ["b"] } }, a: node() }),
      /follow cycle detected: \[b -> c -> b\]|requires lock file changes/,
    ],
    "an input that follows itself": [
      lock({ root: { inputs: { a: "a", b: ["b"] } }, a: node() }),
      /follow cycle detected: \[b -> b\]|requires lock file changes/,
    ],
    "a node without 'locked'": [
      lock({ root: { inputs: { a: "a" } }, a: { inputs: {} } }),
      /attribute 'locked' missing in lock file/,
    ],
    "half of a file": [good.slice(0, 60), /Could not parse '.*': \[json\.exception\.parse_error\.101\]/],
    "an empty file": ["", /Could not parse '.*': \[json\.exception\.parse_error\.101\]/],
    "bytes that are no UTF-8": ["\xff\xfe{", /Could not parse/],
    "a number for an input": [lock({ root: { inputs: { a: 3 } } }), /error:/],
    "a list": ["[]", /error:/],
  };
  for (const [what, [text, message]] of Object.entries(refused))
    test(what, () => {
      const { status, stderr } = metadata(text);
      assert.equal(status, 1);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /internal error/);
    });
});

test("nodes in a circle and a chain of 10,000 nodes come to an end", () => {
  const circle = metadata(lock({ root: { inputs: { a: "a" } }, a: node({ b: "b" }), b: node({ a: "a" }) }));
  assert.doesNotMatch(circle.stderr, /internal error/);
  const length = 10_000;
  const chain = Object.fromEntries(
    Array.from({ length }, (_, index) => [`n${index}`, node(index + 1 < length ? { a: `n${index + 1}` } : {})]),
  );
  const long = metadata(lock({ root: { inputs: { a: "n0" } }, ...chain }));
  assert.doesNotMatch(long.stderr, /internal error/);
});

test("500 lock files with edits at random are taken or refused, never an exception", () => {
  const pieces = good.match(/"[^"]*"|[{}[\],:]|\d+/g)!;
  const edits = fc.array(fc.tuple(fc.nat(pieces.length - 1), fc.constantFrom(...pieces, "null", "[]", "{}", "-1.5", "\xff")), {
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(edits, (all) => {
      const changed = [...pieces];
      for (const [at, piece] of all) changed[at] = piece;
      assert.doesNotMatch(metadata(changed.join("")).stderr, /internal error/);
    }),
    { seed: 1, numRuns: 500 },
  );
});
