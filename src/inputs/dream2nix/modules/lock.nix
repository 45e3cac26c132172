# The lock file: what it holds, and whether it was made for what is asked now.
{ config, lib, ... }:
let
  inherit (lib) mkOption types;
  cfg = config.lock;
  exists = builtins.pathExists config.paths.lockFileAbs;
  current = builtins.hashString "sha256" (builtins.toJSON cfg.invalidationData);

  problem = what: throw ''
    The lock file ${config.paths.package}/${config.paths.lockFile}
      for drv-parts module '${config.name}' ${what}.

    To create or update the lock file, run:

      bash -c $(nix-build ${cfg.refresh.drvPath} --no-link)/bin/refresh

    Alternatively `nix run` the .lock attribute of your package.

  '';
  file =
    if exists then
      builtins.fromJSON (builtins.readFile config.paths.lockFileAbs)
    else
      problem "is missing";
  isValid = file.invalidationHash or null == current;
  field =
    name: spec:
    if spec.default != null && (!exists || !(file ? ${name})) then
      spec.default
    else
      file.${name} or (problem "does not contain field `${name}`");
in
{
  imports = [
    ./assertions.nix
    ./deps.nix
    (lib.mkRemovedOptionModule [ "lock" "repoRoot" ] "Use paths.projectRoot instead.")
    (lib.mkRemovedOptionModule [ "lock" "lockFileRel" ] "Use paths.package instead.")
  ];

  options.lock = {
    content = mkOption { type = types.submodule { freeformType = types.anything; }; };
    extraScripts = mkOption {
      type = types.listOf types.path;
      default = [ ];
    };
    fields = mkOption {
      type = types.attrsOf (
        types.submodule {
          options = {
            script = mkOption { type = types.path; };
            default = mkOption {
              type = types.nullOr types.anything;
              default = null;
            };
          };
        }
      );
      default = { };
    };
    invalidationData = mkOption {
      type = types.anything;
      default = { };
    };
    refresh = mkOption {
      type = types.package;
      readOnly = true;
    };
    isValid = mkOption {
      type = types.bool;
      readOnly = true;
    };
    lib.computeFODHash = mkOption {
      type = types.functionTo types.path;
      readOnly = true;
    };
  };

  config = {
    deps =
      { nixpkgs, ... }:
      builtins.mapAttrs (_: lib.mkOverride 1004) {
        inherit (nixpkgs)
          bash
          coreutils
          nix
          writeScriptBin
          ;
      };
    lock = {
      inherit isValid;
      # A value that can be replaced without being worked out first.
      content = lib.mkOverride lib.modules.defaultOverridePriority (
        if isValid then builtins.mapAttrs field cfg.fields else problem "is outdated"
      );
      # The real one runs the fields' scripts and writes the file.
      refresh = config.deps.writeScriptBin "refresh" ''
        #!/bin/sh
        echo "refresh: locking is only named here: dream2nix would write ${config.paths.lockFile}" >&2
        exit 127
      '';
      lib.computeFODHash = _: throw "the stand-in for dream2nix computes no hashes of downloads";
    };
  };
}
