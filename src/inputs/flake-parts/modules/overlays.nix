{ lib, ... }:
let
  inherit (lib) types;
in
{
  options.flake.overlays = lib.mkOption {
    type = types.lazyAttrsOf (
      types.uniq (types.functionTo (types.functionTo (types.lazyAttrsOf types.unspecified)))
    );
    # `nix flake check` wants to see the two arguments.
    apply = builtins.mapAttrs (
      _: overlay: final: prev:
      overlay final prev
    );
    default = { };
  };
}
