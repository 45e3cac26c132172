/** Store paths of derivations, texts and trees: ours against those of a real Nix. */
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { encodeUtf8, toBytes } from "../../src/nix/text/bytes.ts";
import { printJsonObject, printJsonString } from "../../src/nix/text/json.ts";
import type { Feature } from "../../src/nix/text/failure.ts";
import { makeFixedOutputPath } from "../../src/nix/store/content-address.ts";
import { opaqueElement, deepElement } from "../../src/nix/store/context.ts";
import { hashOf, type HashAlgorithm } from "../../src/nix/store/hash.ts";
import { instantiate, type DerivationRequest, type Instantiated } from "../../src/nix/store/instantiate.ts";
import { MemoryStore } from "../../src/nix/store/memory-store.ts";
import { hashNar, type FileTree } from "../../src/nix/store/nar.ts";
import { outputPlaceholder } from "../../src/nix/store/placeholder.ts";
import { evaluateJson, inFolder, literal, onRecordedNix } from "./real-nix.ts";

const features = new Set<Feature>(["ca-derivations", "impure-derivations", "dynamic-derivations", "blake3-hashes"]);

/** A piece of a text: plain, a placeholder, a text in the store, or something of an earlier package. */
type Piece =
  | { type: "text"; text: string }
  | { type: "placeholder"; output: string }
  | { type: "file"; name: string; text: string }
  | { type: "output"; of: number; output: number }
  | { type: "derivation"; of: number };

interface Package {
  name: string;
  outputs: string[];
  args: Piece[][];
  env: [string, Piece[]][];
  kind:
    | { type: "input" }
    | { type: "fixed"; algorithm: HashAlgorithm; mode: string | undefined; seed: string }
    | { type: "floating"; mode: string | undefined }
    | { type: "impure" };
  structured: boolean;
}

const text = fc.oneof(
  fc.constantFrom("", "a", "x y", 'q"uo\\te', "line\nbreak\ttab\r", "${x}", "é", "a".repeat(100)),
  fc.string({ maxLength: 12 }),
);
const piece: fc.Arbitrary<Piece> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant("text" as const), text: text.map(noNul).map(encodeUtf8) }) },
  fc.record({ type: fc.constant("placeholder" as const), output: fc.constantFrom("out", "dev") }),
  fc.record({
    type: fc.constant("file" as const),
    name: fc.constantFrom("script", "a.txt"),
    text: text.map(noNul).map(encodeUtf8),
  }),
  { weight: 4, arbitrary: fc.record({ type: fc.constant("output" as const), of: fc.nat(5), output: fc.nat(2) }) },
  fc.record({ type: fc.constant("derivation" as const), of: fc.nat(5) }),
);
const mode = fc.constantFrom(undefined, "flat", "recursive", "nar");
const aPackage: fc.Arbitrary<Package> = fc.record({
  name: fc.constantFrom("a", "hello-2.12", "lib_x+y=z?", "_", "9"),
  outputs: fc.constantFrom(["out"], ["out", "dev"], ["lib"], ["bin", "out", "man"]),
  args: fc.array(fc.array(piece, { maxLength: 3 }), { maxLength: 3 }),
  env: fc.uniqueArray(
    fc.tuple(fc.constantFrom("src", "A", "buildInputs", "passAsFile", "é-ö", "_1"), fc.array(piece, { maxLength: 3 })),
    {
      selector: ([name]) => name,
      maxLength: 4,
    },
  ),
  kind: fc.oneof(
    { weight: 5, arbitrary: fc.record({ type: fc.constant("input" as const) }) },
    fc.record({
      type: fc.constant("fixed" as const),
      algorithm: fc.constantFrom<HashAlgorithm>("md5", "sha1", "sha256", "sha512", "blake3"),
      mode,
      seed: fc.string(),
    }),
    fc.record({ type: fc.constant("floating" as const), mode }),
    fc.record({ type: fc.constant("impure" as const) }),
  ),
  structured: fc.boolean(),
});

function noNul(value: string): string {
  return value.replaceAll("\0", "");
}

/** The outputs that a package really has: a fixed one has only `out`. */
const outputsOf = (p: Package) => (p.kind.type === "fixed" ? ["out"] : p.outputs);

const hex = (p: Package) =>
  p.kind.type === "fixed" ? Buffer.from(hashOf(p.kind.algorithm, encodeUtf8(p.kind.seed)).bytes).toString("hex") : "";

/** Attributes that say which kind of outputs there are, as name and text of their value. */
function kindAttributes(p: Package): [string, string | true][] {
  const { kind } = p;
  if (kind.type === "input") return [];
  if (kind.type === "floating") return [["__contentAddressed", true], ...modeOf(kind.mode)];
  if (kind.type === "impure") return [["__impure", true]];
  return [["outputHash", hex(p)], ["outputHashAlgo", kind.algorithm], ...modeOf(kind.mode)];
}
const modeOf = (mode: string | undefined): [string, string][] => (mode === undefined ? [] : [["outputHashMode", mode]]);

