import type { Approach } from "../approach.ts";
import type { ApproachId } from "../choices.ts";
import { application } from "./application.ts";
import { devenv } from "./devenv.ts";
import { dream2nix } from "./dream2nix.ts";
import { pip2nix } from "./pip2nix.ts";
import { poetry2nix } from "./poetry2nix.ts";
import { pyprojectNix } from "./pyproject-nix.ts";
import { uv2nix } from "./uv2nix.ts";
import { venv } from "./venv.ts";
import { override, withPackages } from "./with-packages.ts";

/** All approaches by their id. */
export const approaches: Readonly<Record<ApproachId, Approach>> = {
  "with-packages": withPackages,
  override,
  venv,
  devenv,
  "pyproject-nix": pyprojectNix,
  uv2nix,
  poetry2nix,
  dream2nix,
  pip2nix,
  application,
};
