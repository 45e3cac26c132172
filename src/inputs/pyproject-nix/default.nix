{ lib }:
lib.fix (self: {
  lib = import ./lib { inherit lib; };
  build = import ./build {
    inherit lib;
    pyproject-nix = self;
  };
})
