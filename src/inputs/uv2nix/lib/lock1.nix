# uv.lock, version 1: its packages as Nix values, and which of them one environment needs.
{ lib, pyproject-nix, ... }:
let
  inherit (builtins)
    any
    attrValues
    concatMap
    filter
    mapAttrs
    ;
  inherit (pyproject-nix.lib) pep440 pep508 pypa;
  inherit (lib) optionalAttrs;
in
lib.fix (self: {
  parseLock =
    {
      version,
      requires-python,
      manifest ? { },
      package ? [ ],
      resolution-markers ? [ ],
      supported-markers ? [ ],
      required-markers ? [ ],
      options ? { },
      conflicts ? [ ],
      revision ? 0,
    }:
    assert version == 1;
    let
      # Markers by their text: the packages of a forked resolution name theirs by it.
      parsed = texts: lib.genAttrs texts pep508.parseMarkers;
    in
    {
      inherit
        version
        revision
        manifest
        options
        conflicts
        ;
      requires-python = pep440.parseVersionConds requires-python;
      resolution-markers = parsed resolution-markers;
      supported-markers = parsed supported-markers;
      required-markers = parsed required-markers;
      package = map self.parsePackage package;
    };

  parsePackage =
    {
      name,
      source,
      # A version that the build computes is not in the lock.
      version ? "0.0.0",
      resolution-markers ? [ ],
      dependencies ? [ ],
      optional-dependencies ? { },
      dev-dependencies ? { },
      metadata ? { },
      wheels ? [ ],
      sdist ? { },
    }:
    let
      dependency =
        {
          name,
          marker ? null,
          version ? null,
          source ? { },
          extra ? [ ],
        }:
        {
          inherit
            name
            version
            source
            extra
            ;
          marker = lib.mapNullable pep508.parseMarkers marker;
        };
      wheel =
        file: file // { file' = pypa.parseWheelFileName (baseNameOf (file.url or file.filename or file.path)); };
      reserved =
        word: what:
        lib.assertMsg (
          name != word
        ) "A package from uv.lock is called `${word}` which is a reserved name for the ${what}";
    in
    assert reserved "python" "interpreter derivation";
    assert reserved "pkgs" "nixpkgs package set";
    {
      inherit
        name
        version
        source
        sdist
        metadata
        resolution-markers
        ;
      version' = pep440.parseVersion version;
      wheels = map wheel wheels;
      dependencies = map dependency dependencies;
      optional-dependencies = mapAttrs (_: map dependency) optional-dependencies;
      dev-dependencies = mapAttrs (_: map dependency) dev-dependencies;
    };

  # A project of the workspace, or one beside it: not from an index.
  isLocalPackage =
    { source, ... }: source ? editable || source ? directory || source ? virtual;
  getLocalPath =
    { source, ... }:
    source.editable or source.directory or source.virtual
      or (throw "Not a project path: ${builtins.toJSON source}");

  # The local packages' pyproject.toml files, by name.
  getLocalProjects =
    {
      lock,
      workspaceRoot,
      localPackages ? filter self.isLocalPackage lock.package,
    }:
    let
      load =
        package:
        let
          path = self.getLocalPath package;
          projectRoot = if path == "." then workspaceRoot else workspaceRoot + "/${path}";
        in
        if lib.pathExists (projectRoot + "/pyproject.toml") then
          pyproject-nix.lib.project.loadUVPyproject { inherit projectRoot; }
        else if lib.pathExists projectRoot && builtins.readDir projectRoot == { } then
          throw ''
            Project root for package '${package.name}' is empty.

            This can happen when using Git submodules within a Flake without passing submodules=1 to `nix develop`.
          ''
        else
          {
            pyproject = { };
            inherit projectRoot;
            requires-python = null;
            dependencies = rec {
              build-systems = [ ];
              dependencies = throw ''
                internal error: accessed dependencies from pyproject.nix project, not uv.lock

                This error mostly happens in conjunction with Flakes when
                - File wasn't staged to Git (`git add pyproject.toml`)
                - Using Git submodules without passing `?submodules=1`
                - Referencing a project outside of the Flake root
              '';
              extras = dependencies;
              groups = dependencies;
            };
          };
    in
    lib.listToAttrs (map (package: lib.nameValuePair package.name (load package)) localPackages);

  # Drops what the markers exclude.
  filterPackage =
    environ: package:
    let
      holding = filter (dep: dep.marker == null || pep508.evalMarkers environ dep.marker);
    in
    package
    // {
      dependencies = holding package.dependencies;
      optional-dependencies = mapAttrs (_: holding) package.optional-dependencies;
      dev-dependencies = mapAttrs (_: holding) package.dev-dependencies;
    };

  # `{ <name> = package; }` for the packages `dependencies` (names) and all that they may need, extras and groups too.
  resolveDependencies =
    {
      lock,
      environ,
      dependencies,
    }:
    let
      applies =
        package:
        package.resolution-markers == [ ]
        || any (
          text: pep508.evalMarkers environ (lock.resolution-markers.${text} or (pep508.parseMarkers text))
        ) package.resolution-markers;
      candidates = lib.groupBy (package: package.name) (
        map (self.filterPackage environ) (filter applies lock.package)
      );
      item = package: {
        key = "${package.name}-${package.version}";
        inherit package;
      };
      meant =
        dep:
        filter (each: dep.version == null || dep.version == each.version) candidates.${dep.name};
      closure = builtins.genericClosure {
        startSet = map item (concatMap (name: candidates.${name}) dependencies);
        operator =
          { package, ... }:
          map item (
            concatMap meant (
              package.dependencies
              ++ lib.concatLists (attrValues package.optional-dependencies)
              ++ lib.concatLists (attrValues package.dev-dependencies)
            )
          );
      };
      one =
        name: found:
        if builtins.length found == 1 then
          (builtins.head found).package
        else
          throw "the stand-in for uv2nix cannot choose between versions of '${name}' for one environment: ${
            lib.concatMapStringsSep ", " (each: each.package.version) found
          }";
    in
    if lock.conflicts != [ ] then
      throw "the stand-in for uv2nix does not read conflicts of [tool.uv]; the real one does"
    else
      mapAttrs one (lib.groupBy (each: each.package.name) closure);
})
