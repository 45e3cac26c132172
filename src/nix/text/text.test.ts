import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeUtf8, encodeUtf8, fromBytes, isUtf8, toBytes } from "./bytes.ts";
import { formatFloat, formatFloatFixed, formatFloatJson } from "./float.ts";
import { normaliseJson, printJsonString } from "./json.ts";
import { parseToml } from "./toml.ts";
import { compareVersions, parseDrvName, splitVersion } from "./versions.ts";
import { XmlWriter } from "./xml.ts";

test("text survives the way to bytes and back", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const bytes = encodeUtf8(text);
      assert.equal(decodeUtf8(bytes), text);
      assert.equal(bytes, Buffer.from(text).toString("latin1"));
      assert.equal(fromBytes(toBytes(bytes)), bytes);
      assert.ok(isUtf8(bytes));
    }),
    { seed: 2 },
  );
});

test("any bytes are decoded without an exception", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = fromBytes(bytes);
      assert.equal(isUtf8(text), !decodeUtf8(text).includes("\ufffd") || text.includes("\u00ef\u00bf\u00bd"));
    }),
    { seed: 3 },
  );
});

test("floats read back as they were from their JSON form", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      assert.equal(Number(formatFloatJson(value)), value);
    }),
    { seed: 4, numRuns: 2000 },
  );
});

test("floats have C's forms: %g of six digits, %f, and nlohmann's", () => {
  assert.deepEqual([1e20, 1e-5, 0.1, 1000005, -0].map(formatFloat), ["1e+20", "1e-05", "0.1", "1e+06", "-0"]);
  assert.deepEqual([0.0078125, 0.9999999, 1e-9].map(formatFloatFixed), ["0.007812", "1.000000", "0.000000"]);
  assert.deepEqual([1, 1e15, 1e16, 1e-5].map(formatFloatJson), ["1.0", "1e+15", "1e+16", "1e-05"]);
});

test("JSON keeps ints and floats apart, the last of two members, and bytes as they are", () => {
  assert.equal(normaliseJson('{"b":1, "a":1.0,"b":[2,null]}'), '{"a":1.0,"b":[2,null]}');
  assert.equal(normaliseJson('"\\u00e9"'), '"\u00c3\u00a9"');
  assert.equal(normaliseJson("12345678901234567890123"), "1.2345678901234568e+22");
});

test("JSON of 100,000 brackets is read or refused without a stack overflow", () => {
  const depth = 100_000;
  assert.equal(normaliseJson("[".repeat(depth) + "]".repeat(depth)).length, 2 * depth);
  assert.throws(() => normaliseJson("[".repeat(depth)), /unexpected end of input/);
});

test("a string that is not UTF-8 is refused where it breaks", () => {
  assert.throws(() => printJsonString("a\u00c3"), /incomplete UTF-8 string; last byte: 0xC3$/);
  assert.throws(() => printJsonString("a\u00c3b"), /invalid UTF-8 byte at index 2: 0x62$/);
});

const builder = {
  literal: (value: unknown) => value,
  integer: (value: number | bigint): unknown => value,
  float: (value: number): unknown => ({ float: value }),
  string: (text: string): unknown => text,
  list: (items: unknown[]): unknown => items,
  object: (members: Map<string, unknown>): unknown => Object.fromEntries(members),
  timestamp: (text: string): unknown => ({ timestamp: text }),
  nan: (negative: boolean): unknown => ({ nan: negative }),
};

test("TOML gives tables, ints, floats and times apart", () => {
  assert.deepEqual(parseToml('a.b = 1\n[[c]]\nd = 1.0\n[[c]]\n"e f" = 07:32:00.5', builder), {
    a: { b: 1 },
    c: [{ d: { float: 1 } }, { "e f": { timestamp: "07:32:00.500" } }],
  });
});

test("TOML that is refused names line and column", () => {
  assert.throws(() => parseToml("a = 1\na = 2", builder), {
    message: "while parsing TOML: 'a' is defined twice at line 2, column 1",
  });
  for (const text of ["a", "a =", "a = 01", "[a]\n[a]", "a = {b = 1\n}", 'a = "\n"', "a = 1 b = 2", "[".repeat(9999)])
    assert.throws(() => parseToml(text, builder), /^Failure: while parsing TOML: /);
});

test("versions are ordered by numbers, words and the word pre", () => {
  const ordered = ["2.3pre1", "2.3", "2.3a", "2.3.1", "2.3.10"];
  for (let i = 1; i < ordered.length; i++) assert.equal(compareVersions(ordered[i - 1]!, ordered[i]!), -1, ordered[i]);
  assert.equal(compareVersions("1-0", "1.0"), 0);
  assert.deepEqual(parseDrvName("nix-shell-1.2pre"), { name: "nix-shell", version: "1.2pre" });
  assert.deepEqual(splitVersion("1.2pre-3"), ["1", "2", "pre", "3"]);
});

test("XML escapes what attributes cannot hold, newlines too", () => {
  const xml = new XmlWriter();
  xml.element("list", { name: 'a"<>&\n' }, () => xml.empty("null"));
  assert.equal(
    xml.toString(),
    "<?xml version='1.0' encoding='utf-8'?>\n<list name=\"a&quot;&lt;&gt;&amp;&#xA;\">\n  <null />\n</list>\n",
  );
});
