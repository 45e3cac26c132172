import type { FileSystemTree } from "@webcontainer/api";
import type { Files } from "../lab/project.ts";
import type { Container } from "./container.ts";

/** Where the sandbox has this site's commands: beside the project, so that no flake takes them for its files. */
export const toolsFolder = "tools";

/** What the site serves of its command line: the program in one file, and the stand-ins for a flake's inputs. */
export const served = ["flakes.mjs", "stand-ins.json"] as const;

/** Starts the bundled command line under another name. Without an ending it is a CommonJS script for Node. */
const script = (name: string): string => `#!/usr/bin/env node
process.env.FLAKES_STAND_INS = __dirname + "/stand-ins.json";
process.argv.splice(2, 0, ${JSON.stringify(name)});
import("./flakes.mjs");
`;

/** The commands that are on the path of the sandbox's shell. */
const tools = ["nix", "nix-instantiate"] as const;

/** All that a sandbox starts with: the project in a folder of its own, and the commands. `texts` are those of `served`. */
export function mountTree(project: string, files: Files, texts: readonly string[]): FileSystemTree {
  const programs = new Map<string, string>(tools.map((name) => [name, script(name)]));
  served.forEach((name, at) => programs.set(name, texts[at]!));
  return { [project]: { directory: treeOf(files) }, [toolsFolder]: { directory: treeOf(programs) } };
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
