/** The interpreter that an approach takes its packages from: nixpkgs', or one with a layer over its packages. */
import type { Binding } from "./flake.ts";
import { overriddenNames, overriddenPython, overridesFor } from "./overrides.ts";
import type { Plan } from "./plan.ts";
import { missingBinding, unknownPackages } from "./python-env.ts";

/** The interpreter, and the bindings that it needs. */
export interface PythonLayer {
  /** The interpreter where a function or an attribute of it follows. */
  readonly head: string;
  /** The interpreter as a value of its own. */
  readonly python: string;
  /** The attributes that the layer replaces. */
  readonly overridden: ReadonlySet<string>;
  readonly shared: readonly Binding[];
  readonly bindings: readonly Binding[];
}

/**
 * The layer for packages from addresses, and with `pins` for pinned ones. With `named`, packages that nixpkgs may not have
 * get their readable error in the layer, for approaches whose list Nix itself reads.
 */
export function pythonLayer(plan: Plan, pins: boolean, named = false): PythonLayer {
  const overrides = overridesFor(plan, pins);
  const overridden = overriddenNames(overrides);
  const unknown = unknownPackages(plan, overridden);
  const shared = unknown.length > 0 ? [missingBinding(plan)] : [];
  if (overrides.length === 0 && !(named && unknown.length > 0)) {
    const python = `pkgs.${plan.python}`;
    return { head: python, python, overridden, shared, bindings: [] };
  }
  const layer: Binding = {
    name: "pythonFor",
    comment: plan.say(
      "A layer over nixpkgs' packages: final is the set with the layer, prev the one without. All packages that need a replaced one get the new one, and are built anew.",
    ),
    value: overriddenPython(plan, overrides, named ? unknown : []),
  };
  const python = plan.use(layer.name);
  return { head: plan.argument(layer.name), python, overridden, shared, bindings: [layer] };
}
