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

      pkgsFor = system: nixpkgs.legacyPackages.${system}.extend self.overlays.default;
    in
    {
      overlays.default = final: prev: {
        pythonPackagesExtensions = prev.pythonPackagesExtensions ++ [ (import ./pins.nix) ];
      };

      packages = forEachSystem (
        system:
        let
          python = (pkgsFor system).python313;
        in
        {
          default = python.withPackages (ps: [
            ps.flask
            ps.importlib-metadata
          ]);

          inherit (python.pkgs)
            click
            flask
            importlib-metadata
            itsdangerous
            jinja2
            markupsafe
            werkzeug
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
