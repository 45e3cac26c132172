import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeBase16, decodeBase64, decodeNix32, encodeBase16, encodeBase64, encodeNix32 } from "./base.ts";
import { compressHash, hashOf, parseHash, parseHashAllowEmpty, parseHashFormat, printHash } from "./hash.ts";

const none = new Set<never>();

test("bytes survive each of the three encodings", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      assert.deepEqual(decodeBase16(encodeBase16(bytes)), bytes);
      assert.deepEqual(decodeBase64(encodeBase64(bytes)), bytes);
      assert.equal(encodeBase64(bytes), Buffer.from(bytes).toString("base64"));
      const back = decodeNix32(encodeNix32(bytes));
      assert.deepEqual(back.subarray(0, bytes.length), bytes);
      assert.ok(back.subarray(bytes.length).every((byte) => byte === 0));
    }),
    { seed: 1 },
  );
});

test("the empty text has the hash that every page on Nix shows", () => {
  const hash = hashOf("sha256", "");
  assert.equal(printHash(hash, "sri"), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  assert.equal(printHash(hash, "nix32", true), "sha256:0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73");
});

test("a hash is read back from each format that it is printed in", () => {
  for (const algorithm of ["md5", "sha1", "sha256", "sha512"] as const)
    for (const format of ["base16", "nix32", "base64", "sri"] as const) {
      const hash = hashOf(algorithm, "x");
      assert.deepEqual(parseHash(printHash(hash, format), algorithm, none), hash);
      assert.deepEqual(parseHash(printHash(hash, format, true), undefined, none), hash);
    }
});

test("a hash that does not fit is refused with what was expected", () => {
  const refusal = (text: string, known?: "md5" | "sha256") => () => parseHash(text, known, none);
  assert.throws(refusal("abc", "sha256"), { message: "hash 'abc' has wrong length for hash algorithm 'sha256'" });
  assert.throws(refusal("sha256-aaaa"), {
    message: "invalid SRI hash 'aaaa', length 3 != expected length 32",
  });
  assert.throws(refusal("md5:00000000000000000000000000000000", "sha256"), { message: /should have type 'sha256'$/ });
  assert.throws(refusal("blake3:00"), { message: /^experimental Nix feature 'blake3-hashes' is disabled;/ });
});

test("an empty hash stands for zeros, with a warning that says so", () => {
  const warnings: string[] = [];
  const hash = parseHashAllowEmpty("", "sha256", none, (message) => warnings.push(message));
  assert.ok(hash.bytes.every((byte) => byte === 0));
  assert.deepEqual(warnings, ["found empty hash, assuming 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='"]);
});

test("the old name of nix32 is taken with a warning", () => {
  const warnings: string[] = [];
  assert.equal(
    parseHashFormat("base32", (message) => warnings.push(message)),
    "nix32",
  );
  assert.equal(warnings.length, 1);
});

test("a compressed hash folds all bytes in", () => {
  const bytes = Uint8Array.from([1, 2, 3, 4, 5]);
  assert.deepEqual([...compressHash({ algorithm: "sha256", bytes }, 2).bytes], [1 ^ 3 ^ 5, 2 ^ 4]);
});
