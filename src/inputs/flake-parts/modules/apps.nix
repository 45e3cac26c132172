{ lib, flake-parts-lib, ... }:
let
  inherit (lib) mkOption types;
  derivation = types.package // {
    check = lib.isDerivation;
  };
  app = types.submodule {
    options = {
      type = mkOption {
        type = types.enum [ "app" ];
        default = "app";
      };
      program = mkOption { type = types.coercedTo derivation lib.getExe types.str; };
      meta = mkOption {
        type = types.lazyAttrsOf types.raw;
        default = { };
      };
    };
  };
in
flake-parts-lib.mkTransposedPerSystemModule {
  name = "apps";
  file = ./apps.nix;
  option = mkOption {
    type = types.lazyAttrsOf app;
    default = { };
  };
}
