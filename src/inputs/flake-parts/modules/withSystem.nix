{
  lib,
  flake-parts-lib,
  getSystem,
  ...
}:
{
  options.perSystem = flake-parts-lib.mkPerSystemOption (
    {
      config,
      options,
      specialArgs,
      ...
    }:
    {
      _file = ./withSystem.nix;
      options.allModuleArgs = lib.mkOption {
        type = lib.types.lazyAttrsOf lib.types.raw;
        internal = true;
        readOnly = true;
      };
      config.allModuleArgs = config._module.args // specialArgs // { inherit config options; };
    }
  );
  config._module.args.withSystem = system: f: f (getSystem system).allModuleArgs;
}
