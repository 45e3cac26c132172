import type { Approach } from "../approach.ts";
import { listFiles, listPath } from "../list-file.ts";
import type { Plan } from "../plan.ts";
import { pyprojectFiles } from "../pyproject.ts";
import { shellDoc } from "../shell.ts";
import { block } from "../text/layout.ts";
import { ifElse, nixPathLiteral, nixString } from "../text/nix.ts";

const lockOf = (system: string): string => `lock.${system}.json`;
const lockCommand = "nix run .#lock";

/** A lock for each system, made by pip and read by dream2nix. */
export const dream2nix: Approach = {
  id: "dream2nix",
  versions: "exact",
  contribute(plan) {
    const lock = lockOf("${pkgs.stdenv.hostPlatform.system}");
    return {
      inputs: [
        { name: "dream2nix", from: "dream2nix", comment: "Lets pip make a lock, and builds what stands in it." },
      ],
      nixpkgs: {
        name: "nixpkgs",
        from: ["dream2nix", "nixpkgs"],
        comment: "The nixpkgs with which dream2nix is tested.",
      },
      shared: [
        {
          name: "requirements",
          comment: plan.say("The lines of the list. Nix sees their text, so that an edit asks for a new lock."),
          value: block`
            builtins.filter (line: line != "" && !lib.hasPrefix "#" line) (
              lib.splitString "\\n" (builtins.readFile ${nixPathLiteral(listPath(plan, "lines"))})
            )
          `,
        },
      ],
      bindings: [
        {
          name: "project",
          comment: plan.say("The project as a dream2nix module: options that say what pip and nixpkgs are given."),
          value: projectDoc(plan),
        },
        {
          name: "lockedProject",
          comment: plan.say("pip's answer differs from system to system, so each system has a lock of its own."),
          value: ifElse(
            `builtins.pathExists (./. + "/${lock}")`,
            plan.use("project"),
            `throw "${lock} is missing: make it with '${lockCommand}', then 'git add ${lock}'"`,
          ),
        },
      ],
      outputs: {
        packages: {
          default: plan.use("lockedProject"),
          lock: `${plan.argument("project")}.lock`,
        },
        devShells: { default: shellDoc(plan, { packages: [`${plan.argument("lockedProject")}.pyEnv`] }) },
      },
      usesLib: true,
    };
  },
  needs: ({ choices, input }) =>
    choices.systems
      .map((system) => ({ path: lockOf(system), command: lockCommand }))
      .filter(({ path }) => !Object.hasOwn(input.files, path)),
  files: (plan) => [...pyprojectFiles(plan, true), ...listFiles(plan, "lines")],
  run: ["nix build"],
};

const projectDoc = (plan: Plan) => block`
  dream2nix.lib.evalModules {
    packageSets.nixpkgs = pkgs;
    modules = [
      (
        { dream2nix, ... }:
        {
          imports = [ dream2nix.modules.dream2nix.pip ];

          name = ${nixString(plan.name)};
          version = ${nixString(plan.reading.project?.version ?? "0.1.0")};
          deps =
            { nixpkgs, ... }:
            {
              python = nixpkgs.${plan.python};
            };
          mkDerivation.src = ./.;
          buildPythonPackage.pyproject = true;

          pip.requirementsList = [ "setuptools" ] ++ requirements;
          pip.flattenDependencies = true;

          paths.projectRoot = ./.;
          paths.projectRootFile = "flake.nix";
          paths.package = ./.;
        }
      )
    ];
  }
`;
