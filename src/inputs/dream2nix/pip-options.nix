# The options below `pip`, by name.
{
  lib,
  overrideType,
  dream2nix,
  specialArgs,
}:
let
  inherit (lib) mkOption types;
  internal = type: mkOption {
    inherit type;
    internal = true;
  };
  strings = default: mkOption {
    type = types.listOf types.str;
    inherit default;
  };
  set = type: default: mkOption {
    type = types.attrsOf type;
    inherit default;
  };
  builders = [
    "cython"
    "flit-core"
    "flit-scm"
    "hatch-fancy-pypi-readme"
    "hatch-nodejs-version"
    "hatch-vcs"
    "hatchling"
    "pbr"
    "pdm-pep517"
    "poetry-core"
    "poetry-dynamic-versioning"
    "setuptools"
    "setuptools-odoo"
    "setuptools-scm"
    "versioneer"
    "wheel"
  ];
in
{
  requirementsList = strings [ ];
  requirementsFiles = strings [ ];
  pipFlags = strings [ ];
  pipVersion = mkOption {
    type = types.str;
    default = "24.0";
  };
  pypiSnapshotDate = mkOption {
    type = types.nullOr types.str;
    default = null;
    apply =
      date:
      lib.warnIf (date != null)
        "pypiSnapshot date has been removed, as we didn't see a need for it anymore. Please let us now if you do."
        date;
  };
  env = set types.str { };
  buildDependencies = set types.bool (lib.genAttrs builders (_: true));
  buildExtras = strings [ ];
  nativeBuildInputs = mkOption {
    type = types.listOf types.package;
    default = [ ];
  };
  flattenDependencies = mkOption {
    type = types.bool;
    default = false;
  };
  ignoredDependencies = strings [ "wheel" ];
  overrideAll = mkOption {
    type = overrideType;
    default = { };
  };
  overrides = set overrideType { };
  editables = mkOption { type = types.attrsOf types.str; };
  editablesShellHook = mkOption {
    type = types.str;
    readOnly = true;
  };
  editablesDevShell = mkOption {
    type = types.package;
    readOnly = true;
  };

  targets = internal types.raw;
  rootDependencies = internal (types.attrsOf types.bool);
  name = internal types.str;
  pyEnv = internal types.package;
  paths = mkOption {
    type = types.attrsOf types.str;
    default = { };
    internal = true;
  };
  drvs = mkOption {
    internal = true;
    type = types.lazyAttrsOf (
      types.submoduleWith {
        inherit specialArgs;
        modules = [ dream2nix.modules.dream2nix.core ];
      }
    );
  };
}
