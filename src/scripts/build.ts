/**
 * `npm run build`: fills one folder that any static host can serve. The steps stand in the order in which they need each
 * other: search reads every page. Settings come from the environment: `src/publication.ts`.
 */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { outDir } from "../publication.ts";

const root = resolve(import.meta.dirname, "../..");

const steps: [what: string, script: string, ...args: string[]][] = [
  ["the site", "node_modules/astro/bin/astro.mjs", "build"],
  ["the command line tools", "src/scripts/build-cli.ts"],
  ["the examples' repositories", "src/scripts/build-repositories.ts"],
  ["the headers", "src/scripts/build-headers.ts"],
  ["the search", "src/scripts/build-search.ts"],
];

for (const [what, script, ...args] of steps) {
  const { status, error } = spawnSync(process.execPath, [resolve(root, script), ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, OUT: outDir },
  });
  if (status === 0) continue;
  console.error(`error: the build stopped at ${what}${error ? `: ${error.message}` : ""}`);
  process.exit(status ?? 1);
}
