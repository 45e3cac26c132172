{ lib }:
lib.fix (
  self:
  builtins.mapAttrs (_: part: import part ({ inherit lib; } // self)) {
    pep440 = ./pep440.nix;
    pep508 = ./pep508.nix;
    pep518 = ./pep518.nix;
    pep599 = ./pep599.nix;
    pep600 = ./pep600.nix;
    pep621 = ./pep621.nix;
    pep656 = ./pep656.nix;
    pip = ./pip.nix;
    project = ./project.nix;
    pypa = ./pypa.nix;
    renderers = ./renderers.nix;
    util = ./util.nix;
    validators = ./validators.nix;
  }
)
