# poetry2nix' functions over one nixpkgs: pyproject.toml and poetry.lock become packages of a Python.
{
  pkgs,
  lib ? pkgs.lib,
}:
let
  inherit (builtins)
    attrNames
    attrValues
    filter
    isString
    listToAttrs
    split
    ;
  versions = import ./versions.nix { inherit lib; };
  markers = import ./markers.nix { inherit lib versions; };
  wheels = import ./wheels.nix { inherit lib; };

  readTOML = file: builtins.fromTOML (builtins.readFile file);
  normalize =
    name: lib.toLower (lib.concatStringsSep "-" (filter isString (split "[-_.]+" name)));

  # nixpkgs' own packages for these names stay: they build the others.
  buildSystems = [
    "cython"
    "flit-core"
    "hatch-vcs"
    "hatchling"
    "pbr"
    "pdm-backend"
    "setuptools"
    "setuptools-scm"
  ];
  buildSystemsOf =
    py: pyProject:
    let
      requires =
        pyProject.build-system.requires or (throw "No build-system.build-backend section in pyproject.toml. Add such a section as described in https://python-poetry.org/docs/pyproject/#poetry-and-pep-517");
      nameOf = text: normalize (builtins.head (builtins.match "([A-Za-z0-9._-]+).*" text));
      find = name: py.pkgs.${name} or (throw "unsupported build system requirement ${name}");
    in
    map (text: find (nameOf text)) requires;

  # The dependencies of one of Poetry's tables. One that is for other Pythons is null.
  packagesOf =
    py: table:
    map (
      name:
      if versions.allows py.version (table.${name}.python or "") then
        py.pkgs.${normalize name}
      else
        null
    ) (map lib.toLower (attrNames table));

  inputsOf =
    {
      py,
      pyProject,
      groups,
      checkGroups,
      extras,
      attrs ? { },
      includeBuildSystem ? true,
    }:
    let
      inherit (pyProject.tool) poetry;
      all = poetry.dependencies or { };
      chosen = lib.unique (lib.concatMap (extra: poetry.extras.${extra}) extras);
      main =
        if extras == [ "*" ] then
          all
        else
          lib.filterAttrs (_: spec: !(spec.optional or false)) all // lib.getAttrs chosen all;
      tables = {
        main.dependencies = main;
      }
      // poetry.group or { };
      ofGroup = set: group: packagesOf py (set.${group}.dependencies or { });
      checks =
        packagesOf py (poetry.dev-dependencies or { })
        ++ lib.concatMap (ofGroup (poetry.group or { })) checkGroups;
    in
    {
      nativeBuildInputs = attrs.nativeBuildInputs or [ ];
      buildInputs =
        attrs.buildInputs or [ ] ++ lib.optionals includeBuildSystem (buildSystemsOf py pyProject);
      propagatedBuildInputs =
        attrs.propagatedBuildInputs or [ ] ++ lib.concatMap (ofGroup tables) groups;
      checkInputs = attrs.checkInputs or [ ] ++ checks;
      nativeCheckInputs = attrs.nativeCheckInputs or [ ] ++ checks;
    };

  defaultCheckGroups = [ "dev" ];
