/** The project with which a lab begins. */
import type { FlakeFiles } from "#runtime";
import { addressOf } from "../address.ts";
import { Project } from "./project.ts";

interface Beginning {
  readonly project: Project;
  readonly recorded: FlakeFiles["recorded"];
  /** Whether the reader brought these files just now: then nothing that was kept may come in their place. */
  readonly isNew: boolean;
}

const emptyFlake = `{
  description = "My flake";

  outputs = { self }: { };
}
`;

/** @throws Error where the files cannot be loaded */
export async function loadProject(slug: string): Promise<Beginning> {
  const response = await fetch(addressOf(`/lab/${slug}/files.json`));
  if (!response.ok) throw new Error(`the files of '${slug}' could not be loaded: ${response.status}`);
  const { files, recorded } = (await response.json()) as {
    files: Record<string, string>;
    recorded: FlakeFiles["recorded"];
  };
  if (slug !== "own") return { project: Project.of(files), recorded, isNew: false };
  const { takeHandover } = await import("./handover.ts");
  const { files: own = { "flake.nix": emptyFlake }, isNew = false } = takeHandover() ?? {};
  return { project: Project.of(own), recorded, isNew };
}
