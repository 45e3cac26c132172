import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, test } from "node:test";

const project = resolve(import.meta.dirname, "../..");
let root: string;

/** Stands for npm: notes each call, and leaves behind what `npm ci` leaves behind. */
const npm = `
const { appendFileSync, mkdirSync, readFileSync, writeFileSync } = require("node:fs");
appendFileSync("calls", process.argv.slice(2).join(" ") + "\\n");
if (process.env.NPM_FAILS) process.exit(7);
mkdirSync("node_modules/node/bin", { recursive: true });
writeFileSync("node_modules/node/bin/node", "");
if (process.env.NPM_IS_CUT_SHORT) process.exit(0);
const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
const installed = Object.entries(packages).filter(([path, { optional }]) => path !== "" && !optional);
writeFileSync("node_modules/.package-lock.json", JSON.stringify({ packages: Object.fromEntries(installed) }));
`;

const lock = (version: string) => ({
  packages: {
    "": { name: "project" },
    "node_modules/astro": { version, integrity: `sha512-of-${version}` },
    "node_modules/for-another-system": { version: "1.0.0", integrity: "sha512-x", optional: true },
  },
});

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "install-"));
  mkdirSync(join(root, "src/scripts"), { recursive: true });
  cpSync(join(project, "src/scripts/setup.mjs"), join(root, "src/scripts/setup.mjs"));
  writeFileSync(join(root, "npm-cli.js"), npm);
  writeFileSync(join(root, "package-lock.json"), JSON.stringify(lock("7.0.0")));
});
afterEach(() => rmSync(root, { recursive: true }));

function ensureInstalled(env: Record<string, string> = {}) {
  const source = `import("./src/scripts/setup.mjs").then((setup) => setup.ensureInstalled())`;
  return spawnSync(process.execPath, ["-e", source], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, npm_execpath: join(root, "npm-cli.js"), ...env },
  });
}

const calls = () => {
  const file = join(root, "calls");
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
};

test("a fresh clone is installed with npm ci, calmly, and only once", () => {
  const first = ensureInstalled();
  assert.equal(first.status, 0, first.stderr);
  assert.match(first.stdout, /installing packages/);
  assert.deepEqual(calls(), ["ci --no-audit --no-fund --loglevel=error"]);
  const second = ensureInstalled();
  assert.equal(second.status, 0, second.stderr);
  assert.equal(second.stdout, "");
  assert.equal(calls().length, 1);
});

test("a lock with another version installs again", () => {
  ensureInstalled();
  writeFileSync(join(root, "package-lock.json"), JSON.stringify(lock("7.0.1")));
  assert.equal(ensureInstalled().status, 0);
  assert.equal(calls().length, 2);
});

test("an installation that was cut short is done again", () => {
  ensureInstalled({ NPM_IS_CUT_SHORT: "1" });
  assert.equal(ensureInstalled().status, 0);
  assert.equal(calls().length, 2);
});

test("a failing npm ci ends the command with npm's status", () => {
  assert.equal(ensureInstalled({ NPM_FAILS: "1" }).status, 7);
});

test("the script of another package manager is not run as npm", () => {
  const yarn = join(root, "yarn.js");
  writeFileSync(yarn, npm);
  const run = ensureInstalled({ npm_execpath: yarn, PATH: join(root, "no-npm-here") });
  assert.deepEqual(calls(), []);
  assert.match(run.stderr, /cannot run npm ci/);
  assert.equal(run.status, 1);
});
