{
  description = "A contacts app and all that it needs";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";
  };

  outputs =
    { self, nixpkgs }:
    let
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "aarch64-darwin"
      ];
      forEachSystem = nixpkgs.lib.genAttrs systems;

      pythonFor =
        pkgs:
        let
          python = pkgs.python313.override {
            self = python;
            packageOverrides = import ./python-packages.nix {
              inherit pkgs;
              inherit (pkgs) fetchurl fetchgit fetchhg;
            };
          };
        in
        python;
    in
    {
      packages = forEachSystem (
        system:
        let
          python = pythonFor nixpkgs.legacyPackages.${system};
        in
        {
          default = python.withPackages (ps: [ ps.Flask ]);

          inherit (python.pkgs)
            Flask
            Jinja2
            MarkupSafe
            Werkzeug
            click
            importlib-metadata
            itsdangerous
            zipp
            ;
        }
      );

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
