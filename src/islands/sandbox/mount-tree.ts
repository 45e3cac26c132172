import type { FileSystemTree } from "@webcontainer/api";
import type { Files } from "../lab/project.ts";
import type { Container } from "./container.ts";

/** Where the sandbox has this site's commands: beside the project, so that no flake takes them for its files. */
export const toolsFolder = "tools";

/** Starts the bundled command line under another name. Without an ending it is a CommonJS script for Node. */
const script = (name: string): string =>
  `#!/usr/bin/env node\nprocess.argv.splice(2, 0, ${JSON.stringify(name)});\nimport("./flakes.mjs");\n`;

/** The commands that are on the path of the sandbox's shell. */
const tools = ["nix", "nix-instantiate"] as const;

/** All that a sandbox starts with: the project in a folder of its own, and the commands. */
export function mountTree(project: string, files: Files, bundle: string): FileSystemTree {
  const scripts = tools.map((name) => [name, { file: { contents: script(name) } }] as const);
  const directory = { "flakes.mjs": { file: { contents: bundle } }, ...Object.fromEntries(scripts) };
  return { [project]: { directory: treeOf(files) }, [toolsFolder]: { directory } };
}

/** Puts the files in, and makes the commands executable: a tree has no modes. */
export async function prepare(container: Container, tree: FileSystemTree): Promise<void> {
  await container.mount(tree);
  const { exit } = await container.spawn("chmod", ["+x", ...tools.map((name) => `${toolsFolder}/${name}`)]);
  await exit;
}

function treeOf(files: Files): FileSystemTree {
  const tree: FileSystemTree = {};
  for (const [path, contents] of files) {
    const parts = path.split("/");
    const name = parts.pop()!;
    let folder = tree;
    for (const part of parts) {
      const node = (folder[part] ??= { directory: {} });
      if ("directory" in node) folder = node.directory;
    }
    folder[name] = { file: { contents } };
  }
  return tree;
}
