/** A project as the evaluator takes it, with what the reader's machine would add. */
import type { FlakeFiles } from "#runtime";
import { labRoot } from "./context.ts";
import type { Project } from "./project.ts";

/** Shells of devenv ask in which folder they stand, which only an impure evaluation may know. */
const asksForFolder = (files: Project["files"]): boolean => /\bdevenv\b/.test(files.get("flake.nix") ?? "");

export function sourceOf(project: Project, recorded: FlakeFiles["recorded"] = []): FlakeFiles {
  return project.toFlake({
    root: labRoot,
    system: /Mac/.test(navigator.userAgent) ? "aarch64-darwin" : "x86_64-linux",
    recorded,
    ...(asksForFolder(project.files) ? { impure: { PWD: labRoot } } : {}),
  });
}
