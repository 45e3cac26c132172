{ lib, pyproject-nix }:
lib.fix (
  self:
  builtins.mapAttrs (_: part: import part ({ inherit lib pyproject-nix; } // self)) {
    build = ./build.nix;
    lock1 = ./lock1.nix;
    overlays = ./overlays.nix;
    workspace = ./workspace.nix;
  }
)
