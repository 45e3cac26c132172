{
  description = "Stand-in for github:pyproject-nix/pyproject.nix";

  inputs.nixpkgs.url = "github:nixos/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }:
    {
      inherit (import ./. { inherit (nixpkgs) lib; }) lib build;
    };
}