in
lib.makeScope pkgs.newScope (self: {
  mkPoetryPackages =
    {
      projectDir ? null,
      pyproject ? projectDir + "/pyproject.toml",
      poetrylock ? projectDir + "/poetry.lock",
      overrides ? self.defaultPoetryOverrides,
      python ? pkgs.python3,
      pwd ? projectDir,
      preferWheels ? false,
      editablePackageSources ? { },
      pyProject ? readTOML pyproject,
      groups ? [ "main" ],
      checkGroups ? defaultCheckGroups,
      extras ? [ "*" ],
    }:
    let
      poetryLock = readTOML poetrylock;
      # Before version 2.0 of the format, all files stood in one table at the end.
      filesOf =
        locked: locked.files or (lib.mapAttrs' (n: lib.nameValuePair (normalize n)) poetryLock.metadata.files)
        .${normalize locked.name};

      isFor =
        locked:
        if locked ? marker then
          markers.evaluate (markers.environment python) locked.marker
        else
          versions.allows python.version locked.python-versions;
      split = lib.partition isFor poetryLock.package;

      isModule =
        set: value: lib.isDerivation value && set.hasPythonModule value;
      # Of each package there is one: what nixpkgs spells otherwise, and what is for other Pythons, is taken out.
      layers = [
        (final: prev: builtins.mapAttrs (
          name: value: if isModule final value && normalize name != name then null else value
        ) prev)
        (_: prev: builtins.mapAttrs (
          _: value:
          if lib.isDerivation value && value ? overridePythonAttrs then
            value.overridePythonAttrs (_: { doCheck = false; })
          else
            value
        ) prev)
        (_: _: listToAttrs (map (each: lib.nameValuePair (normalize each.name) null) split.wrong))
        (
          final: prev:
          let
            make = import ./package.nix {
              inherit
                lib
                pkgs
                python
                final
                versions
                markers
                wheels
                normalize
                ;
              cleanSource = self.cleanPythonSources;
            } {
              root = pwd;
              inherit preferWheels;
            };
            entry =
              locked: lib.nameValuePair (normalize locked.name) (make (locked // { files = filesOf locked; }));
          in
          listToAttrs (map entry (lib.reverseList split.right))
          // lib.getAttrs (filter (name: prev ? ${name}) buildSystems) prev
          // {
            ${pyProject.tool.poetry.name} = null;
          }
        )
      ]
      ++ map (each: if builtins.isAttrs each then each.__functor else each) (lib.toList overrides);
      py = python.override {
        packageOverrides = lib.foldr lib.composeExtensions (_: _: { }) layers;
        self = py;
      };

      scripts = pyProject.tool.poetry.scripts or { };
      editable = lib.filterAttrs (_: path: path != null) editablePackageSources;
      inputs = inputsOf {
        inherit
          py
          pyProject
          groups
          checkGroups
          extras
          ;
        includeBuildSystem = false;
      };
    in
    {
      python = py;
      poetryPackages =
        python.pkgs.requiredPythonModules (lib.concatLists (attrValues inputs))
        ++ lib.optional (scripts != { }) (self.mkPoetryScriptsPackage { inherit python scripts; })
        ++ lib.optional (editable != { }) (
          self.mkPoetryEditablePackage {
            inherit python pyProject;
            editablePackageSources = editable;
          }
        );
      inherit poetryLock pyProject;
    };

  mkPoetryEnv =
    {
      projectDir ? null,
      pyproject ? projectDir + "/pyproject.toml",
      poetrylock ? projectDir + "/poetry.lock",
      overrides ? self.defaultPoetryOverrides,
      pwd ? projectDir,
      python ? pkgs.python3,
      preferWheels ? false,
      editablePackageSources ? { },
      extraPackages ? _: [ ],
      groups ? [
        "main"
        "dev"
      ],
      checkGroups ? defaultCheckGroups,
      extras ? [ "*" ],
    }:
    let
      pyProject = readTOML pyproject;
      inherit (pyProject.tool) poetry;
      # A dependency with `develop = true` and a path is editable without being asked for.
      developed =
        table:
        builtins.mapAttrs (_: spec: projectDir + "/${spec.path}") (
          lib.filterAttrs (_: spec: spec.develop or false && spec ? path) table
        );
      tables = {
        main.dependencies = poetry.dependencies or { };
      }
      // poetry.group or { };
      sources = lib.filterAttrs (_: path: path != null) (
        developed (poetry.dev-dependencies or { })
        // lib.mergeAttrsList (map (group: developed (tables.${group}.dependencies or { })) groups)
        // editablePackageSources
      );
      made = self.mkPoetryPackages {
        inherit
          pyproject
          poetrylock
          overrides
          python
          pwd
          preferWheels
          pyProject
          groups
          checkGroups
          extras
          ;
        editablePackageSources = sources;
      };
      built = filter (drv: !(sources ? ${drv.pname or drv.name or ""})) made.poetryPackages;
    in
    made.python.withPackages (ps: built ++ extraPackages ps);

  mkPoetryApplication =
    {
      projectDir ? null,
      src ?
        if lib.isDerivation projectDir then projectDir else self.cleanPythonSources { src = projectDir; },
      pyproject ? projectDir + "/pyproject.toml",
      poetrylock ? projectDir + "/poetry.lock",
      overrides ? self.defaultPoetryOverrides,
      meta ? { },
      python ? pkgs.python3,
      pwd ? projectDir,
      preferWheels ? false,
      groups ? [ "main" ],
      checkGroups ? defaultCheckGroups,
      extras ? [ "*" ],
      ...
    }@attrs:
    let
      made = self.mkPoetryPackages {
        inherit
          pyproject
          poetrylock
          overrides
          python
          pwd
          preferWheels
          groups
          checkGroups
          extras
          ;
      };
      py = made.python;
      inherit (made) pyProject;
      inherit (pyProject.tool) poetry;
      passed = removeAttrs attrs [
        "overrides"
        "poetrylock"
        "projectDir"
        "pwd"
        "pyproject"
        "preferWheels"
      ];
      app = py.pkgs.buildPythonPackage (
        passed
        // inputsOf {
          inherit
            py
            pyProject
            attrs
            groups
            checkGroups
            extras
            ;
        }
        // {
          pname = normalize poetry.name;
          inherit (poetry) version;
          inherit src;
          format = "pyproject";
          # An application's name, and a module all the same.
          namePrefix = "";
          passthru = {
            python = py;
            dependencyEnv = lib.makeOverridable (
              { app, ... }@args: py.buildEnv.override (removeAttrs args [ "app" ] // { extraLibs = [ app ]; })
            ) { inherit app; };
          };
          meta =
            lib.getAttrs (filter (name: poetry ? ${name}) [
              "description"
              "homepage"
            ]) poetry
            // {
              inherit (py.meta) platforms;
            }
            // meta;
        }
      );
    in
    app;

  mkPoetryScriptsPackage =
    {
      projectDir ? null,
      pyproject ? projectDir + "/pyproject.toml",
      python ? pkgs.python3,
      pyProject ? readTOML pyproject,
      scripts ? pyProject.tool.poetry.scripts,
    }:
    assert scripts != { };
    python.pkgs.buildPythonPackage {
      name = "poetry2nix-env-scripts";
      dontUnpack = true;
      format = "poetry2nix";
      installPhase = ''
        mkdir -p "$out/bin"
        ${lib.concatStrings (
          lib.mapAttrsToList (
            program: entry:
            let
              parts = split ":" entry;
              module = builtins.elemAt parts 0;
              function = builtins.elemAt parts 2;
            in
            ''
              printf '%s\n' '#!${python.interpreter}' 'import sys' 'sys.path.insert(0, "")' \
                'from ${module} import ${function}' 'sys.exit(${function}())' >"$out/bin/${program}"
              chmod +x "$out/bin/${program}"
            ''
          ) scripts
        )}
      '';
    };

  mkPoetryEditablePackage =
    {
      projectDir ? null,
      pyproject ? projectDir + "/pyproject.toml",
      python ? pkgs.python3,
      pyProject ? readTOML pyproject,
      editablePackageSources,
    }:
    assert editablePackageSources != { };
    let
      inherit (pyProject.tool) poetry;
      name = normalize poetry.name;
    in
    python.pkgs.toPythonModule (
      pkgs.runCommand "${name}-editable" { } ''
        mkdir -p "$out/${python.sitePackages}/${name}.egg-info"
        cd "$out/${python.sitePackages}"
        printf '%s\n' ${
          lib.concatMapStringsSep " " (path: lib.escapeShellArg (toString path)) (
            attrValues editablePackageSources
          )
        } >poetry2nix-editable.pth
        printf 'Metadata-Version: 2.1\nName: %s\nVersion: %s\n' ${name} ${poetry.version} >"${name}.egg-info/PKG-INFO"
      ''
    );

  cleanPythonSources =
    { src }:
    lib.cleanSourceWith {
      filter =
        path: type:
        lib.cleanSourceFilter path type && !lib.hasInfix "__pycache__" path && !lib.hasSuffix ".pyc" path;
      inherit src;
    };

  # The real one knows what thousands of packages are built with, and repairs hundreds. Here are the contacts app's.
  defaultPoetryOverrides = self.mkDefaultPoetryOverrides (
    final: prev:
    let
      change =
        name: f:
        if prev.${name} or null == null then null else prev.${name}.overridePythonAttrs f;
      build = old: {
        nativeBuildInputs =
          old.nativeBuildInputs or [ ] ++ lib.optional (old.format or "" != "wheel") final.setuptools;
      };
    in
    lib.genAttrs [ "click" "flask" "importlib-metadata" "itsdangerous" "jinja2" "markupsafe" "werkzeug" ] (
      name: change name build
    )
    // {
      zipp = change "zipp" (
        old:
        build old // { propagatedBuildInputs = old.propagatedBuildInputs or [ ] ++ [ final.toml ]; }
      );
    }
  );
  mkDefaultPoetryOverrides = defaults: {
    __functor = defaults;
    extend = overlay: self.mkDefaultPoetryOverrides (lib.composeExtensions defaults overlay);
    overrideOverlay =
      change: self.mkDefaultPoetryOverrides (final: prev: defaults final prev // change final prev);
  };
  overrides = {
    withDefaults = overlay: [
      overlay
      self.defaultPoetryOverrides
    ];
    withoutDefaults = overlay: [ overlay ];
  };
})
