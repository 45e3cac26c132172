/** The built site as `npm start` serves it, and the examples as they lie on disk. */
import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before } from "node:test";
import { listExampleFiles, listExamples } from "#lessons";
import { dist } from "../support/built-site.ts";
import { root } from "../support/project-copy.ts";

/** What a file of tests has: the site's address, and a folder that is removed in the end. */
interface Served {
  url: string;
  scratch: string;
}

/**
 * Serves the built site for the tests of a file. The server is a process of its own: tests that wait for git and Nix
 * could not answer them.
 */
export function serveSite(): Served {
  const served = { url: "", scratch: realpathSync(mkdtempSync(join(tmpdir(), "take-home-"))) };
  let server: ChildProcess;
  before(async () => {
    const started = spawn(process.execPath, ["src/server/main.ts", dist], {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    });
    server = started;
    let printed = "";
    for await (const chunk of started.stdout) {
      printed += String(chunk);
      if (printed.includes("Ctrl+C")) break;
    }
    const port = /is at http:\/\/localhost:(\d+)$/m.exec(printed)?.[1] ?? assert.fail(printed);
    served.url = `http://127.0.0.1:${port}`;
  });
  after(() => {
    server.kill();
    rmSync(served.scratch, { recursive: true, force: true, maxRetries: 3 });
  });
  return served;
}

/** The folder of all examples. */
export const examplesFolder = resolve(root, "examples");

/** The names of all examples. @throws Error where there are none */
export function allExamples(): string[] {
  const names = listExamples(examplesFolder);
  assert.ok(names.length > 0, "there are no examples");
  return names;
}

/** The files of an example as they lie on disk, with their bytes, by path. */
export const exampleOnDisk = (name: string): Record<string, Buffer> =>
  Object.fromEntries(
    listExampleFiles(name, examplesFolder).map((path) => [path, readFileSync(join(examplesFolder, name, path))]),
  );

/** All files below a folder with their bytes, by path; of a work tree, those that are not Git's own. */
export function filesBelow(folder: string): Record<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !path.startsWith(".git/"));
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path))]));
}
