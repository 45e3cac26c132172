{
  description = "Stand-in for github:cachix/devenv";

  inputs.nixpkgs.url = "github:cachix/devenv-nixpkgs/rolling";

  outputs =
    { ... }:
    let
      lib = import ./lib.nix;
    in
    {
      inherit lib;
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
