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
      inherit (nixpkgs) lib;
      forEachSystem = f: lib.genAttrs systems (system: f system nixpkgs.legacyPackages.${system});

      dependencies = ps: [
        ps.flask
        ps.importlib-metadata
      ];
    in
    {
      packages = forEachSystem (
        system: pkgs:
        let
          ps = pkgs.python313.pkgs;
        in
        {
          default = ps.buildPythonApplication {
            pname = "contacts";
            version = "0.1.0";
            pyproject = true;

            src = lib.fileset.toSource {
              root = ./.;
              fileset = lib.fileset.unions [
                ./pyproject.toml
                ./contacts
                ./tests
              ];
            };

            build-system = [ ps.setuptools ];
            dependencies = dependencies ps;
            pythonRelaxDeps = true;

            nativeCheckInputs = [ ps.pytestCheckHook ];
            pythonImportsCheck = [ "contacts" ];

            meta = {
              description = "A small contacts app";
              mainProgram = "contacts";
            };
          };
        }
      );

      apps = forEachSystem (
        system: pkgs:
        let
          demo = pkgs.writeShellApplication {
            name = "contacts-demo";
            text = ''
              CONTACTS_FILE=$(mktemp -d)/contacts.json
              export CONTACTS_FILE
              exec ${lib.getExe self.packages.${system}.default}
            '';
          };
        in
        {
          demo = {
            type = "app";
            program = lib.getExe demo;
            meta.description = "Serve the contacts app with an empty list that nobody keeps";
          };
        }
      );

      checks = forEachSystem (
        system: pkgs: {
          contacts = self.packages.${system}.default;
        }
      );

      devShells = forEachSystem (
        system: pkgs: {
          default = pkgs.mkShell {
            packages = [ (pkgs.python313.withPackages (ps: dependencies ps ++ [ ps.pytest ])) ];
          };
        }
      );

      formatter = forEachSystem (system: pkgs: pkgs.nixfmt-tree);
    };

  nixConfig = {
    bash-prompt-prefix = "(contacts) ";
  };
}
