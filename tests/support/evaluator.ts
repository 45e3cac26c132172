/** The evaluator in a page under test: the real client, the built worker, and the examples as the client takes them. */
import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import type { Page } from "playwright";
import { listExampleFiles, listExamples } from "#lessons";
import type { ClientOptions, EvaluatorClient as Client, FlakeHandle } from "#runtime";
import type { FlakeFiles } from "../../src/runtime/messages.ts";
import { dist } from "./built-site.ts";

/** What the client's script leaves in a page. */
declare const EvaluatorClient: new (options: ClientOptions) => Client;

const root = resolve(import.meta.dirname, "../..");

/** What `openEvaluator` leaves in a page. */
export interface EvaluatorGlobals {
  client: Client;
  flake: FlakeHandle;
}

/** The address of the built worker. @throws Error where there is not exactly one */
function workerAddress(): string {
  const found = globSync("evaluator/worker-*.js", { cwd: dist });
  if (found.length !== 1) throw new Error(`there are ${found.length} workers in 'dist/evaluator': run 'npm run build'`);
  return `/${found[0]}`;
}

/** Bundles the client, which no page of the site has in a file of its own. */
async function clientScript(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["src/runtime/client.ts"],
    bundle: true,
    format: "iife",
    globalName: "module",
    footer: { js: "globalThis.EvaluatorClient = module.EvaluatorClient;" },
    write: false,
  });
  return outputFiles[0]!.text;
}

/** Opens a page of the site with a client and a flake as globals `client` and `flake`. */
export async function openEvaluator(page: Page, options: { worker?: string; timeLimit?: number } = {}): Promise<void> {
  // Not by a route: with one, the browser asks for every file through Playwright, and keeps none of them.
  await page.addInitScript({ content: await clientScript() });
  await page.goto("/glossary/");
  await page.evaluate(
    (given) => {
      const client = new EvaluatorClient(given);
      Object.assign(globalThis, { client, flake: client.flake() });
    },
    { worker: workerAddress(), ...options },
  );
}

/** A flake of an example. */
export interface ExampleFlake {
  readonly name: string;
  readonly example: string;
  /** The folder of its `flake.nix`; empty for the example's own. */
  readonly folder: string;
  readonly source: FlakeFiles;
}

/** Every flake of every example. Shells of devenv look where they stand, so that all are evaluated as with `--impure`. */
export function exampleFlakes(): ExampleFlake[] {
  return listExamples(join(root, "examples")).flatMap((example) => {
    const paths = listExampleFiles(example, join(root, "examples"));
    const files = Object.fromEntries(
      paths.map((path) => [path, readFileSync(join(root, "examples", example, path), "utf8")]),
    );
    return paths
      .filter((path) => /(^|\/)flake\.nix$/.test(path))
      .map((path) => path.slice(0, -"/flake.nix".length))
      .map((folder) => {
        const place = `/home/you/${example}`;
        const PWD = folder === "" ? place : `${place}/${folder}`;
        const name = folder === "" ? example : `${example}/${folder}`;
        return { name, example, folder, source: { files, folder, root: place, impure: { PWD } } };
      });
  });
}

/** The flake of a lesson with a shell, and nixpkgs as its input. */
export const { source: shellSource } = exampleFlakes().find(({ name }) => name === "09-venv-shell-hook")!;

/** A flake without inputs. */
export const plain = (outputs: string): FlakeFiles => ({
  files: { "flake.nix": `{ outputs = { self }: ${outputs}; }` },
});
