/**
 * `npm run index -- PATH --rev REV --day YYYY-MM-DD [NAME…]` writes `src/inputs/nixpkgs/index.json` anew. PATH is a tree of
 * nixpkgs, which a real Nix evaluates, or a channel's `packages.json`, packed (`.br`) or not; then `--release 26.05` says
 * of which channel. REV and day are those of the examples' locks. NAMEs are attributes of `python3Packages` to take in.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { brotliDecompressSync } from "node:zlib";
import { printIndex, readChannel, refresh, type Index, type Read } from "../inputs/index-file.ts";

const root = resolve(import.meta.dirname, "../..");

/** What Nix says of a tree. @throws Error with Nix's words. */
function readTree(path: string, names: string[]): Omit<Read, "rev" | "day" | "witness"> {
  const strings = names.map((name) => JSON.stringify(name)).join(" ");
  const expression = `import ${join(root, "src/inputs/read-nixpkgs.nix")} { path = ${path}; names = [ ${strings} ]; }`;
  const bin = [process.env["NIX_BIN"], process.env["PATH"], join(root, ".cache/nix/bin")].filter(Boolean);
  const { status, stdout, stderr, error } = spawnSync(
    "nix-instantiate",
    ["--eval", "--strict", "--json", "--readonly-mode", "--expr", expression],
    { encoding: "utf8", maxBuffer: 1 << 28, env: { ...process.env, PATH: bin.join(delimiter) } },
  );
  if (error) throw error;
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Omit<Read, "rev" | "day" | "witness">;
}

function readFile(path: string, release: string) {
  const bytes = readFileSync(path);
  return readChannel((path.endsWith(".br") ? brotliDecompressSync(bytes) : bytes).toString(), release);
}

const { values, positionals } = parseArgs({
  options: {
    rev: { type: "string" },
    day: { type: "string" },
    release: { type: "string" },
    out: { type: "string", default: join(root, "src/inputs/nixpkgs/index.json") },
  },
  allowPositionals: true,
});
const { rev, day, release, out } = values;
const [path, ...added] = positionals;
if (!path || !rev || !day || !existsSync(path)) {
  console.error("usage: npm run index -- PATH --rev REV --day YYYY-MM-DD [--release 26.05] [--out FILE] [NAME…]");
  process.exit(2);
}
const isTree = statSync(path).isDirectory();
if (!isTree && !release) throw new Error(`'${path}' is a file: --release must say of which channel`);
const before = JSON.parse(readFileSync(join(root, "src/inputs/nixpkgs/index.json"), "utf8")) as Index;
const found = isTree
  ? readTree(resolve(path), [...Object.keys(before.packages), ...added])
  : readFile(path, release ?? "");
const witness = isTree ? `evaluation of nixpkgs ${rev}` : `packages.json of channel nixos-${found.release}, ${rev}`;
const { index, news } = refresh(before, { ...found, rev, day, witness }, added);
writeFileSync(out, printIndex(index));
console.log([...news, `${Object.keys(index.packages).length} packages, ${news.length} changed`].join("\n"));
