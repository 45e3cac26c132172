import { Attrs, decodeUtf8, force, isDerivation, NixError, type Evaluation, type Lazy } from "#nix";
import type { DerivationFacts, PackageName } from "./messages.ts";
import { nameOf, outputAt, textOf } from "./output-tree.ts";

/** Variables that nixpkgs gives to each derivation, and those that say where it comes from. */
const usual = new Set(
  (
    "__structuredAttrs allowSubstitutes args buildCommand buildInputs buildPhase builder cmakeFlags configureFlags " +
    "depsBuildBuild depsBuildBuildPropagated depsBuildTarget depsBuildTargetPropagated depsHostHost " +
    "depsHostHostPropagated depsTargetTarget depsTargetTargetPropagated doCheck doInstallCheck enableParallelBuilding " +
    "enableParallelChecking enableParallelInstalling mesonFlags name nativeBuildInputs out outputs passAsFile patches phases " +
    "pname preferLocalBuild propagatedBuildInputs propagatedNativeBuildInputs shellHook stdenv strictDeps system version"
  ).split(" "),
);

/** A derivation of a flake from inside. To be used inside `Evaluation.run`. @throws NixError */
export function derivationFacts(outputs: Lazy, path: readonly string[], { state }: Evaluation): DerivationFacts {
  const set = force(outputAt(outputs, path).value);
  if (!(set instanceof Attrs) || !isDerivation(set))
    throw new NixError("type", `'${path.join(".")}' is not a derivation`);
  const text = (name: string) => textOf(set.get(name)) ?? "";
  const drvPath = text("drvPath");
  const derivation = state.store.derivation(drvPath);
  if (derivation === undefined) throw new NixError("eval", `'${drvPath}' is not the path of a derivation`);
  const variables = [...derivation.env].filter(([name]) => !usual.has(name));
  return {
    ...nameOf(set),
    drvPath: decodeUtf8(drvPath),
    outPath: decodeUtf8(text("outPath")),
    system: decodeUtf8(derivation.system),
    builder: decodeUtf8(derivation.builder),
    inputs: [...derivation.inputDerivations.keys()].map((input) => ({
      name: decodeUtf8(input.replace(/^.*?-|\.drv$/g, "")),
      drvPath: decodeUtf8(input),
    })),
    packages: ["nativeBuildInputs", "buildInputs", "propagatedBuildInputs"].flatMap((name) =>
      packagesIn(set.get(name)),
    ),
    variables: Object.fromEntries(variables.map(([name, value]) => [decodeUtf8(name), decodeUtf8(value)])),
    ...(text("shellHook") === "" ? {} : { shellHook: decodeUtf8(text("shellHook")) }),
  };
}

function packagesIn(lazy: Lazy | undefined): PackageName[] {
  const list = lazy === undefined ? undefined : force(lazy);
  if (!Array.isArray(list)) return [];
  return list
    .map(force)
    .filter((value) => value instanceof Attrs && isDerivation(value))
    .map((value) => nameOf(value as Attrs));
}
