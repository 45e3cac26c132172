import { parseFlakeReference, type FlakeReference } from "#nix";
import { absolute } from "./evaluation.ts";
import { refusal } from "./failures.ts";
import type { System } from "./system.ts";

/** What stands on a command line for a flake: `.`, `./folder#name`, `nixpkgs#hello`, `path:…`, `github:…`. @throws NixError */
export function flakeArgument(text: string, system: System): FlakeReference {
  if (!/^[./#?]|^$/.test(text)) {
    const reference = parseFlakeReference(text, { allowRelative: true });
    const { attributes } = reference;
    const path = attributes.get("path");
    if (attributes.get("type") !== "path" || typeof path !== "string" || path.startsWith("/")) return reference;
    return { ...reference, attributes: new Map(attributes).set("path", absolute(path, system)) };
  }
  const [, path = "", query, fragment = ""] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(text) ?? [];
  const folder = flakeFolder(absolute(path, system), system);
  const rest = `${query === undefined ? "" : `?${query}`}#${fragment}`;
  const git = system.gitTree?.(folder);
  if (git === undefined) return parseFlakeReference(`path:${folder}${rest}`);
  const dir = folder === git.root ? "" : folder.slice(git.root === "/" ? 1 : git.root.length + 1);
  const reference = parseFlakeReference(`git+file://${git.root}${rest}`);
  return dir === ""
    ? reference
    : {
        ...reference,
        attributes: new Map<string, string | number | bigint | boolean>(reference.attributes).set("dir", dir),
      };
}

/** The folder of a flake: the one named, or one above it. */
function flakeFolder(path: string, system: System): string {
  const type = system.pathType(path);
  if (type === undefined) throw refusal(`getting status of "${path}": No such file or directory`);
  const has = (folder: string, name: string) =>
    system.pathType(`${folder === "/" ? "" : folder}/${name}`) !== undefined;
  const above = (folder: string) => folder.slice(0, Math.max(1, folder.lastIndexOf("/")));
  if (type === "regular") {
    if (!path.endsWith("/flake.nix")) throw refusal(`path "${path}" is not a flake (because it's not a directory)`);
    system.stderr(
      `warning: Path "${path}" should point at the directory containing the 'flake.nix' file, not the file itself. ` +
        `Pretending that you meant "${above(path)}"\n`,
    );
    return above(path);
  }
  if (has(path, "flake.nix")) return path;
  system.stderr(`path "${path}" does not contain a 'flake.nix', searching up\n`);
  for (let folder = path; folder !== "/"; folder = above(folder)) {
    if (has(folder, "flake.nix")) return folder;
    if (has(folder, ".git"))
      throw refusal(
        `path "${folder}" is not part of a flake (neither it nor its parent directories contain a 'flake.nix' file)`,
      );
  }
  throw refusal("could not find a flake.nix file");
}
