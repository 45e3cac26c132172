import type { Approach } from "../approach.ts";
import { whenThere } from "../missing-file.ts";
import type { NeededFile, Plan } from "../plan.ts";
import { pyprojectFiles } from "../pyproject.ts";
import { shellDoc } from "../shell.ts";
import { block } from "../text/layout.ts";
import { nixString } from "../text/nix.ts";

/** uv and a Python that fits, both of the flake's own nixpkgs: one that uv downloads does not start on NixOS. */
function lockFor({ choices, python }: Plan): NeededFile {
  const nixpkgs = `nixpkgs/nixos-${choices.release}`;
  return { path: "uv.lock", command: `nix shell ${nixpkgs}#uv ${nixpkgs}#${python} --command uv lock` };
}

/** Exactly what `uv.lock` says. */
export const uv2nix: Approach = {
  id: "uv2nix",
  takesFiles: true,
  versions: "exact",
  contribute: (plan) => ({
    inputs: [
      {
        name: "pyproject-nix",
        from: "pyproject-nix",
        follows: ["nixpkgs"],
        comment: "Builds Python packages without nixpkgs' own set of them.",
      },
      {
        name: "uv2nix",
        from: "uv2nix",
        follows: ["pyproject-nix", "nixpkgs"],
        comment: "Reads uv.lock.",
      },
      {
        name: "pyproject-build-systems",
        from: "pyproject-build-systems",
        follows: ["pyproject-nix", "uv2nix", "nixpkgs"],
        comment: "setuptools, hatchling and the other build systems.",
      },
    ],
    shared: [
      {
        name: "workspace",
        comment: plan.say("pyproject.toml and uv.lock of this folder. Both must be tracked by Git."),
        value: whenThere(lockFor(plan), "uv2nix.lib.workspace.loadWorkspace { workspaceRoot = ./.; }"),
      },
    ],
    bindings: [
      {
        name: "pythonSet",
        comment: plan.say(
          "All packages of the lock. Wheels are taken where there are any; a package that is built from source may need its build system named in an overlay of its own.",
        ),
        value: block`
          let
            base = pkgs.callPackage pyproject-nix.build.packages { python = pkgs.${plan.python}; };
          in
          base.overrideScope (
            lib.composeManyExtensions [
              pyproject-build-systems.overlays.wheel
              (workspace.mkPyprojectOverlay { sourcePreference = "wheel"; })
            ]
          )
        `,
      },
      {
        name: "virtualEnv",
        comment: plan.say("A virtual environment in the store, with what the project needs to run."),
        value: `${plan.argument("pythonSet")}.mkVirtualEnv ${nixString(`${plan.name}-env`)} workspace.deps.default`,
      },
      {
        name: "developmentEnv",
        comment: plan.say("The same with all groups and extras, for work on the project."),
        value: `${plan.argument("pythonSet")}.mkVirtualEnv ${nixString(`${plan.name}-dev-env`)} workspace.deps.all`,
      },
    ],
    outputs: {
      packages: { default: plan.use("virtualEnv") },
      devShells: {
        default: shellDoc(plan, {
          packages: [plan.argument("developmentEnv"), "pkgs.uv"],
          env: [
            ["UV_NO_SYNC", '"1"', "uv only writes the lock: it must not make an environment of its own."],
            ["UV_PYTHON", `pkgs.${plan.python}.interpreter`],
            ["UV_PYTHON_DOWNLOADS", '"never"'],
          ],
          hook: ["unset PYTHONPATH"],
        }),
      },
    },
    usesLib: true,
  }),
  needs: (plan) => (Object.hasOwn(plan.input.files, "uv.lock") ? [] : [lockFor(plan)]),
  files: (plan) => pyprojectFiles(plan, false),
  run: ["nix build"],
};
