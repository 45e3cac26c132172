# flakeModules.flakeModules: modules for other flakes, which then are imported once.
{
  lib,
  flake-parts-lib,
  moduleLocation,
  ...
}:
let
  inherit (lib) mkOption types;
in
{
  options.flake = mkOption {
    type = types.submoduleWith {
      modules = [
        (flake-parts-lib.mkAliasOptionModule
          [ "flakeModule" ]
          [
            "flakeModules"
            "default"
          ]
        )
        {
          options.flakeModules = mkOption {
            type = types.lazyAttrsOf types.deferredModule;
            default = { };
            apply = builtins.mapAttrs (
              name: module:
              let
                place = "${toString moduleLocation}#flakeModules.${name}";
              in
              {
                _file = place;
                key = place;
                imports = [ module ];
                _class = "flake";
              }
            );
          };
        }
      ];
    };
  };
}
