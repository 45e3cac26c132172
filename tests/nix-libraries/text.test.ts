/** JSON, TOML, floats, versions and hashes: ours against those of a real Nix. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeUtf8 } from "../../src/nix/text/bytes.ts";
import { Failure, type Feature } from "../../src/nix/text/failure.ts";
import { formatFloat, formatFloatFixed, formatFloatJson } from "../../src/nix/text/float.ts";
import { normaliseJson, parseJson, printJsonObject, printJsonString } from "../../src/nix/text/json.ts";
import { parseToml } from "../../src/nix/text/toml.ts";
import { compareVersions, parseDrvName, splitVersion } from "../../src/nix/text/versions.ts";
import { hashOf, parseHash, parseHashAlgorithm, parseHashFormat, printHash } from "../../src/nix/store/hash.ts";
import { ask, characters, literal, onRecordedNix, ours, type Answer } from "./real-nix.ts";

/** Asks real Nix each expression and compares; `sameError` is off where only "both refuse" is wanted. */
function compare(topic: string, cases: readonly (readonly [expression: string, answer: Answer])[], sameError = true) {
  const answers = ask(
    cases.map(([expression, answer]) => ({ expression, refused: "error" in answer })),
    "parse-toml-timestamps",
  );
  for (const [index, [expression, answer]] of cases.entries()) {
    const theirs = answers[index]!;
    if (!sameError && "error" in answer && "error" in theirs) continue;
    assert.deepEqual(answer, theirs, expression);
  }
  const refusals = cases.filter(([, answer]) => "error" in answer).length;
  console.log(`${topic}: ${cases.length} answers equal real Nix's, ${refusals} of them refusals`);
}

const textBuilder = {
  literal: String,
  integer(value: number | bigint) {
    if (BigInt(value) >= 1n << 63n) throw new Failure(`unsigned json number ${value} outside of Nix integer range`);
    return String(value);
  },
  float: formatFloatJson,
  string(text: string) {
    if (text.includes("\0")) throw new Failure("null");
    return printJsonString(text);
  },
  list: (items: string[]) => `[${items.join(",")}]`,
  object: printJsonObject,
  timestamp: (text: string) => `{"_type":"timestamp","value":"${text}"}`,
  nan: () => "null",
};

test("random JSON is read and printed as real Nix does it", onRecordedNix, () => {
  const texts = [
    ...fc.sample(fc.json({ maxDepth: 3 }), { seed: 3, numRuns: 300 }),
    ...fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }).map(String), { seed: 4, numRuns: 600 }),
    ...fc.sample(fc.bigInt({ min: -(2n ** 66n), max: 2n ** 66n }).map(String), { seed: 5, numRuns: 100 }),

    "1e400",
    "-1e400",
    "-0",
    "-0.0",
    "0.1e1",
    "1E5",
    "123456789012345678901234567890",
    "9223372036854775807",
    "18446744073709551616",
  ].filter((text) => !text.includes("\\u0000"));
  compare(
    "fromJSON",
    texts.map((text) => {
      const bytes = encodeUtf8(text);
      return [
        `builtins.toJSON (builtins.fromJSON ${literal(bytes)})`,
        ours(() => parseJson(bytes, textBuilder)),
      ] as const;
    }),
  );
});

test("broken JSON is refused in the words of real Nix", onRecordedNix, () => {
  const unit = fc.constantFrom(
    ...characters('{}[]:,"\\ue-+.01a \n\t'),
    "true",
    "fals",
    "null",
    "nul",
    "\\u12",
    "\\ud800",
    "\\udc00",
    "é",
    "\u0001",
    '"k":',
    '"s"',
  );
  const texts = fc.sample(fc.string({ unit, maxLength: 8 }), { seed: 6, numRuns: 700 });
  compare(
    "broken JSON",
    texts.map((text) => {
      const bytes = encodeUtf8(text);
      return [
        `builtins.toJSON (builtins.fromJSON ${literal(bytes)})`,
        ours(() => parseJson(bytes, textBuilder)),
      ] as const;
    }),
  );
});

test("floats are printed as real Nix prints them, in each of its three ways", onRecordedNix, () => {
  const numbers = [
    ...fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), { seed: 8, numRuns: 500 }),
    ...fc.sample(fc.double({ noNaN: true, min: -1e7, max: 1e7 }), { seed: 9, numRuns: 500 }),
    0.1,
    1.5,
    1e20,
    1e-5,
    0.0078125,
    1000005,
    999999.5,
    1e15,
    1e16,
    123456.7,
    5e-324,
    1 / 3,
    2.5,
    0.5,
    1e6,
    1e5,
  ].map((value) => value || 0.5);
  const xml = (value: number) =>
    `<?xml version='1.0' encoding='utf-8'?>\n<expr>\n  <float value="${formatFloat(value)}" />\n</expr>\n`;
  compare(
    "floats",
    numbers.map((value) => [
      `(x: [ (builtins.toJSON x) (toString x) (builtins.toXML x) ]) (builtins.fromJSON "${value.toExponential()}")`,
      ours(() => [formatFloatJson(value), formatFloatFixed(value), xml(value)]),
    ]),
  );
});

