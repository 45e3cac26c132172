{
  description = "A contacts app and all that it needs";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";

    pyproject-nix = {
      url = "github:pyproject-nix/pyproject.nix";
      inputs.nixpkgs.follows = "nixpkgs";
    };
  };

  outputs =
    {
      self,
      nixpkgs,
      pyproject-nix,
    }:
    let
      inherit (nixpkgs) lib;

      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "aarch64-darwin"
      ];
      forEachSystem = lib.genAttrs systems;

      project = pyproject-nix.lib.project.loadRequirementsTxt { requirements = ./requirements.txt; };

      environmentFor =
        python:
        let
          others = project.validators.validateVersionConstraints { inherit python; };
          lines = lib.mapAttrsToList (name: found: "\n  ${name} ${found.version}") others;
        in
        lib.warnIf (others != { }) "not as pinned:${lib.concatStrings lines}" (
          python.withPackages (project.renderers.withPackages { inherit python; })
        );
    in
    {
      packages = forEachSystem (system: {
        default = environmentFor nixpkgs.legacyPackages.${system}.python313;
      });

      devShells = forEachSystem (
        system:
        let
          pkgs = nixpkgs.legacyPackages.${system};
        in
        {
          default = pkgs.mkShell {
            packages = [ self.packages.${system}.default ];
          };
        }
      );
    };

  nixConfig = {
    bash-prompt-prefix = "(contacts) ";
  };
}
