# A project as arguments for nixpkgs' Python functions. Markers are evaluated; versions are not looked at.
{
  lib,
  pep440,
  pep508,
  pep621,
  renderers,
  ...
}:
let
  inherit (builtins) attrNames concatMap mapAttrs;
  byId = lib.mapAttrs' (_: each: lib.nameValuePair each.spdxId each) (
    lib.filterAttrs (_: each: each ? spdxId) lib.licenses
  );
  packagesOf =
    pythonPackages:
    concatMap (
      dep:
      let
        package = pythonPackages.${dep.name};
      in
      [ package ] ++ concatMap (extra: package.optional-dependencies.${extra} or [ ]) dep.extras
    );
in
{
  # The argument of `python.withPackages`.
  withPackages =
    {
      project,
      python,
      pythonPackages ? python.pkgs,
      extras ? [ ],
      groups ? [ ],
      extraPackages ? _: [ ],
      environ ? pep508.mkEnviron python,
    }:
    let
      deps = pep621.filterDependenciesByEnviron environ extras project.dependencies;
      packages = packagesOf pythonPackages;
    in
    ps:
    packages deps.dependencies
    ++ concatMap (extra: packages deps.extras.${extra}) extras
    ++ concatMap (group: packages deps.groups.${group}) groups
    ++ packages deps.build-systems
    ++ extraPackages ps
    ++ lib.optionals (deps.build-systems == [ ]) [
      ps.setuptools
      ps.wheel
    ];

  # The argument of `buildPythonPackage`.
  buildPythonPackage =
    {
      project,
      python,
      pythonPackages ? python.pkgs,
      extras ? [ ],
      groups ? [ ],
      # `{ test = "nativeCheckInputs"; }` puts the packages of the extra "test" there.
      extrasAttrMappings ? { },
      format ? "pyproject",
      environ ? pep508.mkEnviron python,
    }:
    let
      deps = pep621.filterDependenciesByEnviron environ extras project.dependencies;
      packages = packagesOf pythonPackages;
      optional-dependencies = mapAttrs (_: packages) project.dependencies.extras;
      dependency-groups = mapAttrs (_: packages) project.dependencies.groups;
      facts = project.pyproject.project or { };
      rendered = {
        pyproject = format == "pyproject";
        dependencies =
          packages deps.dependencies
          ++ concatMap (extra: optional-dependencies.${extra} or [ ]) extras
          ++ concatMap (group: dependency-groups.${group} or [ ]) groups;
        inherit optional-dependencies;
        passthru = { inherit dependency-groups; };
        meta = renderers.meta { inherit project; };
      }
      // lib.optionalAttrs (format != "pyproject") { inherit format; }
      // lib.optionalAttrs (format != "wheel") {
        build-system =
          if deps.build-systems != [ ] then
            packages deps.build-systems
          else
            [
              pythonPackages.setuptools
              pythonPackages.wheel
            ];
      }
      // lib.optionalAttrs (facts ? name) { pname = facts.name; }
      // lib.optionalAttrs (facts ? version) { inherit (facts) version; }
      // lib.optionalAttrs (project.projectRoot != null) { src = project.projectRoot; }
      // lib.optionalAttrs (project.requires-python != null) {
        disabled =
          !lib.all (
            each: pep440.comparators.${each.op} environ.python_full_version.value each.version
          ) project.requires-python;
      };
      mapped = builtins.filter (extra: extrasAttrMappings ? ${extra}) (attrNames deps.extras);
    in
    builtins.foldl' (
      attrs: extra:
      let
        name = extrasAttrMappings.${extra};
      in
      attrs // { ${name} = attrs.${name} or [ ] ++ packages deps.extras.${extra}; }
    ) rendered mapped;

  # The argument of `mkPythonEditablePackage`. In a flake the default root lies in the store: give a string.
  mkPythonEditablePackage =
    {
      project,
      root ? toString (
        if lib.pathExists (project.projectRoot + "/src") then
          project.projectRoot + "/src"
        else
          project.projectRoot
      ),
      ...
    }@args:
    let
      attrs = renderers.buildPythonPackage (removeAttrs args [ "root" ]);
      mappings = args.extrasAttrMappings or { };
    in
    assert lib.isString root && root != "";
    {
      inherit (attrs)
        dependencies
        optional-dependencies
        build-system
        meta
        ;
      inherit root;
    }
    // builtins.intersectAttrs {
      scripts = null;
      gui-scripts = null;
      entry-points = null;
    } project.pyproject.project
    // builtins.intersectAttrs {
      pname = null;
      version = null;
    } attrs
    // lib.optionalAttrs (mappings != { }) {
      derivationArgs = lib.genAttrs (builtins.attrValues mappings) (name: attrs.${name});
    };

  meta =
    { project }:
    let
      facts = project.pyproject.project or { };
      scripts = attrNames (facts.scripts or { });
    in
    lib.optionalAttrs (facts ? urls.changelog) { inherit (facts.urls) changelog; }
    // lib.optionalAttrs (facts ? description) { inherit (facts) description; }
    // lib.optionalAttrs (facts ? license.text) {
      license = byId.${facts.license.text} or facts.license.text;
    }
    # With two scripts it would be a guess which one is the program.
    // lib.optionalAttrs (builtins.length scripts == 1) { mainProgram = builtins.head scripts; };
}
