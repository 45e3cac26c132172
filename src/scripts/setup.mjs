// Plain JavaScript on purpose: this runs before anything is installed, on any Node >= 18.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const modules = join(root, "node_modules");

/** The Node 24 that comes with the project, as a dev dependency. */
export const projectNode = join(modules, "node/bin/node");

/** Installs the locked packages with `npm ci`, unless exactly these are installed already. Exits on failure. */
export function ensureInstalled() {
  if (existsSync(projectNode) && isLockInstalled()) return;
  console.log("installing packages (npm ci), once; this takes a minute or two");
  // Warnings are off: under an older Node, npm warns of each package that wants the Node 24 which is about to come.
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath ?? "";
  const isNpm = /npm-cli\.[cm]?js$/.test(npm);
  const [command, ...first] = isNpm ? [process.execPath, npm] : ["npm"];
  exitUnlessOk(spawnSync(command, [...first, ...args], { cwd: root, stdio: "inherit" }), "npm ci");
  if (existsSync(projectNode)) return;
  console.error(`npm ci succeeded, but '${projectNode}' is missing: are install scripts off (ignore-scripts)?`);
  process.exit(1);
}

/**
 * Whether `node_modules` holds what the lock says. npm writes `.package-lock.json` last, so that one is missing after an
 * installation that was cut short. Packages for other systems are optional, and may be missing.
 */
function isLockInstalled() {
  const installed = readPackages(join(modules, ".package-lock.json"));
  const locked = Object.entries(readPackages(join(root, "package-lock.json"))).filter(([path]) => path !== "");
  return locked.every(([path, { version, integrity, optional }]) => {
    const found = installed[path];
    return found ? found.version === version && found.integrity === integrity : optional === true;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>}
 */
function readPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : {};
}

/**
 * Runs a program of the project under its own Node; exits where it fails.
 * @param {string[]} args the script and its arguments
 */
export function runOrExit(...args) {
  exitUnlessOk(
    spawnSync(projectNode, args, { cwd: root, stdio: "inherit", env: projectEnvironment() }),
    args.join(" "),
  );
}

/** The environment in which `node` is the project's own and its programs are on `PATH`. */
export function projectEnvironment() {
  const path = [dirname(projectNode), join(modules, ".bin"), process.env.PATH ?? ""].join(delimiter);
  return { ...process.env, PATH: path, ASTRO_TELEMETRY_DISABLED: "1" };
}

/**
 * @param {import("node:child_process").SpawnSyncReturns<Buffer>} run
 * @param {string} what
 */
function exitUnlessOk(run, what) {
  if (run.error) console.error(`cannot run ${what}: ${run.error.message}`);
  else if (run.signal) console.error(`${what} was ended by ${run.signal}`);
  if (run.status !== 0) process.exit(run.status ?? 1);
}
