import type { Approach } from "../approach.ts";
import { hasPyproject } from "../pyproject.ts";
import { isForPyprojectNix, listFiles, listPath } from "../list-file.ts";
import type { Plan } from "../plan.ts";
import { pythonLayer } from "../python-layer.ts";
import { block, either } from "../text/layout.ts";
import { nixPathLiteral, set } from "../text/nix.ts";
import { environmentShell } from "./with-packages.ts";

/** Whether Nix can read the reader's own `pyproject.toml`; poetry's tables are read by another function. */
const readsPyproject = (plan: Plan): boolean =>
  hasPyproject(plan) &&
  plan.reading.format === "pyproject.toml" &&
  !usesPoetry(plan) &&
  plan.packages.every(({ attr, requirement }) => attr === requirement.name && isForPyprojectNix(requirement));

const usesPoetry = ({ reading }: Plan): boolean => reading.project?.buildSystem?.includes("poetry-core") ?? false;

/** The reader's list, read by Nix itself. */
export const pyprojectNix: Approach = {
  id: "pyproject-nix",
  versions: "nixpkgs",
  contribute(plan) {
    const path = nixPathLiteral(listPath(plan, "pyproject.nix"));
    const load = readsPyproject(plan)
      ? "pyproject-nix.lib.project.loadPyproject { projectRoot = ./.; }"
      : either(
          `pyproject-nix.lib.project.loadRequirementsTxt { requirements = ${path}; }`,
          block`pyproject-nix.lib.project.loadRequirementsTxt ${set([`requirements = ${path};`])}`,
        );
    const { python, shared, bindings } = pythonLayer(plan, false, true);
    return {
      inputs: [
        {
          name: "pyproject-nix",
          from: "pyproject-nix",
          follows: ["nixpkgs"],
          comment: "Reads lists of requirements in Nix.",
        },
      ],
      shared: [
        ...shared,
        {
          name: "project",
          comment: plan.say("The list, read when the flake is evaluated: what you change there holds here at once."),
          value: load,
        },
      ],
      bindings: [
        ...bindings,
        {
          name: "pythonEnv",
          comment: plan.say(
            "nixpkgs decides the versions. Where they are not those of the list, a warning names them.",
          ),
          value: block`
            let
              python = ${python};
              packages = project.renderers.withPackages { inherit python; };
              differing = project.validators.validateVersionConstraints { inherit python; };
              names = lib.mapAttrsToList (name: found: "\${name} \${found.version}") differing;
            in
            lib.warnIf (names != [ ]) "nixpkgs has other versions than the list asks for: \${toString names}" (
              python.withPackages packages
            )
          `,
        },
      ],
      outputs: {
        packages: { default: plan.use("pythonEnv") },
        devShells: { default: environmentShell(plan) },
      },
      usesLib: true,
    };
  },
  files: (plan) => (readsPyproject(plan) ? [] : listFiles(plan, "pyproject.nix")),
  run: ["nix build"],
};
