# A uv workspace: uv.lock and the pyproject.toml files beside it, as overlays for the Python set of pyproject.nix.
{
  lib,
  lock1,
  overlays,
  pyproject-nix,
  ...
}:
let
  inherit (builtins)
    attrNames
    filter
    isAttrs
    isPath
    isString
    mapAttrs
    ;
  inherit (lib) assertMsg importTOML optionalString;
in
lib.fix (self: {
  loadWorkspace =
    {
      workspaceRoot,
      # Changes to what [tool.uv] says: a set, or a function of it.
      config ? { },
      uvLock ? importTOML (workspaceRoot + "/uv.lock"),
      pyproject ? importTOML (workspaceRoot + "/pyproject.toml"),
    }:
    assert (
      isPath workspaceRoot
      || (isString workspaceRoot && builtins.hasContext workspaceRoot)
      || (isAttrs workspaceRoot && workspaceRoot ? outPath)
    );
    assert isAttrs config || lib.isFunction config;
    let
      lock = lock1.parseLock uvLock;
      localPackages = filter lock1.isLocalPackage lock.package;
      localProjects = lock1.getLocalProjects { inherit lock localPackages workspaceRoot; };
      loaded = self.loadConfig pyproject (
        map (project: project.pyproject) (builtins.attrValues localProjects)
        ++ lib.optional (!pyproject ? project) pyproject
      );
      settings = loaded // (if lib.isFunction config then config loaded else config);
      # What came in from a folder outside is no member of the workspace.
      members = lib.listToAttrs (
        map (package: lib.nameValuePair package.name package) (
          filter (package: !package.source ? directory) localPackages
        )
      );
    in
    assert assertMsg (
      !(settings.no-binary && settings.no-build)
    ) "Both tool.uv.no-build and tool.uv.no-binary are set to true, making the workspace unbuildable";
    rec {
      config = settings;
      inherit (lock) requires-python;

      # Specifications for `mkVirtualEnv`: the workspace's packages, each with its extras, its groups, both or neither.
      deps = {
        default = mapAttrs (
          name: _: localProjects.${name}.pyproject.tool.uv.default-groups or [ ]
        ) members;
        optionals = mapAttrs (_: package: attrNames package.optional-dependencies) members;
        groups = mapAttrs (_: package: attrNames package.dev-dependencies) members;
        all = mapAttrs (
          _: package: lib.unique (attrNames package.optional-dependencies ++ attrNames package.dev-dependencies)
        ) members;
      };

      # The overlay with everything that the lock names.
      mkPyprojectOverlay =
        {
          sourcePreference ?
            if settings.no-binary then
              "sdist"
            else if settings.no-build then
              "wheel"
            else
              throw "No sourcePreference was passed, and could not be automatically inferred from workspace config",
          # Markers' variables that differ, for example `{ platform_release = "5.10"; }`.
          environ ? { },
          dependencies ? deps.all,
          # Stands for the interpreter's version in markers and in the check of requires-python.
          pythonVersion ? null,
        }:
        overlays.mkOverlay {
          inherit
            sourcePreference
            environ
            workspaceRoot
            localProjects
            lock
            pythonVersion
            ;
          spec = dependencies;
          config = settings;
        };

      # The overlay that takes the workspace's own packages from a folder outside of the store.
      mkEditablePyprojectOverlay =
        {
          root ? toString workspaceRoot,
          members ? map (package: package.name) (filter (package: !package.source ? virtual) localPackages),
        }:
        assert assertMsg (!lib.hasPrefix builtins.storeDir root) ''
          Editable root was passed as a Nix store path.

          ${optionalString lib.inPureEvalMode ''
            This is most likely because you are using Flakes, and are automatically inferring the editable root from workspaceRoot.
            Flakes are copied to the Nix store on evaluation. This can temporarily be worked around using --impure.
          ''}
          Pass editable root either as a string pointing to an absolute non-store path, or use environment variables for relative paths.
        '';
        _final: prev:
        let
          package = name: lib.findFirst (each: each.name == name) null localPackages;
          path = name: lock1.getLocalPath (package name);
        in
        lib.genAttrs (filter (name: prev ? ${name}) members) (
          name:
          prev.${name}.override {
            editableRoot = root + optionalString (path name != ".") "/${path name}";
          }
        );
    };

  # What [tool.uv] says, as far as it decides how packages are built.
  loadConfig =
    pyproject: pyprojects:
    let
      root = pyproject.tool.uv or { };
      flag =
        name:
        let
          said = lib.unique (lib.catAttrs name (map (each: each.tool.uv or { }) pyprojects));
        in
        if builtins.length said > 1 then
          throw "Got conflicting values for tool.uv.${name}"
        else
          builtins.length said == 1 && builtins.head said;
      names = name: lib.unique (lib.concatMap (each: each.tool.uv.${name} or [ ]) pyprojects);
      requirement = each: {
        requirement = pyproject-nix.lib.pep508.parseString (each.requirement or each);
      };
    in
    {
      no-build = flag "no-build";
      no-binary = flag "no-binary";
      no-build-package = names "no-build-package";
      no-binary-package = names "no-binary-package";
      compile-bytecode = root.compile-bytecode or true;
      extra-build-dependencies = mapAttrs (_: map requirement) (root.extra-build-dependencies or { });
      extra-build-variables = root.extra-build-variables or { };
    };
})
