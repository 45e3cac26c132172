import type { Approach } from "../approach.ts";
import { isSatisfied, type PlannedPackage } from "../packages.ts";
import type { Plan } from "../plan.ts";
import { moduleName, pyprojectFiles } from "../pyproject.ts";
import { packageLists } from "../python-env.ts";
import { pythonLayer, type PythonLayer } from "../python-layer.ts";
import { shellDoc } from "../shell.ts";
import { block, type Doc } from "../text/layout.ts";
import { bind, bindSum, list, nixPath, nixString } from "../text/nix.ts";

/** The project itself as a package. */
export const application: Approach = {
  id: "application",
  versions: "nixpkgs",
  contribute(plan) {
    const layer = pythonLayer(plan, false);
    return {
      inputs: [],
      shared: layer.shared,
      bindings: [
        ...layer.bindings,
        {
          name: "application",
          comment: plan.say("The project as a package. ps are Python's packages."),
          value: applicationDoc(plan, layer),
        },
      ],
      outputs: {
        packages: { default: plan.use("application") },
        apps: {
          default: block`
          {
            type = "app";
            program = lib.getExe ${plan.argument("application")};
            meta.description = ${nixString(plan.description)};
          }
        `,
        },
        checks: { default: plan.use("application") },
        devShells: {
          default: shellDoc(plan, {
            inputsFrom: [plan.argument("application")],
            packages: plan.wanted.filter(isForWork).map(({ attr }) => nixPath("pkgs", plan.python, "pkgs", attr)),
          }),
        },
      },
      usesLib: true,
    };
  },
  files: (plan) => pyprojectFiles(plan, true),
  run: ["nix build", "nix run", "nix flake check"],
};

/** Whether a requirement belongs to a group, and so is for work on the project only. */
const isForWork = ({ requirement }: PlannedPackage): boolean => requirement.group !== undefined;

function applicationDoc(plan: Plan, { head, overridden }: PythonLayer): Doc {
  const { project } = plan.reading;
  const build = project?.buildSystem ?? ["setuptools"];
  const relax = plan.wanted.some((each) => isSatisfied(each, plan.choices.release) !== true);
  const { everywhere, added } = packageLists(
    plan,
    plan.wanted.filter((each) => !isForWork(each)),
    overridden,
  );
  return block`
    let
      ps = ${head}.pkgs;
    in
    ps.buildPythonApplication {
      pname = ${nixString(plan.name)};
      version = ${nixString(project?.version ?? "0.1.0")};
      ${plan.say("nixpkgs asks for a choice: the project has a pyproject.toml.")}
      pyproject = true;
      src = ./.;

      ${bind("build-system", list(build.map((name) => nixPath("ps", name))))}
      ${bindSum("dependencies", everywhere, added)}
      ${relax ? [...plan.say("nixpkgs' versions may lie outside those that the project asks for."), "pythonRelaxDeps = true;"] : []}

      ${plan.say("Building fails where the module cannot be imported.")}
      pythonImportsCheck = [ ${nixString(moduleName(plan))} ];
      meta.mainProgram = ${nixString(project?.scripts[0] ?? plan.name)};
    }
  `;
}
