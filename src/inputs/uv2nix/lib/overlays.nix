{
  lib,
  pyproject-nix,
  lock1,
  build,
  ...
}:
let
  inherit (builtins) all any attrValues;
  inherit (pyproject-nix.lib) pep440 pep508;
in
{
  mkOverlay =
    {
      sourcePreference,
      environ,
      # The specification whose packages, with all their extras and groups, go into the set.
      spec,
      localProjects,
      config,
      workspaceRoot,
      lock,
      pythonVersion ? null,
    }@args:
    final: prev:
    let
      # From `prev`: the interpreter of `final` would ask for this overlay, which asks for it.
      asked = pep508.setEnviron (pep508.mkEnviron prev.python) (
        environ
        // {
          extra = environ.extra or [ ];
        }
        // lib.optionalAttrs (args.pythonVersion or null != null) {
          python_full_version = args.pythonVersion;
          python_version = args.pythonVersion;
        }
      );
      pythonVersion = asked.python_full_version.value;
      uvLock = lock;
      holds = markers: markers == { } || any (pep508.evalMarkers asked) (attrValues markers);
      resolved = lock1.resolveDependencies {
        inherit lock;
        environ = asked;
        dependencies = builtins.attrNames spec;
      };
      make =
        name: package:
        if localProjects ? ${name} then
          build.local {
            localProject = localProjects.${name};
            environ = asked;
            inherit package config;
          }
        else
          build.remote {
            defaultSourcePreference = sourcePreference;
            environ = asked;
            inherit config workspaceRoot;
          } package;
    in
    # Nix prints an assertion that fails as it is written: this is the text that people know.
    assert all (spec: pep440.comparators.${spec.op} pythonVersion spec.version) uvLock.requires-python;
    assert holds uvLock.supported-markers;
    assert holds uvLock.required-markers;
    builtins.mapAttrs (name: package: final.callPackage (make name package) { }) resolved;
}
