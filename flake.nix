{
  description = "Nix flakes for Python developers: the examples as templates, and a shell for those who work on the site";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";
  };

  outputs =
    { nixpkgs, ... }:
    let
      inherit (nixpkgs) lib;

      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "aarch64-darwin"
      ];
      forEachSystem = function: lib.genAttrs systems (system: function nixpkgs.legacyPackages.${system});

      # `examples` is a flake too: the one that the built site serves as a tarball.
      inherit ((import ./examples/flake.nix).outputs { self = ./examples; }) templates;
    in
    {
      inherit templates;

      devShells = forEachSystem (pkgs: {
        default = pkgs.mkShell {
          packages = [
            pkgs.nodejs
            pkgs.git
            pkgs.nixfmt
          ];

          shellHook = ''
            echo "npm start shows the site, npm test checks everything"
          '';
        };
      });

      checks = forEachSystem (
        pkgs:
        let
          needed = [
            "flake.nix"
            "flake.lock"
            ".envrc"
            ".gitignore"
            "README.md"
          ];
          missing = lib.concatLists (
            lib.mapAttrsToList (
              name: template:
              map (file: "examples/${name}/${file}") (
                builtins.filter (file: !builtins.pathExists (template.path + "/${file}")) needed
              )
            ) (removeAttrs templates [ "default" ])
          );
        in
        {
          templates =
            if missing == [ ] then
              pkgs.runCommand "templates" { } "touch $out"
            else
              throw "templates are not complete:\n${lib.concatLines missing}";
        }
      );

      formatter = forEachSystem (pkgs: pkgs.nixfmt-tree);
    };
}
