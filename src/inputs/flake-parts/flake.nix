{
  description = "Stand-in for github:hercules-ci/flake-parts";

  inputs.nixpkgs-lib.url = "github:nix-community/nixpkgs.lib";

  outputs =
    { self, nixpkgs-lib }:
    let
      extras = {
        easyOverlay = ./extras/easy-overlay.nix;
        flakeModules = ./extras/flake-modules.nix;
        modules = ./extras/modules.nix;
        touchup = ./extras/touchup.nix;
      };
      core = import ./modules;
    in
    {
      lib = import ./lib.nix {
        inherit (nixpkgs-lib) lib;
        inherit extras;
        core = builtins.attrValues core;
        revision = if nixpkgs-lib ? rev then " (nixpkgs-lib.rev: ${nixpkgs-lib.rev})" else "";
      };
      flakeModules = core // extras;
      templates.default = {
        path = ./template;
        description = "A minimal flake using flake-parts.\n";
      };
    };
}
