import type { Approach } from "../approach.ts";
import { whenThere } from "../missing-file.ts";
import type { NeededFile, Plan } from "../plan.ts";
import { poetryFiles } from "../pyproject.ts";
import { block } from "../text/layout.ts";
import { bind, set } from "../text/nix.ts";
import { environmentShell, needsLib } from "./with-packages.ts";

/** The last release with poetry 1: poetry2nix was never made for the locks of poetry 2. */
const release = "nixpkgs/nixos-24.11";

const lockFor = ({ python }: Plan): NeededFile => ({
  path: "poetry.lock",
  command: `nix shell ${release}#poetry ${release}#${python} --command poetry lock`,
});

/** Exactly what `poetry.lock` says. */
export const poetry2nix: Approach = {
  id: "poetry2nix",
  takesFiles: true,
  versions: "exact",
  contribute: (plan) => ({
    inputs: [{ name: "poetry2nix", from: "poetry2nix", comment: "Reads poetry.lock. It is no longer maintained." }],
    nixpkgs: {
      name: "nixpkgs",
      from: ["poetry2nix", "nixpkgs"],
      comment: "The nixpkgs with which poetry2nix was last tested.",
    },
    shared: [],
    bindings: [
      {
        name: "pythonEnv",
        comment: plan.say("The interpreter with the packages of the lock; wheels are taken where there are any."),
        value: whenThere(
          lockFor(plan),
          block`
            (poetry2nix.lib.mkPoetry2Nix { inherit pkgs; }).mkPoetryEnv ${set([
              "projectDir = ./.;",
              bind("python", `pkgs.${plan.python}`),
              "preferWheels = true;",
            ])}
          `,
        ),
      },
    ],
    outputs: {
      packages: { default: plan.use("pythonEnv") },
      devShells: { default: environmentShell(plan) },
    },
    usesLib: needsLib(plan),
  }),
  needs: (plan) => (Object.hasOwn(plan.input.files, "poetry.lock") ? [] : [lockFor(plan)]),
  files: poetryFiles,
  run: ["nix build"],
};
