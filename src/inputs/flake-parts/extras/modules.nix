# flakeModules.modules: modules for other flakes, by class.
{ lib, moduleLocation, ... }:
let
  inherit (lib) types;
  quote = lib.strings.escapeNixIdentifier;
in
{
  options.flake.modules = lib.mkOption {
    type = types.lazyAttrsOf (types.lazyAttrsOf types.deferredModule);
    apply = builtins.mapAttrs (
      class:
      builtins.mapAttrs (
        name: module:
        if class == "generic" then
          module
        else
          { ... }:
          {
            _class = class;
            _file = "${toString moduleLocation}#modules.${quote class}.${quote name}";
            imports = [ module ];
          }
      )
    );
  };
}
