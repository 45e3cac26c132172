{
  description = "A contacts app and all that it needs";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";

    pyproject-nix = {
      url = "github:pyproject-nix/pyproject.nix";
      inputs.nixpkgs.follows = "nixpkgs";
    };

    uv2nix = {
      url = "github:pyproject-nix/uv2nix";
      inputs.nixpkgs.follows = "nixpkgs";
      inputs.pyproject-nix.follows = "pyproject-nix";
    };

    pyproject-build-systems = {
      url = "github:pyproject-nix/build-system-pkgs";
      inputs.nixpkgs.follows = "nixpkgs";
      inputs.pyproject-nix.follows = "pyproject-nix";
      inputs.uv2nix.follows = "uv2nix";
    };
  };

  outputs =
    {
      self,
      nixpkgs,
      pyproject-nix,
      uv2nix,
      pyproject-build-systems,
    }:
    let
      inherit (nixpkgs) lib;

      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "aarch64-darwin"
      ];
      forEachSystem = lib.genAttrs systems;

      workspace = uv2nix.lib.workspace.loadWorkspace { workspaceRoot = ./.; };

      locked = workspace.mkPyprojectOverlay { sourcePreference = "wheel"; };
      editable = workspace.mkEditablePyprojectOverlay { root = "$REPO_ROOT"; };

      # There is no wheel of MarkupSafe 2.1.1 for Python 3.13, and uv.lock does not say what builds its source.
      fixes = final: prev: {
        markupsafe = prev.markupsafe.overrideAttrs (old: {
          nativeBuildInputs = old.nativeBuildInputs ++ final.resolveBuildSystem { setuptools = [ ]; };
        });
      };

      pythonSets = forEachSystem (
        system:
        let
          pkgs = nixpkgs.legacyPackages.${system};
          base = pkgs.callPackage pyproject-nix.build.packages { python = pkgs.python313; };
        in
        base.overrideScope (
          lib.composeManyExtensions [
            pyproject-build-systems.overlays.wheel
            locked
            fixes
          ]
        )
      );

      environments = forEachSystem (
        system: pythonSets.${system}.mkVirtualEnv "contacts-env" workspace.deps.default
      );
    in
    {
      packages = forEachSystem (
        system:
        let
          pkgs = nixpkgs.legacyPackages.${system};
          inherit (pkgs.callPackages pyproject-nix.build.util { }) mkApplication;
          application = mkApplication {
            venv = environments.${system};
            package = pythonSets.${system}.contacts;
          };
        in
        {
          default = application.overrideAttrs (old: {
            meta = old.meta // {
              mainProgram = "contacts";
            };
          });
        }
      );

      checks = forEachSystem (
        system:
        let
          pkgs = nixpkgs.legacyPackages.${system};
          environment = pythonSets.${system}.resolveVirtualEnv workspace.deps.default;
          differences = import ./in-step.nix {
            inherit lib;
            requirements = builtins.readFile ./requirements.txt;
            packages = lib.filter (each: each.pname != "contacts") environment;
          };
        in
        {
          package = self.packages.${system}.default;

          tests = pkgs.runCommand "contacts-tests" { nativeBuildInputs = [ environments.${system} ]; } ''
            python -m unittest discover ${./tests}
            touch $out
          '';

          in-step =
            if differences == [ ] then
              pkgs.runCommand "in-step" { } "touch $out"
            else
              throw "requirements.txt and uv.lock are not in step:\n${lib.concatLines differences}";
        }
      );

      devShells = forEachSystem (
        system:
        let
          pkgs = nixpkgs.legacyPackages.${system};
          pythonSet = pythonSets.${system}.overrideScope editable;
          env = pythonSet.mkVirtualEnv "contacts-dev-env" workspace.deps.all;
        in
        {
          default = pkgs.mkShell {
            packages = [
              env
              pkgs.uv
            ];

            env = {
              UV_NO_SYNC = "1";
              UV_PYTHON = pythonSet.python.interpreter;
              UV_PYTHON_DOWNLOADS = "never";
            };

            shellHook = ''
              unset PYTHONPATH
              export REPO_ROOT=$(git rev-parse --show-toplevel)
            '';
          };
        }
      );

      formatter = forEachSystem (system: nixpkgs.legacyPackages.${system}.nixfmt-tree);
    };

  nixConfig = {
    bash-prompt-prefix = "(contacts) ";
  };
}
