# The arguments of nixpkgs' buildPythonPackage as options.
{ config, lib, ... }:
let
  inherit (lib) mkOption types;
  flag = default: mkOption {
    type = types.bool;
    inherit default;
  };
  list = type: mkOption {
    type = types.listOf type;
    default = [ ];
  };
  loose = types.oneOf [
    types.str
    types.path
    types.package
  ];
in
{
  imports = [
    ./mkDerivation.nix
    ./deps.nix
  ];

  options.buildPythonPackage = {
    pyproject = mkOption {
      type = types.nullOr types.bool;
      default = null;
    };
    format = mkOption { type = types.nullOr types.str; };
    build-system = list loose;
    dependencies = list loose;
    optional-dependencies = mkOption {
      type = types.attrsOf loose;
      default = { };
    };
    disabled = flag false;
    catchConflicts = flag true;
    dontWrapPythonPrograms = flag false;
    dontUsePipInstall = flag false;
    permitUserSite = flag false;
    removeBinBytecode = flag true;
    makeWrapperArgs = list types.str;
    disabledTestPaths = list types.anything;
    disabledTests = list types.str;
    pytestFlagsArray = list types.str;
    pipInstallFlags = list types.str;
    pythonImportsCheck = list types.str;
    pythonRemoveDeps = list types.str;
    pythonRelaxDeps = mkOption {
      type = types.oneOf [
        (types.listOf types.str)
        types.bool
      ];
      default = [ ];
    };
  };
  options.deps.python = mkOption { type = types.package; };

  config = {
    buildPythonPackage.format = lib.mkOptionDefault (
      if config.buildPythonPackage.pyproject == null then "setuptools" else null
    );
    package-func = {
      func = config.deps.python.pkgs.buildPythonPackage;
      args = config.buildPythonPackage;
    };
    deps = { nixpkgs, ... }: { python = lib.mkOptionDefault nixpkgs.python3; };
  };
}
