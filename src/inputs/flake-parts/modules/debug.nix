{
  config,
  lib,
  options,
  extendModules,
  flake-parts-lib,
  getSystem,
  ...
}:
let
  inherit (lib) mkOption types;
  inside =
    {
      config,
      options,
      extendModules,
    }@all:
    config // all // { inherit (config) _module; };
in
{
  options = {
    debug = mkOption {
      type = types.bool;
      default = false;
    };
    perSystem = flake-parts-lib.mkPerSystemOption (
      {
        config,
        options,
        extendModules,
        ...
      }:
      {
        _file = ./formatter.nix;
        options.debug = mkOption { type = types.lazyAttrsOf types.raw; };
        config.debug = inside { inherit config options extendModules; };
      }
    );
  };
  config = lib.mkIf config.debug {
    flake = {
      debug = inside { inherit config options extendModules; };
      allSystems = builtins.mapAttrs (_: own: own.debug) config.allSystems;
    }
    // lib.optionalAttrs (builtins ? currentSystem) {
      currentSystem = (getSystem builtins.currentSystem).debug;
    };
  };
}