function pieceToNix(part: Piece, packages: readonly Package[], index: number): string {
  switch (part.type) {
    case "text":
      return literal(part.text);
    case "placeholder":
      return `(builtins.placeholder "${part.output}")`;
    case "file":
      return `(builtins.toFile "${part.name}" ${literal(part.text)})`;
    case "output": {
      if (index === 0) return '""';
      const of = part.of % index;
      const outputs = outputsOf(packages[of]!);
      return `(builtins.elemAt all ${of}).${outputs[part.output % outputs.length]}.outPath`;
    }
    case "derivation":
      return index === 0 ? '""' : `(builtins.elemAt all ${part.of % index}).drvPath`;
  }
}

function packageToNix(p: Package, packages: readonly Package[], index: number): string {
  const join = (pieces: Piece[]) =>
    `(${['""', ...pieces.map((part) => pieceToNix(part, packages, index))].join(" + ")})`;
  const attributes = [
    `name = "${p.name}"; system = "x86_64-linux"; builder = "/bin/sh";`,
    `args = [ ${p.args.map(join).join(" ")} ];`,
    `outputs = [ ${outputsOf(p)
      .map((name) => `"${name}"`)
      .join(" ")} ];`,
    ...p.env.map(([name, pieces]) => `${literal(encodeUtf8(name))} = ${join(pieces)};`),
    ...kindAttributes(p).map(([name, value]) => `${name} = ${value === true ? "true" : literal(value)};`),
    p.structured ? "__structuredAttrs = true;" : "",
  ];
  return `(derivation { ${attributes.join(" ")} })`;
}

/** What `derivation` of the language does around `derivationStrict`: every attribute goes to the environment. */
function packageToRequest(p: Package, done: readonly Instantiated[], store: MemoryStore): DerivationRequest {
  const context = new Set<string>();
  const pieceText = (part: Piece): string => {
    switch (part.type) {
      case "text":
        return part.text;
      case "placeholder":
        return outputPlaceholder(part.output);
      case "file": {
        const path = store.addText(part.name, part.text, []);
        context.add(opaqueElement(path));
        return path;
      }
      case "output": {
        const from = done[part.of % done.length];
        if (!from) return "";
        const outputs = [...from.outputs.values()];
        const output = outputs[part.output % outputs.length]!;
        context.add(output.element);
        return output.text;
      }
      case "derivation": {
        const from = done[part.of % done.length];
        if (!from) return "";
        context.add(deepElement(from.drvPath));
        return from.drvPath;
      }
    }
  };
  const join = (pieces: Piece[]) => pieces.map(pieceText).join("");
  const outputs = outputsOf(p);
  const texts = new Map<string, string>([
    ["name", p.name],
    ["system", "x86_64-linux"],
    ["builder", "/bin/sh"],
    ...p.env.map(([name, pieces]): [string, string] => [encodeUtf8(name), join(pieces)]),
  ]);
  const args = p.args.map(join);
  const json = new Map(Array.from(texts, ([name, value]) => [name, printJsonString(value)]));
  json.set("outputs", `[${outputs.map(printJsonString).join(",")}]`);
  texts.set("outputs", outputs.join(" "));
  for (const [name, value] of kindAttributes(p)) {
    if (value === true) continue;
    texts.set(name, value);
    json.set(name, printJsonString(value));
  }
  const { kind } = p;
  const mode = kind.type === "fixed" || kind.type === "floating" ? kind.mode : undefined;
  return {
    name: p.name,
    system: "x86_64-linux",
    builder: "/bin/sh",
    args,
    env: p.structured ? new Map() : texts,
    ...(p.structured ? { structuredAttrs: printJsonObject(json) } : {}),
    outputs: new Set(outputs),
    ...(kind.type === "fixed" ? { outputHash: hex(p), outputHashAlgorithm: kind.algorithm } : {}),
    ...(mode === undefined ? {} : { outputHashMode: mode === "flat" ? ("flat" as const) : ("nar" as const) }),
    contentAddressed: kind.type === "floating",
    impure: kind.type === "impure",
    context,
  };
}

