import { Attrs } from "../eval/attrs.ts";
import { NixError } from "../eval/errors.ts";
import { force, type Lazy } from "../eval/values.ts";

/** Kinds of outputs by depth: what is entered, what holds derivations at its leaves, and where the leaves are. */
const entered: Readonly<Record<string, number>> = {
  defaultPackage: 1,
  devShell: 1,
  formatter: 1,
  nixosConfigurations: 1,
  nixosModules: 1,
  defaultApp: 1,
  templates: 1,
  overlays: 1,
  checks: 2,
  packages: 2,
  devShells: 2,
  apps: 2,
};
const derivationsAt: Readonly<Record<string, number>> = {
  defaultPackage: 2,
  devShell: 2,
  formatter: 2,
  checks: 3,
  packages: 3,
  devShells: 3,
};
/** Where sets without content are left out, and down to which depth. */
const hiddenWhenEmpty: Readonly<Record<string, number>> = {
  apps: 2,
  checks: 2,
  devShells: 2,
  legacyPackages: 2,
  packages: 2,
  formatter: 1,
  nixosConfigurations: 1,
  nixosModules: 1,
  overlays: 1,
};

/** What `nix flake show` takes the output at a path for; a `job` is a derivation or a set of jobs. */
export function outputRole(
  path: readonly string[],
): "entered" | "derivation" | "job" | "legacy" | "app" | "template" | "other" {
  const [kind = ""] = path;
  const depth = path.length;
  if (depth === 0 || depth <= (entered[kind] ?? 0)) return "entered";
  if (derivationsAt[kind] === depth) return "derivation";
  if (kind === "hydraJobs") return "job";
  if (kind === "legacyPackages") return "legacy";
  if ((kind === "defaultApp" && depth === 2) || (kind === "apps" && depth === 3)) return "app";
  if ((kind === "defaultTemplate" && depth === 1) || (kind === "templates" && depth === 2)) return "template";
  return "other";
}

/** What `nix flake show` calls a derivation at a path. */
export function derivationKind([kind = "", ...rest]: readonly string[]):
  "package" | "development environment" | "derivation" {
  if (kind === "devShells" || (kind === "devShell" && rest.length === 1)) return "development environment";
  return kind === "checks" || kind === "hydraJobs" ? "derivation" : "package";
}

/** What `nix flake show` calls an output by its path alone, unread. */
export function otherKind([kind = "", ...rest]: readonly string[]): "overlay" | "module" | "configuration" | undefined {
  const is = (single: string, many: string) =>
    rest.length === 0 ? kind === single : rest.length === 1 && kind === many;
  if (is("overlay", "overlays")) return "overlay";
  if (is("nixosModule", "nixosModules")) return "module";
  return is("", "nixosConfigurations") ? "configuration" : undefined;
}

/** Whether `nix flake show` lists what is at a path: sets of some kinds are left out while they are empty. */
export function hasContent(lazy: Lazy, path: readonly string[]): boolean {
  try {
    if (path.length > (hiddenWhenEmpty[path[0]!] ?? 0)) return true;
    return setAt(lazy, path)
      .entries()
      .some(([name, value]) => hasContent(value, [...path, name]));
  } catch (error) {
    if (error instanceof NixError && error.kind !== "stopped") return true;
    throw error;
  }
}

/** The set at a path. @throws NixError for what is none */
export function setAt(lazy: Lazy, path: readonly string[]): Attrs {
  const value = force(lazy);
  if (value instanceof Attrs) return value;
  throw new NixError("type", `'${path.join(".")}' is not an attribute set`);
}
