# The arguments of nixpkgs' mkDerivation as options, each with a type.
{
  config,
  dream2nix,
  lib,
  specialArgs,
  ...
}:
let
  inherit (lib) mkOption types;
  names = builtins.fromJSON (builtins.readFile ./mkDerivation.json);
  orNull = type: mkOption {
    type = types.nullOr type;
    default = null;
  };
  loose = types.oneOf [
    types.str
    types.path
    types.package
  ];
  # A package may be given as the module that makes it.
  part =
    let
      module = types.submoduleWith {
        modules = [ dream2nix.modules.dream2nix.core ];
        inherit specialArgs;
      };
    in
    module // { check = value: module.check value && value.type or null != "derivation"; };

  kinds = {
    list = orNull (types.listOf types.anything);
    boolean = orNull types.bool;
    string = orNull types.str;
    strings = orNull (types.listOf types.str);
    set = mkOption {
      type = types.nullOr types.attrs;
      default = { };
    };
    package = mkOption {
      type = types.nullOr (types.either loose part);
      default = null;
      apply = value: value.public or value;
    };
  };
  cfg = config.mkDerivation;
  checked = builtins.mapAttrs (
    name: value:
    if cfg ? ${name} then
      throw ''
        Error while evaluating definitions for derivation ${config.name}
        The environment variable defined via `env.${name}' collides with the option mkDerivation.`${name}'.
        Specify the top-level option instead, or rename the environment variable.
      ''
    else
      value
  ) config.env;
in
{
  imports = [
    ./deps.nix
    ./env.nix
    ./package-func.nix
    ./ui.nix
  ];

  options.mkDerivation =
    lib.concatMapAttrs (kind: options: lib.genAttrs options (_: kinds.${kind})) names
    // {
      args = orNull (types.listOf (types.oneOf [
        types.str
        types.path
      ]));
      exportReferenceGraph = orNull (types.listOf (types.either types.str types.package));
      outputs = mkOption {
        type = types.nullOr (types.listOf types.str);
        default = [ "out" ];
      };
      srcs = orNull (types.listOf loose);
    };
  options.deps.stdenv = mkOption { type = types.raw; };

  config = {
    deps = { nixpkgs, ... }: { stdenv = lib.mkOverride 1050 nixpkgs.stdenv; };
    public = lib.getAttrs (builtins.filter (name: cfg.passthru ? ${name}) [
      "meta"
      "tests"
    ]) cfg.passthru;
    package-func = {
      inherit (cfg) outputs;
      func = lib.mkDefault config.deps.stdenv.mkDerivation;
      args =
        checked
        // lib.filterAttrs (_: value: value != null) cfg
        // {
          pname = config.name;
          inherit (config.public) version;
          outputs = lib.unique cfg.outputs;
        };
    };
  };
}
