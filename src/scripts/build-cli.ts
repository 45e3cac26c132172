/**
 * Bundles the command line tools into one file, `cli/flakes.mjs`, that runs under Node 22 and later. The program
 * stands in it as a text: Node can take the compiled form of such a text from its cache, which it cannot do for the file
 * that it is started with. That is a third of the time of a small evaluation. A second file would save a twentieth more,
 * but one file is what a WebContainer can mount.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { outDir } from "../publication.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = join(outDir, "cli");

/**
 * Loads the hash functions written in JavaScript when one is called: Node lends its own, but for BLAKE3, and the tables
 * of the others take some milliseconds.
 */
const lateHashes: Plugin = {
  name: "late hashes",
  setup(build) {
    build.onResolve({ filter: /^@noble\/hashes\// }, ({ path, kind, namespace }) =>
      kind === "import-statement" && namespace === "file" ? { path, namespace: "late", sideEffects: false } : undefined,
    );
    build.onLoad({ filter: /^/, namespace: "late" }, async ({ path }) => {
      const from = `require(${JSON.stringify(path)})`;
      const stand = (name: string) =>
        `export const ${name} = /* @__PURE__ */ Object.assign((data) => ${from}.${name}(data), { create: () => ${from}.${name}.create() });`;
      const names = Object.keys((await import(path)) as object);
      return { contents: names.map(stand).join("\n"), resolveDir: root };
    });
  },
};

const result = await build({
  absWorkingDir: root,
  entryPoints: ["src/runtime/main.ts"],
  write: false,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "es2023",
  minify: true,
  keepNames: false,
  legalComments: "none",
  define: { "import.meta.url": "module.url" },
  plugins: [lateHashes],
  logLevel: "warning",
});

const program = result.outputFiles[0]!.text;
mkdirSync(folder, { recursive: true });
// Node has `getBuiltinModule` from 22.3 on, and the cache from 22.1 on.
writeFileSync(
  join(folder, "flakes.mjs"),
  `#!/usr/bin/env node
import Module from"node:module";
import{fileURLToPath}from"node:url";
process.getBuiltinModule??=Module.createRequire(import.meta.url);
Module.enableCompileCache?.();
const file=fileURLToPath(new URL("program.cjs",import.meta.url)),main=new Module(file);
main.url=import.meta.url;main.filename=file;main.paths=[];
main._compile(${JSON.stringify(program)},file);
`,
);
