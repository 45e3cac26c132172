// Plain JavaScript on purpose: this runs before anything is installed, on any Node >= 18.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const modules = join(root, "node_modules");
const stamp = join(modules, ".installed-from");

/** The Node 24 that comes with the project, as a dev dependency. */
export const projectNode = join(modules, "node/bin/node");

/** Installs the locked packages with `npm ci`, unless exactly these are installed already. Exits on failure. */
export function ensureInstalled() {
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(projectNode) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.log("installing packages (npm ci)");
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm, "ci"]] : ["npm", ["ci"]];
  exitUnlessOk(spawnSync(command, args, { cwd: root, stdio: "inherit" }), "npm ci");
  if (!existsSync(projectNode)) {
    console.error(
      `npm ci succeeded, but '${projectNode}' is missing: were install scripts switched off (ignore-scripts)?`,
    );
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
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
