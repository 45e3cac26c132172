/** `builtins.parseFlakeRef` and `builtins.flakeRefToString`: ours against those of a real Nix. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { flakeRefToString, parseFlakeRef } from "../../src/nix/flake/reference.ts";
import { ask, characters, literal, onRecordedNix, ours } from "./real-nix.ts";

const asObject = (text: string) => Object.fromEntries(parseFlakeRef(text));

function compare(topic: string, references: readonly string[]): void {
  const cases = references.flatMap((text) => [
    { expression: `builtins.parseFlakeRef ${literal(text)}`, answer: ours(() => asObject(text)) },
    {
      expression: `builtins.flakeRefToString (builtins.parseFlakeRef ${literal(text)})`,
      answer: ours(() => flakeRefToString(parseFlakeRef(text))),
    },
  ]);
  const answers = ask(cases.map(({ expression, answer }) => ({ expression, refused: "error" in answer })));
  for (const [index, { expression, answer }] of cases.entries()) assert.deepEqual(answer, answers[index], expression);
  const refusals = cases.filter(({ answer }) => "error" in answer).length;
  console.log(`${topic}: ${cases.length} answers equal real Nix's, ${refusals} of them refusals`);
}

const rev = "a3a3dda3bacf61e8a39258a0ed9c924eeca8e293";
const narHash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

test("references that people write are read and printed as real Nix does it", onRecordedNix, () => {
  compare("flake references", [
    "nixpkgs",
    "nixpkgs/nixos-24.05",
    `nixpkgs/nixos-24.05/${rev}`,
    `nixpkgs/${rev}`,
    "nixpkgs/a/b",
    "nixpkgs/a/b/c",
    "nix_a-b/x.y",
    "1nix",
    "flake:nixpkgs",
    "flake:nixpkgs/x",
    "flake:a/b/c/d",
    "flake:",
    "nixpkgs#x",
    "nixpkgs#",
    "foo bar",
    "",

    "github:NixOS/nixpkgs",
    "github:NixOS/nixpkgs/x/y",
    "github:a/b?dir=c&ref=d",
    "github:a/b?host=h.com&foo=1",
    "github:a",
    "github:a/b/c?ref=d",

    `github:a/b/${rev}`,
    `github:a/b?rev=${rev}`,
    `github:a/b/${rev}?rev=${rev}`,
    `github:a/b/x?rev=${rev}`,
    "github:a/b?rev=xyz",
    "github:a/b?narHash=bad",

    `github:a/b?narHash=${narHash}`,
    "github:a/b#c",
    "github:a/b/v1..2",
    "github:a/b/refs/heads/main",
    "github:a/b?host=h_h",
    "github:a/b/-x",
    "github:a/b/x.lock",
    "gitlab:a/b%2Fc",
    "gitlab:a/b/c?host=git.x.org",
    "sourcehut:~a/b",
    "sourcehut:~a/b?host=hg.sr.ht",

    "path:.",
    "path:./x",
    "./x",
    "../x",
    ".",
    "/abs/x",
    "/abs/x?dir=y",
    "/abs/x?foo=1",
    "path:/abs/x?rev=1&lastModified=5",
    "path:/abs/x?lastModified=x",

    "path:/a%20b",
    "path:/a b",
    "/a b",
    "path://host/x",
    "path:///x",
    "path:/abs//x/",
    "path:",
    "/abs#frag",
    "path:/a%2Fb",
    "path:/a%zz",
    "/a%zz",

    "git+https://x.org/y",
    "git+ssh://git@x.org/y?ref=main",
    "git+file:///a/b?submodules=1&dir=z",
    "git+https://x.org/y?foo=bar&shallow=1",
    "git://x.org/y",

    "git@github.com:a/b",
    "git+ssh://git@github.com:a/b",
    `git+https://x.org/y?rev=${rev}&ref=b`,
    "git+https://x.org/y?rev=abc",
    "git+https://x.org/y?ref=a..b",

    "git+https://x.org/y?publicKey=x",
    "git+https://x.org/y?lfs=1&allRefs=1&exportIgnore=1&shallow=0",
    "git+https://u:p@x.org:8080/y",
    "git+ssh:x",
    "git+file:/a",
    "git+file:a",

    "https://x.org/y.tar.gz",
    "https://x.org/y",
    `tarball+https://x.org/y?narHash=${narHash}`,
    "https://x.org/y.tar.gz?foo=1&rev=2&lastModified=3&revCount=4",
    "http://[::1]:80/x.tgz",

    "file+https://x.org/y",
    "file:///a/b.tar.gz",
    "file:/a/b",
    "file://host/x",
    "https://a b/c",
    "https://x.org/a?b=c d#e f",
    "https://x.org",
    "https://x.org/?a",
    "https://x.org/?a=1&a=2",

    "hg+https://x.org/y",
    `hg+ssh://x.org/y?rev=${rev}&x=1`,
    "hg+foo://x",
    "x:y",
    "file+git:///x",
    "a b/c",
    "https://x.org:99999/a",
    "https://x.org:/a",
    "https://x.org/%C3%A9",
    "https://x.org/\u00c3\u00a9",
  ]);
});

test("random rows of pieces of references are read or refused as in real Nix", onRecordedNix, () => {
  const unit = fc.constantFrom(
    ...characters("/:?#&=.@%+-~a1[] "),

    "github:",
    "gitlab:",
    "git+",
    "https://",
    "path:",
    "file://",
    "flake:",
    "nixpkgs",
    "owner/repo",
    "ref=",
    "rev=",
    "dir=",
    "x.org",
    rev,
    "%20",
    ".tar.gz",
    "main",
    "user@",
  );
  compare("rows of pieces", fc.sample(fc.string({ unit, maxLength: 7 }), { seed: 14, numRuns: 500 }));
});

const part = fc.constantFrom("a", "NixOS", "x.y", "main", "v1.0", rev, "%20", "~u", "a_b");
const query = fc
  .uniqueArray(
    fc.constantFrom(
      "dir=sub",
      "ref=main",
      `rev=${rev}`,
      `narHash=${narHash}`,
      "host=git.x.org",
      "submodules=1",
      "shallow=1",
      "lastModified=17",
      "revCount=2",
      "foo=bar%20baz",
      "x",
    ),
    { maxLength: 2 },
  )
  .map((parts) => (parts.length > 0 ? `?${parts.join("&")}` : ""));
const start = fc.constantFrom(
  "github:",
  "gitlab:",
  "sourcehut:",
  "flake:",
  "path:/",
  "path:",
  "/",
  "git+https://x.org/",
  "git+ssh://git@x.org/",
  "git+file:///",
  "https://x.org/",
  "tarball+http://x.org:80/",
  "file+https://x.org/",
  "",
);

test("random references of the usual forms are read and printed as real Nix does it", onRecordedNix, () => {
  const reference = fc
    .tuple(start, fc.array(part, { minLength: 1, maxLength: 4 }), query)
    .map(([first, parts, last]) => first + parts.join("/") + last);
  compare("usual forms", fc.sample(reference, { seed: 15, numRuns: 600 }));
});

test("attributes are printed or refused as in real Nix", onRecordedNix, () => {
  const sets = [
    { type: "github", owner: "a", repo: "b" },
    { type: "github", owner: "a", repo: "b", ref: "x", rev },
    { type: "github", owner: "a", repo: "b", foo: "x" },
    { type: "github", owner: "a" },
    { type: "github", owner: "a", repo: "b", lastModified: 5, narHash },
    { type: "github", owner: "a", repo: "b", lastModified: "5" },
    { type: "github", owner: "a", repo: 1 },
    { type: "git", url: "git@github.com:a/b" },
    { type: "git", url: "/a/b", submodules: true },
    { type: "git", url: "a/b", submodules: 1 },
    { type: "git", url: "github.com:a/b" },
    { type: "git", url: "https://x.org/y", dir: "sub", ref: "main" },
    { type: "path", path: "/a b", lastModified: 7 },
    { type: "path", path: "./a", dir: "b" },
    { type: "indirect", id: "nixpkgs", ref: "a/b" },
    { type: "indirect", id: "1" },
    { type: "tarball", url: "https://x.org/y.tar.gz", narHash: "" },
    { type: "tarball", url: "nope" },
    { type: "tarball", url: "https://x.org/y", narHash: "md5-1B2M2Y8AsgTpgAmY7PhCfg==" },
    { type: "nope", a: 1 },
    { url: "x" },
    { type: 1 },
  ];
  const toNix = (set: object) =>
    `{ ${Object.entries(set)
      .map(([name, value]) => `${name} = ${typeof value === "string" ? literal(value) : String(value)};`)
      .join(" ")} }`;
  const cases = sets.map((set) => ({
    expression: `builtins.flakeRefToString ${toNix(set)}`,
    answer: ours(() => flakeRefToString(new Map<string, string | number | boolean>(Object.entries(set)))),
  }));
  const answers = ask(cases.map(({ expression, answer }) => ({ expression, refused: "error" in answer })));
  for (const [index, { expression, answer }] of cases.entries()) assert.deepEqual(answer, answers[index], expression);
});