test("derivations of every kind have the paths that real Nix gives them", onRecordedNix, () => {
  const worlds = fc.sample(fc.array(aPackage, { minLength: 1, maxLength: 6 }), { seed: 20_261_125, numRuns: 150 });
  const expressions = worlds.map((packages) => {
    const all = packages.map((p, index) => packageToNix(p, packages, index));
    return `(let all = [ ${all.join(" ")} ]; in map (d: [ d.drvPath ] ++ map (o: d.\${o}.outPath) d.outputs) all)`;
  });
  const answers = evaluateJson(
    `map (map (map builtins.unsafeDiscardStringContext)) [ ${expressions.join("\n")} ]`,
    "--read-write-mode",
  ) as string[][][];
  let compared = 0;
  for (const [world, packages] of worlds.entries()) {
    const store = new MemoryStore({ features });
    const done: Instantiated[] = [];
    for (const [index, p] of packages.entries()) {
      const made = instantiate(packageToRequest(p, done, store), store);
      const ours = [made.drvPath, ...outputsOf(p).map((name) => made.outputs.get(name)!.text)];
      assert.deepEqual(ours, answers[world]![index], `package ${index} of world ${world}: ${expressions[world]}`);
      compared += ours.length;
      done.push(made);
    }
  }
  console.log(`derivations: ${compared} store paths of ${worlds.flat().length} derivations equal real Nix's`);
});

const leaf: fc.Arbitrary<FileTree> = fc.oneof(
  fc.record({
    type: fc.constant("regular" as const),
    executable: fc.boolean(),
    contents: fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constant(new Uint8Array(70_000).fill(7))),
  }),
  fc.record({
    type: fc.constant("symlink" as const),
    target: fc.constantFrom("a", "../x", "/nowhere/else", "é").map(encodeUtf8),
  }),
);
const fileName = fc.constantFrom("a", "b", "B", "a.b", "a-b", "é", "~", "flake.nix", "10", "9").map(encodeUtf8);
const { tree } = fc.letrec<{ tree: FileTree; folder: FileTree }>((tie) => ({
  tree: fc.oneof({ depthSize: "small" }, leaf, tie("folder")),
  folder: fc
    .uniqueArray(fc.tuple(fileName, tie("tree")), { selector: ([name]) => name, maxLength: 5 })
    .map((entries) => ({ type: "directory" as const, entries: new Map(entries) })),
}));

function writeTree(path: Buffer, at: FileTree): void {
  if (at.type === "symlink") symlinkSync(Buffer.from(toBytes(at.target)), path);
  else if (at.type === "regular") {
    writeFileSync(path, at.contents);
    chmodSync(path, at.executable ? 0o755 : 0o644);
  } else {
    mkdirSync(path);
    for (const [name, child] of at.entries) writeTree(Buffer.concat([path, Buffer.from("/"), toBytes(name)]), child);
  }
}

test("trees of files have the NAR hashes and store paths that real Nix gives them", onRecordedNix, () => {
  const trees = fc.sample(tree, { seed: 7, numRuns: 120 }).filter((at) => at.type !== "symlink");
  inFolder((folder) => {
    for (const [index, at] of trees.entries()) {
      const path = join(folder, `t${index}`);
      mkdirSync(dirname(path), { recursive: true });
      writeTree(Buffer.from(path), at);
    }
    const questions = trees.map((at, index) => {
      const path = join(folder, `t${index}`);
      const flat = at.type === "regular" && !at.executable;
      return `[ "\${/. + "${path}"}" (builtins.path { path = /. + "${path}"; name = "n"; })
        ${flat ? `(builtins.path { path = /. + "${path}"; name = "n"; recursive = false; })` : '""'}
        (builtins.filterSource (p: t: baseNameOf p != "a") (/. + "${path}")) ]`;
    });
    const answers = evaluateJson(
      `map (map builtins.unsafeDiscardStringContext) [ ${questions.join("\n")} ]`,
      "--readonly-mode",
    ) as string[][];
    for (const [index, at] of trees.entries()) {
      const store = new MemoryStore();
      const flat = at.type === "regular" && !at.executable;
      const ours = [
        store.addTree(`t${index}`, at),
        store.addTree("n", at),
        flat ? store.addTree("n", at, "flat") : "",
        store.addTree(`t${index}`, without(at, "a")),
      ];
      assert.deepEqual(ours, answers[index], JSON.stringify(at));
    }
    console.log(`trees: ${trees.length * 3} store paths equal real Nix's`);
  });
});

function without(at: FileTree, unwanted: string): FileTree {
  if (at.type !== "directory") return at;
  const kept = [...at.entries].filter(([name]) => name !== unwanted);
  return { type: "directory", entries: new Map(kept.map(([name, child]) => [name, without(child, unwanted)])) };
}

test("a tree added with its hash has the path of a fixed output", () => {
  const contents = "hello";
  const hash = hashNar({ type: "regular", contents });
  assert.equal(
    new MemoryStore().addTree("x", { type: "regular", contents }),
    makeFixedOutputPath("x", { method: "nar", hash }, "/nix/store"),
  );
});
