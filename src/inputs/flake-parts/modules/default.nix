# The modules that every flake of flake-parts has, by the names under which `flakeModules` offers them.
{
  apps = ./apps.nix;
  checks = ./checks.nix;
  debug = ./debug.nix;
  devShells = ./devShells.nix;
  flake = ./flake.nix;
  formatter = ./formatter.nix;
  legacyPackages = ./legacyPackages.nix;
  moduleWithSystem = ./moduleWithSystem.nix;
  nixosConfigurations = ./nixosConfigurations.nix;
  nixosModules = ./nixosModules.nix;
  nixpkgs = ./nixpkgs.nix;
  overlays = ./overlays.nix;
  packages = ./packages.nix;
  perSystem = ./perSystem.nix;
  transposition = ./transposition.nix;
  withSystem = ./withSystem.nix;
}
