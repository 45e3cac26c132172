{
  description = "Stand-in for github:pyproject-nix/uv2nix";

  inputs = {
    nixpkgs.url = "github:nixos/nixpkgs/nixos-unstable";
    pyproject-nix.url = "github:pyproject-nix/pyproject.nix";
    pyproject-nix.inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    { nixpkgs, pyproject-nix, ... }:
    {
      lib = import ./lib {
        inherit (nixpkgs) lib;
        inherit pyproject-nix;
      };
    };
}
