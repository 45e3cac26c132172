# Where the project is, and in it the package and its lock.
{ config, lib, ... }:
let
  inherit (lib) mkOption types;
  cfg = config.paths;
  file = name: "${cfg.package}/${name}";
in
{
  imports = [ ./deps.nix ];

  options.paths = {
    projectRoot = mkOption { type = types.path; };
    projectRootFile = mkOption {
      type = types.str;
      default = ".git";
    };
    # Below the root, however it was given.
    package = mkOption {
      type = types.either types.path types.str;
      apply =
        given:
        let
          root = toString cfg.projectRoot;
          path = toString given;
        in
        if path == root then "." else lib.path.subpath.normalise "./${lib.removePrefix root path}";
    };
    lockFile = mkOption {
      type = types.str;
      default = "lock.json";
    };
    cacheFile = mkOption {
      type = types.str;
      default = "cache.json";
    };
    lockFileAbs = mkOption {
      type = types.path;
      internal = true;
    };
    cacheFileAbs = mkOption {
      type = types.path;
      internal = true;
    };
    findRoot = mkOption {
      type = types.str;
      internal = true;
    };
  };
  config.deps = { nixpkgs, ... }: { python3 = lib.mkOverride 1003 nixpkgs.python3; };
  config.paths = {
    lockFileAbs = cfg.projectRoot + "/${file cfg.lockFile}";
    cacheFileAbs = cfg.projectRoot + "/${file cfg.cacheFile}";
    findRoot = "${config.deps.writeScriptBin "find-root" "echo ${cfg.projectRootFile}"}/bin/find-root";
  };
}
