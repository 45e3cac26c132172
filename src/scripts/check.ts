/** `npm run check`: every static check, two at a time. Prints each one's result, and in full what a failing one says. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** Name and command line of each static check. Each folder with its own `tsconfig.json` is type-checked by itself. */
const checks: [name: string, command: string, ...args: string[]][] = [
  ["types (astro)", "astro", "check", "--minimumFailingSeverity", "hint"],
  ["lint", "oxlint", "--type-aware", "--deny-warnings"],
  ["format", "prettier", "--check", "--log-level", "warn", "--cache", "--cache-location", ".cache/prettier", "."],
  ["unused exports", "knip"],
  ...typedFolders().map((folder): [string, string, ...string[]] => [`types (${folder})`, "tsc", "-p", folder]),
];

function typedFolders(): string[] {
  const folders = ["tests", ...readdirSync(join(root, "src")).map((name) => `src/${name}`)];
  return folders.filter((folder) => existsSync(join(root, folder, "tsconfig.json")));
}

function run([name, command, ...args]: (typeof checks)[number]): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(join(root, "node_modules/.bin", command), args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", (error) => (output += error.message));
    child.on("close", (code) => {
      console.log(code === 0 ? `ok    ${name}` : `FAIL  ${name}: ${command} ${args.join(" ")}\n${output}`);
      done(code === 0);
    });
  });
}

const waiting = [...checks];
let passed = 0;
await Promise.all(
  [1, 2].map(async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) if (await run(check)) passed++;
  }),
);
console.log(`${passed} passed, ${checks.length - passed} failed`);
process.exitCode = passed === checks.length ? 0 : 1;
