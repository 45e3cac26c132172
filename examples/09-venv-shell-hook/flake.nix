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
    in
    {
      devShells = forEachSystem (
        system:
        let
          pkgs = nixpkgs.legacyPackages.${system};
          python = pkgs.python313;
          libraries = [
            pkgs.stdenv.cc.cc.lib
            pkgs.zlib
          ];
        in
        {
          default = pkgs.mkShell {
            packages = [
              python
              python.pkgs.venvShellHook
            ];

            venvDir = "./.venv";

            preShellHook = ''
              unset SOURCE_DATE_EPOCH
            '';

            postVenvCreation = ''
              pip install -r requirements.txt
            '';

            env = pkgs.lib.optionalAttrs pkgs.stdenv.isLinux {
              LD_LIBRARY_PATH = pkgs.lib.makeLibraryPath libraries;
            };
          };
        }
      );
    };

  nixConfig = {
    bash-prompt-prefix = "(contacts) ";
  };
}
