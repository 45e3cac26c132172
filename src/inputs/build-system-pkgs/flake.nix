{
  description = "Stand-in for github:pyproject-nix/build-system-pkgs";

  inputs = {
    nixpkgs.url = "github:nixos/nixpkgs/nixos-unstable";
    pyproject-nix.url = "github:nix-community/pyproject.nix";
    pyproject-nix.inputs.nixpkgs.follows = "nixpkgs";
    uv2nix.url = "github:pyproject-nix/uv2nix";
    uv2nix.inputs.pyproject-nix.follows = "pyproject-nix";
    uv2nix.inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    { self, nixpkgs, ... }:
    let
      inherit (nixpkgs) lib;
      facts = builtins.fromJSON (builtins.readFile ./packages.json);

      # Each build system as a package of the set, built from a wheel or from its source.
      overlay =
        format: final: _prev:
        builtins.mapAttrs (
          pname: fact:
          final.callPackage (
            {
              stdenv,
              pyprojectHook,
              pyprojectWheelHook,
            }:
            stdenv.mkDerivation {
              inherit pname;
              inherit (fact) version;
              nativeBuildInputs = [ (if format == "wheel" then pyprojectWheelHook else pyprojectHook) ];
              passthru = {
                dependencies = lib.genAttrs fact.needs or [ ] (_: [ ]);
                inherit format;
              };
            }
          ) { }
        ) facts;
    in
    {
      overlays = {
        wheel = overlay "wheel";
        sdist = overlay "pyproject";
        default = self.overlays.sdist;
      };
    };
}
