{ lib, moduleLocation, ... }:
{
  options.flake.nixosModules = lib.mkOption {
    type = lib.types.lazyAttrsOf lib.types.deferredModule;
    default = { };
    apply = builtins.mapAttrs (
      name: module: {
        _class = "nixos";
        _file = "${toString moduleLocation}#nixosModules.${name}";
        imports = [ module ];
      }
    );
  };
}
