import type { Approach } from "../approach.ts";
import type { Binding } from "../flake.ts";
import type { Plan } from "../plan.ts";
import { withPackagesDoc } from "../python-env.ts";
import { pythonLayer } from "../python-layer.ts";
import { linuxAmong, shellDoc } from "../shell.ts";

/** The interpreter with the reader's packages, and what it is made of. */
function environment(plan: Plan, pins: boolean): { shared: readonly Binding[]; bindings: Binding[]; usesLib: boolean } {
  const { head, overridden, shared, bindings } = pythonLayer(plan, pins);
  const env: Binding = {
    name: "pythonEnv",
    comment: plan.say(
      bindings.length > 0
        ? "The interpreter with the packages of your list, some of them from the layer above."
        : "The interpreter with the packages of your list, in the versions that nixpkgs has.",
    ),
    value: withPackagesDoc(plan, head, overridden),
  };
  return {
    shared,
    bindings: [...bindings, env],
    usesLib: plan.wanted.some(({ systems }) => systems.length < plan.choices.systems.length) || bindings.length > 0,
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
