# A lock made by pip, and each package in it as a package of its own.
{
  config,
  dream2nix,
  lib,
  specialArgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.pip;
  inherit (config.deps) python;
  locked = config.lock.content.fetchPipMetadata;

  kept = builtins.filter (name: !builtins.elem name cfg.ignoredDependencies);
  targets = builtins.mapAttrs (
    _: target: lib.genAttrs (kept (builtins.attrNames target)) (name: kept target.${name})
  ) locked.targets;
  isListed = targets.default ? ${config.name};
  roots =
    if cfg.flattenDependencies && isListed then
      throw ''
        Top-level package ${config.name} is listed in the lockfile.
        Set `pip.flattenDependencies` to false to use only the top-level dependencies.
      ''
    else if cfg.flattenDependencies then
      builtins.attrNames targets.default
    else if isListed then
      targets.default.${config.name}
    else
      throw ''
        Top-level package ${config.name} is not listed in the lockfile.
        Set `pip.flattenDependencies` to true to use all dependencies for the top-level package.
      '';

  fetch = {
    url = info: config.deps.fetchurl { inherit (info) url sha256; };
    git = info: config.deps.fetchgit { inherit (info) url sha256 rev; };
    local = info: "${config.paths.projectRoot}/${info.path}";
  };

  # What the root and its dependencies have in common.
  common =
    { config, ... }:
    {
      imports = [
        ./core.nix
        ./buildPythonPackage.nix
      ];
      config = {
        deps =
          { nixpkgs, ... }:
          builtins.mapAttrs (_: lib.mkOverride 1001) {
            inherit (nixpkgs)
              autoPatchelfHook
              mkShell
              stdenv
              unzip
              writeText
              ;
            inherit (nixpkgs.pythonManylinuxPackages) manylinux1;
          };
        mkDerivation =
          let
            inherit (config.deps.stdenv.hostPlatform) isLinux;
            of = target: targets.${target}.${config.name} or [ ];
          in
          {
            src = lib.mkDefault (
              let
                info = locked.sources.${config.name};
              in
              fetch.${info.type} info
            );
            doCheck = lib.mkDefault false;
            dontStrip = lib.mkDefault true;
            nativeBuildInputs = [
              config.deps.unzip
            ]
            ++ lib.optional isLinux config.deps.autoPatchelfHook;
            buildInputs = lib.optional isLinux config.deps.manylinux1;
            preFixup = lib.optionalString isLinux "addAutoPatchelfSearchPath $propagatedBuildInputs\n";
            propagatedBuildInputs = map (name: cfg.drvs.${name}.public.out) (
              lib.concatMap of ([ "default" ] ++ cfg.buildExtras)
            );
          };
      };
    };
  dependency =
    { config, ... }:
    let
      isWheel = lib.hasSuffix ".whl" config.mkDerivation.src;
      own = python.pkgs.setuptools;
    in
    {
      deps = { inherit python; };
      buildPythonPackage.format = lib.mkDefault (if isWheel then "wheel" else null);
      mkDerivation.buildInputs = lib.optional (!isWheel) (
        if config.name == "setuptools" then own else cfg.drvs.setuptools.public or own
      );
    };

  overrideType = types.deferredModuleWith {
    staticModules = [ { imports = [ dream2nix.modules.dream2nix.buildPythonPackage ]; } ];
  };
  isBuildDependency = name: cfg.buildDependencies.${name} or false;
  public = map (name: cfg.drvs.${name}.public.out);
in
{
  imports = [ common ];

  options.pip = mkOption {
    type = types.submoduleWith {
      inherit specialArgs;
      modules = [ { options = import ../pip-options.nix { inherit lib overrideType dream2nix specialArgs; }; } ];
    };
  };

  config = {
    deps =
      { nixpkgs, ... }:
      builtins.mapAttrs (_: lib.mkOverride 1002) {
        inherit (nixpkgs) fetchgit fetchurl;
        setuptools = python.pkgs.setuptools;
        fetchPipMetadataScript = nixpkgs.writeScript "fetch-pip-metadata" "exit 127\n";
      };

    # What pip chooses holds for one system.
    paths.lockFile = lib.mkDefault "lock.${python.system}.json";
    lock = {
      fields.fetchPipMetadata.script = config.deps.fetchPipMetadataScript;
      invalidationData.pip = {
        inherit (cfg)
          pipFlags
          pipVersion
          pypiSnapshotDate
          requirementsFiles
          requirementsList
          ;
        pythonVersion = lib.init (lib.splitVersion python.version);
      }
      // cfg.env;
    };

    pip = {
      inherit targets;
      inherit (config) name paths;
      inherit (config.public) pyEnv;
      editables.${config.name} = config.paths.package;
      rootDependencies = lib.genAttrs roots (_: true);
      drvs = builtins.mapAttrs (name: info: {
        imports = [
          common
          dependency
          cfg.overrideAll
          (cfg.overrides.${name} or { })
          (dream2nix.overrides.python.${name} or { })
        ];
        config = {
          inherit name;
          inherit (info) version;
        };
      }) locked.sources;
      # The real one links the editable packages into .dream2nix, and puts them before the others.
      editablesShellHook = ''
        echo "editable: ${toString (builtins.attrNames cfg.editables)}" >&2
      '';
    };

    mkDerivation =
      let
        ofRoot = builtins.filter (name: cfg.rootDependencies.${name} or false) (
          builtins.attrNames cfg.drvs
        );
        split = lib.partition isBuildDependency ofRoot;
      in
      {
        buildInputs = public split.right;
        propagatedBuildInputs = public split.wrong;
      };

    public = {
      pyEnv = (python.withPackages (
        ps: config.mkDerivation.propagatedBuildInputs ++ config.mkDerivation.buildInputs ++ [ ps.wheel ]
      )).override (old: { ignoreCollisions = true; });
      shellHook = cfg.editablesShellHook;
      devShell = config.deps.mkShell {
        packages = [ config.public.pyEnv ];
        shellHook = cfg.editablesShellHook;
        buildInputs = [ python.pkgs.tomli ];
      };
    };
  };
}
