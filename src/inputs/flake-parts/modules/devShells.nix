{ lib, flake-parts-lib, ... }:
let
  inherit (lib) types;
in
flake-parts-lib.mkTransposedPerSystemModule {
  name = "devShells";
  file = ./devShells.nix;
  option = lib.mkOption {
    type = types.lazyAttrsOf types.package;
    default = { };
  };
}
