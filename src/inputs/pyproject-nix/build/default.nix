{ lib, pyproject-nix }:
lib.fix (self: {
  lib = import ./lib { inherit lib pyproject-nix; };
  packages = import ./packages.nix {
    inherit lib;
    inherit (self.lib) resolvers;
  };
  hacks = import ./hacks.nix;
  util = import ./util.nix;
})
