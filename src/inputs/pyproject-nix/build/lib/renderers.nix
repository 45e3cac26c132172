# A project as arguments for `stdenv.mkDerivation`, installed or editable.
{ lib, pyproject-nix, ... }:
let
  inherit (builtins) mapAttrs;
  inherit (pyproject-nix.lib) pep621 renderers;
  specOf =
    dependencies: mapAttrs (_: lib.concatMap (dep: dep.extras)) (lib.groupBy (dep: dep.name) dependencies);

  render =
    { project, environ, extras }:
    let
      deps = pep621.filterDependenciesByEnviron environ extras project.dependencies;
      facts = project.pyproject.project or { };
    in
    {
      inherit deps;
      attrs = {
        passthru = {
          dependencies = specOf deps.dependencies;
          optional-dependencies = mapAttrs (_: specOf) deps.extras;
          dependency-groups = mapAttrs (_: specOf) deps.groups;
        };
        meta = renderers.meta { inherit project; };
      }
      // lib.optionalAttrs (facts ? name) { pname = facts.name; }
      // lib.optionalAttrs (facts ? version) { inherit (facts) version; }
      // lib.optionalAttrs (facts ? name && !facts ? version) { inherit (facts) name; }
      // lib.optionalAttrs (project.projectRoot or null != null) { src = project.projectRoot; };
    };
in
{
  mkDerivation =
    {
      project,
      environ,
      extras ? [ ],
    }:
    let
      rendered = render { inherit project environ extras; };
    in
    { pyprojectHook, resolveBuildSystem }:
    rendered.attrs
    // {
      nativeBuildInputs = [
        pyprojectHook
      ]
      ++ resolveBuildSystem (specOf rendered.deps.build-systems);
    };

  mkDerivationEditable =
    {
      project,
      environ,
      extras ? [ ],
      root ? project.projectRoot,
    }:
    let
      rendered = render { inherit project environ extras; };
      inherit (rendered.attrs) passthru;
      buildSpec = specOf rendered.deps.build-systems;
    in
    assert lib.isString root;
    assert lib.assertMsg (!lib.hasPrefix builtins.storeDir root) ''
      Editable root was passed as a Nix store path string.

      ${lib.optionalString lib.inPureEvalMode ''
        This is most likely because you are using Flakes, and are automatically inferring the editable root from projectRoot.
        Flakes are copied to the Nix store on evaluation. This can temporarily be worked around using --impure.
      ''}

      Pass editable root either as a string pointing to an absolute path non-store path, or use environment variables for relative paths.
    '';
    { pyprojectEditableHook, resolveBuildSystem }:
    rendered.attrs
    // {
      EDITABLE_ROOT = root;
      nativeBuildInputs = [ pyprojectEditableHook ] ++ resolveBuildSystem buildSpec;
      # An editable package is built again and again in the shell: its build system belongs into the environment.
      passthru = passthru // {
        dependencies =
          passthru.dependencies
          // mapAttrs (name: extras: lib.unique (passthru.dependencies.${name} or [ ] ++ extras)) buildSpec;
      };
    };
}
