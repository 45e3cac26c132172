{
  description = "An app from elsewhere and all that it needs";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";
    contact-app = {
      url = "github:bigskysoftware/contact-app";
      flake = false;
    };
  };

  outputs =
    {
      self,
      nixpkgs,
      contact-app,
    }:
    let
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "aarch64-darwin"
      ];
      inherit (nixpkgs) lib;
      forEachSystem = lib.genAttrs systems;

      requirements = builtins.readFile "${contact-app}/requirements.txt";
      lines = builtins.filter (line: line != "") (lib.splitString "\n" requirements);
      nameOf = line: lib.toLower (builtins.head (lib.splitString "==" line));
      names = map nameOf lines;

      pythonFor = pkgs: pkgs.python313.withPackages (ps: map (name: ps.${name}) names);
    in
    {
      lib.requirements = names;

      packages = forEachSystem (
        system:
        let
          pkgs = nixpkgs.legacyPackages.${system};
        in
        {
          default = pkgs.writeShellApplication {
            name = "contact-app";
            runtimeInputs = [ (pythonFor pkgs) ];
            text = ''
              folder=$(mktemp -d)
              cp -r ${contact-app}/. "$folder"
              chmod -R u+w "$folder"
              cd "$folder"
              exec python app.py
            '';
          };
        }
      );

      devShells = forEachSystem (
        system:
        let
          pkgs = nixpkgs.legacyPackages.${system};
        in
        {
          default = pkgs.mkShell {
            packages = [ (pythonFor pkgs) ];
          };
        }
      );
    };

  nixConfig = {
    bash-prompt-prefix = "(contacts) ";
  };
}
