{
  description = "A contacts app and all that it needs";

  inputs = {
    poetry2nix.url = "github:nix-community/poetry2nix";
    nixpkgs.follows = "poetry2nix/nixpkgs";
  };

  outputs =
    {
      self,
      nixpkgs,
      poetry2nix,
    }:
    let
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "aarch64-darwin"
      ];
      forEachSystem = nixpkgs.lib.genAttrs systems;

      poetryFor = pkgs: poetry2nix.lib.mkPoetry2Nix { inherit pkgs; };

      project = pkgs: {
        projectDir = ./.;
        python = pkgs.python312;
        preferWheels = true;
      };
    in
    {
      packages = forEachSystem (
        system:
        let
          pkgs = nixpkgs.legacyPackages.${system};
        in
        {
          default = (poetryFor pkgs).mkPoetryApplication (project pkgs);
        }
      );

      devShells = forEachSystem (
        system:
        let
          pkgs = nixpkgs.legacyPackages.${system};
        in
        {
          default = pkgs.mkShell {
            packages = [
              ((poetryFor pkgs).mkPoetryEnv (project pkgs))
              pkgs.poetry
            ];
          };
        }
      );
    };

  nixConfig = {
    bash-prompt-prefix = "(contacts) ";
  };
}
