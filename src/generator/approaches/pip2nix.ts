import type { Approach } from "../approach.ts";
import { listFiles, listPath } from "../list-file.ts";
import { whenThere } from "../missing-file.ts";
import type { PlannedPackage } from "../packages.ts";
import type { NeededFile, Plan } from "../plan.ts";
import { missingBinding, unknownPackages, withPackagesDoc } from "../python-env.ts";
import { block } from "../text/layout.ts";
import { bind, nixName, nixPath, set } from "../text/nix.ts";
import { shellWord } from "../text/shell.ts";
import { environmentShell } from "./with-packages.ts";

const needed = (plan: Plan): NeededFile => ({
  path: "python-packages.nix",
  command: `nix run github:nix-community/pip2nix -- generate -r ${shellWord(listPath(plan))}`,
});

const layer = "pip2nix writes a layer over nixpkgs' packages.";

const alias = ({ attr, requirement }: PlannedPackage): string =>
  `${nixName(attr)} = ${nixPath("final", requirement.spelled)} or ${nixPath("prev", attr)};`;

/** What the layer gives exactly; whether it has a package that nothing is known of is seen when it is there. */
const inLayer = ({ wanted }: Plan): ReadonlySet<string> =>
  new Set(wanted.filter(({ known }) => known !== undefined).map(({ attr }) => attr));

/** A `python-packages.nix` that pip2nix has made, over nixpkgs' packages. */
export const pip2nix: Approach = {
  id: "pip2nix",
  versions: "exact",
  contribute(plan) {
    const aliases = plan.wanted.filter(({ attr, requirement }) => attr !== requirement.spelled);
    return {
      inputs: [],
      shared: unknownPackages(plan).length > 0 ? [missingBinding(plan)] : [],
      bindings: [
        {
          name: "pythonFor",
          comment: plan.say(
            aliases.length === 0
              ? layer
              : `${layer} It keeps the names as your list spells them; the second layer gives them the names that nixpkgs' packages go by.`,
          ),
          value: block`
            let
              ${bind("generated", whenThere(needed(plan), "pkgs.callPackage ./python-packages.nix { }"))}
              ${aliases.length === 0 ? [] : block`named = final: prev: ${set(aliases.map(alias))};`}
              python = pkgs.${plan.python}.override {
                self = python;
                packageOverrides = ${aliases.length === 0 ? "generated" : "lib.composeExtensions generated named"};
              };
            in
            python
          `,
        },
        {
          name: "pythonEnv",
          comment: plan.say("The interpreter with the packages of your list."),
          value: withPackagesDoc(plan, plan.argument("pythonFor"), inLayer(plan)),
        },
      ],
      outputs: {
        packages: { default: plan.use("pythonEnv") },
        devShells: { default: environmentShell(plan) },
      },
      usesLib: true,
    };
  },
  needs: (plan) => (Object.hasOwn(plan.input.files, "python-packages.nix") ? [] : [needed(plan)]),
  files: (plan) => listFiles(plan),
  run: ["nix build"],
};
