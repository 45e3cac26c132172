{
  config,
  lib,
  dream2nix,
  ...
}:
let
  lines = lib.splitString "\n" (builtins.readFile ./requirements.txt);
  setuptools = config.deps.python.pkgs.setuptools;
in
{
  imports = [ dream2nix.modules.dream2nix.pip ];

  name = "contacts";
  version = "0.1.0";

  deps =
    { nixpkgs, ... }:
    {
      python = nixpkgs.python313;
    };

  mkDerivation.src = lib.cleanSource ./.;

  buildPythonPackage = {
    pyproject = true;
    build-system = [ setuptools ];
  };

  pip = {
    requirementsList = builtins.filter (line: line != "") lines;
    flattenDependencies = true;

    overrides.markupsafe.buildPythonPackage = {
      pyproject = true;
      build-system = [ setuptools ];
    };
  };
}
