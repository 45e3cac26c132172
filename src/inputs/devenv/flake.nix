{
  description = "Stand-in for github:cachix/devenv";

  inputs.nixpkgs.url = "github:cachix/devenv-nixpkgs/rolling";

  outputs =
    { self, ... }:
    {
      lib = import ./lib.nix;
      templates = {
        flake = {
          path = ./templates/flake;
          description = "A direnv supported Nix flake with devenv integration.";
          welcomeText = ''
            # `.devenv` should be added to `.gitignore`
            ```sh
              echo .devenv >> .gitignore
            ```
          '';
        };
        simple = self.templates.flake;
        default = self.templates.flake;
      };
      flakeModules.readDevenvRoot =
        { inputs, lib, ... }:
        let
          root = if inputs ? devenv-root then builtins.readFile inputs.devenv-root.outPath else "";
        in
        {
          config = lib.mkIf (root != "") { devenv.root = root; };
        };
    };
}
