/** The approach that fits the reader's files best, with the reason. */
import type { ApproachId } from "./choices.ts";
import { isSatisfied, pinOf } from "./packages.ts";
import type { Plan } from "./plan.ts";

/** An approach and why. */
export interface Recommendation {
  readonly approach: ApproachId;
  readonly reason: string;
}

/** Few enough pins for a layer over nixpkgs: each one makes everything above it be built anew. */
const fewPins = 3;

/** Judges by the files alone, not by what was chosen. */
export function recommend(plan: Plan): Recommendation {
  const { reading, packages, choices } = plan;
  const { format, project, local } = reading;
  if (format === "uv.lock" || reading.files.includes("uv.lock"))
    return { approach: "uv2nix", reason: "There is a uv.lock: its versions and hashes are what Nix needs." };
  if (format === "poetry.lock" || reading.files.includes("poetry.lock"))
    return {
      approach: "poetry2nix",
      reason: "There is a poetry.lock, which only poetry2nix reads; it is no longer maintained, so move to uv in time.",
    };
  if (project?.buildSystem !== undefined && project.scripts.length > 0)
    return { approach: "application", reason: "The project has commands of its own, which nix run can start." };
  if (packages.some(({ requirement }) => requirement.source !== undefined) || local.some(({ path }) => path !== "."))
    return { approach: "uv2nix", reason: "Some packages come from addresses or folders, which uv locks as well." };
  // A package may be asked for on several lines.
  const namesOf = (some: typeof packages) => [...new Set(some.map(({ requirement }) => requirement.name))];
  const differing = packages.filter((each) => isSatisfied(each, choices.release) === false);
  const differingNames = namesOf(differing);
  const unknown = namesOf(packages.filter(({ known, systems }) => known === undefined && systems.length > 0));
  if (differing.some((each) => pinOf(each) === undefined) || differingNames.length > fewPins)
    return {
      approach: "uv2nix",
      reason: `nixpkgs does not have ${countOf(differingNames.length)} in the versions that you ask for; uv2nix gives each exactly.`,
    };
  if (differingNames.length > 0)
    return {
      approach: "override",
      reason: `nixpkgs has all but ${differingNames.join(", ")} in the versions that you ask for.`,
    };
  if (unknown.length > 0)
    return {
      approach: "uv2nix",
      reason: `It is not known here whether nixpkgs has ${unknown[0]}${unknown.length > 1 ? ` and ${unknown.length - 1} more` : ""}; uv2nix takes all from PyPI.`,
    };
  if (packages.length === 0)
    return { approach: "with-packages", reason: "The files ask for no package yet; it is the simplest to begin with." };
  return { approach: "with-packages", reason: "nixpkgs has everything in the list, built and cached." };
}

const countOf = (count: number): string => (count === 1 ? "one package" : `${count} packages`);
