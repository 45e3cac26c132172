export {
  attributeOf,
  indexed,
  interpreters,
  nearNames,
  packageOf,
  packageOfAttribute,
  pythonsOf,
  versionInWords,
  type PythonPackage,
} from "./packages.ts";
export type { Index } from "./index-file.ts";

/** A node of a flake.lock's `nodes` (version 5 to 7), as far as it decides which input it is. */
export interface LockNode {
  locked?: Record<string, unknown>;
  original?: Record<string, unknown>;
  inputs?: Record<string, string | string[]>;
  flake?: boolean;
}

/** The folder of a stand-in beside this file, and what belongs into the `node.json` of its copy, if it has one. */
interface StandIn {
  folder: string;
  facts?: Record<string, unknown>;
}

const folders: Record<string, string> = {
  "nixos/nixpkgs": "nixpkgs",
  // nixpkgs' lib alone; the stand-in for the whole has it under the same name.
  "nix-community/nixpkgs.lib": "nixpkgs",
  "cachix/devenv-nixpkgs": "nixpkgs",
  "nix-systems/default": "systems",
  "cachix/devenv": "devenv",
  "numtide/flake-utils": "flake-utils",
  "hercules-ci/flake-parts": "flake-parts",
  "pyproject-nix/pyproject.nix": "pyproject-nix",
  "nix-community/pyproject.nix": "pyproject-nix",
  "pyproject-nix/build-system-pkgs": "build-system-pkgs",
  "pyproject-nix/uv2nix": "uv2nix",
  "nix-community/poetry2nix": "poetry2nix",
  "nix-community/dream2nix": "dream2nix",
};

/** Stand-ins for inputs with `flake = false`: plain trees, to which nothing is added. */
const trees: Record<string, string> = { "bigskysoftware/contact-app": "contact-app" };

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** Of the registry of flakes, those that have a stand-in. */
const shortNames: Record<string, string> = {
  nixpkgs: "nixos/nixpkgs",
  systems: "nix-systems/default",
  devenv: "cachix/devenv",
  "flake-utils": "numtide/flake-utils",
  "flake-parts": "hercules-ci/flake-parts",
};

/** `owner/repo` in lower case; the registry's short names stand for theirs. */
function repository(reference: Record<string, unknown>): string | undefined {
  const owner = text(reference["owner"]);
  const repo = text(reference["repo"]);
  if (reference["type"] === "github" && owner && repo) return `${owner}/${repo}`.toLowerCase();
  if (reference["type"] !== "indirect") return undefined;
  return shortNames[text(reference["id"]) ?? ""];
}

/**
 * The release that unstable becomes, as `lib.trivial.release` names it: nixpkgs branches off in the last third of May
 * and November, and from then on unstable carries the next number.
 */
function releaseAfter(date: Date): string {
  const day = (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
  const year = date.getUTCFullYear() % 100;
  if (day < 522) return `${year}.05`;
  return day < 1122 ? `${year}.11` : `${year + 1}.05`;
}

function nixpkgsRelease(ref: string | undefined, seconds: number): { release: string; pre: boolean } {
  const named = /(?:^|[-/])(\d\d\.\d\d)(?:$|[-/])/.exec(ref ?? "")?.[1];
  return named ? { release: named, pre: false } : { release: releaseAfter(new Date(seconds * 1000)), pre: true };
}

/**
 * Which stand-in serves a lock node, and the facts to write as node.json into its copy: `date` and `day` (the
 * lock's `lastModified`, in seconds and as "2026-08-20"), `rev`, `ref`, and for nixpkgs `release` ("26.05") with `pre` (true for unstable, whose
 * release is the one that it will become). An input with `flake = false` gets a plain tree without facts. Undefined where
 * no stand-in is known.
 */
export function standInFor(node: LockNode): StandIn | undefined {
  const locked = node.locked ?? {};
  const original = node.original ?? {};
  const name = repository(locked) ?? repository(original) ?? "";
  const folder = node.flake === false ? trees[name] : folders[name];
  if (!folder) return undefined;
  if (node.flake === false) return { folder };
  const date = typeof locked["lastModified"] === "number" ? locked["lastModified"] : 0;
  const ref = text(original["ref"]) ?? text(locked["ref"]) ?? null;
  const day = new Date(date * 1000).toISOString().slice(0, 10);
  const facts = { date, day, rev: text(locked["rev"]) ?? null, ref };
  return { folder, facts: folder === "nixpkgs" ? { ...nixpkgsRelease(ref ?? undefined, date), ...facts } : facts };
}
