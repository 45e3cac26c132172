# What a package takes from outside, by name: a set of its own, so that each can be replaced.
{
  config,
  lib,
  packageSets,
  ...
}:
{
  options.deps = lib.mkOption {
    type = lib.types.submoduleWith {
      modules = [ { freeformType = lib.types.lazyAttrsOf lib.types.raw; } ];
      specialArgs = packageSets;
    };
    default = { };
  };
  config._module.args.pkgs =
    config.deps
    // lib.optionalAttrs (packageSets ? nixpkgs) (
      builtins.mapAttrs (name: value: config.deps.${name} or value) packageSets.nixpkgs
    );
}
