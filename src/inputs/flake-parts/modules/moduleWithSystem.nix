{ withSystem, ... }:
{
  config._module.args.moduleWithSystem =
    module:
    { config, ... }:
    let
      system =
        config._module.args.system or config._module.args.pkgs.stdenv.hostPlatform.system
          or (throw "moduleWithSystem: Could not determine the configuration's system parameter for this module system application.");
      all = withSystem system (args: args);
    in
    {
      imports = [
        (module (
          builtins.mapAttrs (
            name: _: all.${name} or (throw "moduleWithSystem: module argument `${name}` does not exist.")
          ) (builtins.functionArgs module)
        ))
      ];
    };
}
