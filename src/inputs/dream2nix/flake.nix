{
  description = "Stand-in for github:nix-community/dream2nix";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixpkgs-unstable";

  outputs =
    # The lock of a project may name inputs of the real one that are not needed here.
    { self, nixpkgs, ... }:
    let
      inherit (nixpkgs) lib;
      files = lib.filter (lib.hasSuffix ".nix") (builtins.attrNames (builtins.readDir ./modules));
      known = map (lib.removeSuffix ".nix") files;
      named = builtins.fromJSON (builtins.readFile ./modules/named.json);
    in
    {
      lib = import ./lib.nix {
        inherit lib;
        dream2nix = self;
      };
      modules.dream2nix =
        lib.genAttrs named (
          name: throw "the stand-in for dream2nix knows the module '${name}' by its name only"
        )
        // lib.genAttrs known (name: ./modules + "/${name}.nix");
      # The real one repairs about twenty packages, torch and its libraries among them.
      overrides.python = { };
    };
}
