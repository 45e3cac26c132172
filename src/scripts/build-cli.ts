/** Bundles the command line tools into one file, `dist/cli/flakes.mjs`, that runs under Node 22 and later. */
import { join, resolve } from "node:path";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "../..");

await build({
  absWorkingDir: root,
  entryPoints: ["src/runtime/main.ts"],
  outfile: join(root, "dist/cli/flakes.mjs"),
  bundle: true,
  platform: "node",
  format: "esm",
  target: "es2023",
  minify: true,
  keepNames: false,
  legalComments: "none",
  banner: { js: "#!/usr/bin/env node" },
  logLevel: "warning",
});
