{
  config,
  lib,
  flake-parts-lib,
  ...
}:
let
  inherit (lib) mkOption types;
  # An output that is null fails `nix flake check`, so whether there is a formatter is asked without a system.
  asked = builtins.tryEval (config.perSystem (throw "flake-parts probes perSystem without a valid `system`")).formatter;
in
{
  options = {
    flake.formatter = mkOption {
      type = types.lazyAttrsOf (types.nullOr types.package);
      default = { };
    };
    perSystem = flake-parts-lib.mkPerSystemOption {
      _file = ./formatter.nix;
      options.formatter = mkOption {
        type = types.nullOr types.package;
        default = null;
      };
    };
  };
  config = {
    flake.formatter = lib.optionalAttrs (!asked.success || asked.value != null) (
      builtins.mapAttrs (
        system: own:
        if own.formatter != null then
          own.formatter
        else
          throw "flake-parts could not determine statically that no formatter is defined for *all* systems.\n"
      ) config.allSystems
    );
    perInput = system: flake: { formatter = flake.formatter.${system}; };
  };
}
