{ lib, flake-parts-lib, ... }:
let
  inherit (lib) types;
in
flake-parts-lib.mkTransposedPerSystemModule {
  name = "checks";
  file = ./checks.nix;
  option = lib.mkOption {
    type = types.lazyAttrsOf types.package;
    default = { };
  };
}