test("versions and names are cut and compared as real Nix does it", onRecordedNix, () => {
  const version = fc.string({
    unit: fc.constantFrom(...characters("012a.-+_"), "pre", "rc", "99999999999"),
    maxLength: 7,
  });
  const cases = fc.sample(fc.tuple(version, version), { seed: 10, numRuns: 600 });
  compare(
    "versions",
    cases.map(([a, b]) => [
      `[ (builtins.compareVersions "${a}" "${b}") (builtins.parseDrvName "${a}-${b}") (builtins.splitVersion "${a}") ]`,
      ours(() => [compareVersions(a, b), parseDrvName(`${a}-${b}`), splitVersion(a)]),
    ]),
  );
});

test("hashes are computed, read and printed as real Nix does it", onRecordedNix, () => {
  const features = new Set<Feature>(["blake3-hashes"]);
  const algorithms = ["md5", "sha1", "sha256", "sha512", "blake3", "sha3"] as const;
  const formats = ["base16", "nix32", "base64", "sri", "base32", "hex"] as const;
  const hashed = algorithms.flatMap((algorithm) =>
    fc.sample(fc.string({ maxLength: 200 }), { seed: 11, numRuns: 20 }).map((text) => {
      const bytes = encodeUtf8(text.replaceAll("\0", ""));
      const answer = ours(() => printHash(hashOf(parseHashAlgorithm(algorithm, features), bytes), "base16"));
      return [`builtins.hashString "${algorithm}" ${literal(bytes)}`, answer] as const;
    }),
  );
  const damage = fc.constantFrom(
    (text: string) => text,
    (text: string) => text.slice(1),
    (text: string) => `${text}0`,
    (text: string) => text.replace(/[0-9a-z]/, "~"),
    (text: string) => text.toUpperCase(),
    (text: string) => text.replace("=", ""),
    () => "",
  );
  const written = fc.record({
    algorithm: fc.constantFrom("md5", "sha1", "sha256", "sha512"),
    format: fc.constantFrom("base16", "nix32", "base64", "sri"),
    withAlgorithm: fc.boolean(),
    seed: fc.string(),
    damage,
    known: fc.constantFrom(undefined, "sha256", "md5", "sha512", "nope"),
    to: fc.constantFrom(...formats),
  });
  const converted = fc.sample(written, { seed: 12, numRuns: 500 }).map((one) => {
    const hash = hashOf(parseHashAlgorithm(one.algorithm, features), encodeUtf8(one.seed));
    const text = one.damage(printHash(hash, parseHashFormat(one.format), one.withAlgorithm || one.format === "sri"));
    const known = one.known === undefined ? "" : `hashAlgo = "${one.known}";`;
    const answer = ours(() => {
      const algorithm = one.known === undefined ? undefined : parseHashAlgorithm(one.known, features);
      const format = parseHashFormat(one.to);
      return printHash(parseHash(text, algorithm, features), format);
    });
    return [`builtins.convertHash { hash = ${literal(text)}; toHashFormat = "${one.to}"; ${known} }`, answer] as const;
  });
  compare("hashes", [...hashed, ...converted]);
});

const { toml } = fc.letrec<Record<"toml" | "key" | "value" | "line", string>>((tie) => ({
  key: fc
    .array(fc.constantFrom("a", "b", "c", '"d e"', "'f'", "1-_"), { minLength: 1, maxLength: 3 })
    .chain((keys) => fc.constantFrom(".", " . ").map((dot) => keys.join(dot))),
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(
      "1",
      "-17",
      "+0",
      "0x_1",
      "0xfF",
      "0o17",
      "0b101",
      "1_000",
      "1__0",
      "01",
      "1.5",
      "1.",
      ".5",
      "1e3",
      "6.26e-2",
      "1_0.0_1",
      "inf",
      "-inf",
      "true",
      "false",
      "True",
      '"s"',
      "'l\\'",
      '"\\t\\u00e9\\""',
      '"\\e"',
      '"""\na\\\n  b"""',
      "'''x''y'''",
      '""""q""""',
      "1979-05-27",
      "1979-05-27T07:32:00Z",
      "1979-05-27 07:32:00.5+01:30",
      "07:32:00.123456",
      "07:32",
      "1979-02-30",
      "9223372036854775807",
      "9223372036854775808",
      "[]",
      "{}",
      "",
    ),
    fc.array(tie("value"), { maxLength: 3 }).map((values) => `[${values.join(", ")}]`),
    fc.array(tie("value"), { maxLength: 2 }).map((values) => `[\n${values.map((value) => `${value},# c\n`).join("")}]`),
    fc
      .array(fc.tuple(tie("key"), tie("value")), { maxLength: 2 })
      .map((pairs) => `{ ${pairs.map(([k, v]) => `${k} = ${v}`).join(", ")} }`),
  ),
  line: fc.oneof(
    { weight: 5, arbitrary: fc.tuple(tie("key"), tie("value")).map(([key, value]) => `${key} = ${value}`) },
    { weight: 2, arbitrary: tie("key").map((key) => `[${key}]`) },
    { weight: 2, arbitrary: tie("key").map((key) => `[[${key}]]`) },
    fc.constantFrom("", "# comment", "  \t# é"),
  ),
  toml: fc.array(tie("line"), { maxLength: 4 }).map((lines) => lines.join("\n")),
}));

test("random TOML is read or refused as real Nix does it", onRecordedNix, () => {
  const documents = fc.sample(toml, { seed: 13, numRuns: 1200 });
  compare(
    "fromTOML",
    documents.map((document) => {
      const bytes = encodeUtf8(document);
      const answer = ours(() => normaliseJson(parseToml(bytes, textBuilder)));
      return [`builtins.toJSON (builtins.fromTOML ${literal(bytes)})`, answer] as const;
    }),
    false,
  );
});
