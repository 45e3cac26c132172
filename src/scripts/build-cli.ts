/**
 * Bundles the command line tools into one file, `cli/flakes.mjs`, that runs under Node 22 and later. The program
 * stands in it as texts: Node can take the compiled form of such a text from its cache, which it cannot do for the file
 * that it is started with. Each text is a part, compiled when it is first asked for: time at the start goes by what is
 * compiled. One file is what a WebContainer can mount. Beside it stands `cli/stand-ins.json`, for those who want stand-ins
 * for a flake's inputs: `src/runtime/node-stand-ins.ts`.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { build, transform, type Plugin } from "esbuild";
import { recordedInputs } from "../components/lab-files.ts";
import { outDir } from "../publication.ts";
import { makePacks } from "../runtime/build/packs.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = join(outDir, "cli");

const options = {
  absWorkingDir: root,
  outdir: ".",
  write: false,
  bundle: true,
  platform: "node",
  target: "es2023",
  minify: true,
  legalComments: "none",
  logLevel: "warning",
} as const;

/**
 * Leaves the hash functions written in JavaScript to a part of their own, loaded when one is called: Node lends its own,
 * but for BLAKE3.
 */
const lateHashes: Plugin = {
  name: "late hashes",
  setup(build) {
    build.onResolve({ filter: /^@noble\/hashes\// }, ({ path }) => ({ path, namespace: "late", sideEffects: false }));
    build.onLoad({ filter: /^/, namespace: "late" }, async ({ path }) => {
      const from = 'require("./hashes.js")';
      const stand = (name: string) =>
        `export const ${name} = /* @__PURE__ */ Object.assign((data) => ${from}.${name}(data), { create: () => ${from}.${name}.create() });`;
      const names = Object.keys((await import(path)) as object);
      return { contents: names.map(stand).join("\n") };
    });
  },
};

const program = await build({
  ...options,
  entryPoints: ["src/runtime/main.ts"],
  format: "esm",
  splitting: true,
  external: ["./hashes.js"],
  define: { "import.meta.url": "module.url" },
  plugins: [lateHashes],
});
const hashes = ["blake3", "legacy", "sha2"].map((name) => `export * from "@noble/hashes/${name}.js";`);
const late = await build({
  ...options,
  stdin: { contents: hashes.join("\n"), resolveDir: root, sourcefile: "hashes.js" },
  entryNames: "hashes",
  format: "esm",
});

/** As CommonJS, which Node can compile from a text. */
async function asCommonJs(text: string): Promise<string> {
  const { platform, target, minify } = options;
  const supported = { "dynamic-import": false };
  return (await transform(text, { format: "cjs", platform, target, minify, supported })).code;
}

const files = [...program.outputFiles, ...late.outputFiles].sort((a, b) => a.text.length - b.text.length);
const parts: Record<string, string> = {};
for (const { path, text } of files) parts[`./${basename(path)}`] = await asCommonJs(text);
// In esbuild's names is a hash that goes by the folder of the project too.
const texts = Object.keys(parts)
  .filter((name) => /-[0-9A-Z]{8}\.js$/.test(name))
  .reduce((all, name, index) => all.replaceAll(name, `./${index}.js`), JSON.stringify(parts));
mkdirSync(folder, { recursive: true });
// Node has `getBuiltinModule` from 22.3 on, and the cache from 22.1 on.
writeFileSync(
  join(folder, "flakes.mjs"),
  `#!/usr/bin/env node
import Module from"node:module";
import{fileURLToPath}from"node:url";
process.getBuiltinModule??=Module.createRequire(import.meta.url);
Module.enableCompileCache?.();
const texts=${texts},loaded={};
const load=(name)=>{
if(loaded[name])return loaded[name].exports;
const file=fileURLToPath(new URL(name.replace(/js$/,"cjs"),import.meta.url)),part=loaded[name]=new Module(file);
part.url=import.meta.url;part.filename=file;part.paths=[];
part.require=(id)=>texts[id]?load(id):Module.prototype.require.call(part,id);
part._compile(texts[name],file);
return part.exports;
};
load("./main.js");
`,
);

const packs = Object.fromEntries(makePacks(join(root, "src/inputs")));
writeFileSync(join(folder, "stand-ins.json"), JSON.stringify({ packs, recorded: recordedInputs() }));
