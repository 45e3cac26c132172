import type { Approach } from "../approach.ts";
import type { Binding } from "../flake.ts";
import { overriddenNames, overriddenPython, overridesFor } from "../overrides.ts";
import type { Plan } from "../plan.ts";
import { hasUnknown, missingBinding, withPackagesDoc } from "../python-env.ts";
import { linuxAmong, shellDoc } from "../shell.ts";

/** The interpreter with the reader's packages, and what it is made of. */
function environment(plan: Plan, pins: boolean): { shared: Binding[]; bindings: Binding[]; usesLib: boolean } {
  const overrides = overridesFor(plan, pins);
  const overridden = overriddenNames(overrides);
  const layered = overrides.length > 0;
  const python = layered ? plan.use("pythonFor") : `pkgs.${plan.python}`;
  const head = layered && !plan.isParts ? `(${python})` : python;
  const env: Binding = {
    name: "pythonEnv",
    comment: plan.say(
      pins
        ? "The interpreter with the packages of your list. Those with a pin come from the layer above."
        : "The interpreter with the packages of your list, in the versions that nixpkgs has.",
    ),
    value: withPackagesDoc(plan, head, overridden),
  };
  const layer: Binding = {
    name: "pythonFor",
    comment: plan.say(
      "A layer over nixpkgs' packages: final is the set with the layer, prev the one without. All packages that need a replaced one get the new one, and are built anew.",
    ),
    value: overriddenPython(plan, overrides),
  };
  return {
    shared: hasUnknown(plan, overridden) ? [missingBinding(plan)] : [],
    bindings: layered ? [layer, env] : [env],
    usesLib: plan.wanted.some(({ systems }) => systems.length < plan.choices.systems.length) || layered,
  };
}

/** The shell of approaches whose packages stand in `pythonEnv`. */
export function environmentShell(plan: Plan) {
  return shellDoc(plan, {
    packages: [plan.argument("pythonEnv")],
    env: [["PYTHONNOUSERSITE", '"1"', "Keeps packages of ~/.local out."]],
  });
}

const approach = (id: "with-packages" | "override"): Approach => ({
  id,
  versions: id === "override" ? "exact" : "nixpkgs",
  contribute(plan) {
    const { usesLib, ...made } = environment(plan, id === "override");
    return {
      inputs: [],
      ...made,
      outputs: {
        packages: { default: plan.use("pythonEnv") },
        devShells: { default: environmentShell(plan) },
      },
      usesLib: usesLib || needsLib(plan),
    };
  },
  run: ["nix build"],
});

/** Whether the shell's variables ask for `lib`. */
export const needsLib = (plan: Plan): boolean =>
  linuxAmong(plan).some && (plan.choices.libraries.length > 0 || plan.choices.cuda);

export const withPackages = approach("with-packages");
export const override = approach("override");
