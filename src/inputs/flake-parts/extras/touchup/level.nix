# One level of outputs. In a file of its own, so that a module that is imported twice counts once.
{
  config,
  options,
  lib,
  ...
}:
let
  inherit (lib) mkOption types;
  context = builtins.addErrorContext;
  one =
    name: value:
    let
      touched =
        (lib.evalModules {
          prefix = lib.init options.attr.loc;
          specialArgs.attrName = name;
          modules = [
            (config.attr.${name} or ./entry.nix)
            (if config.any == null then { } else config.any)
          ];
        }).config;
    in
    lib.optionalAttrs (context "while figuring out whether to enable '${name}'" touched.enable) {
      ${name} = context "while touching up attribute '${name}'" (touched.touchupApply value);
    };
in
{
  options = {
    attr = mkOption {
      type = types.lazyAttrsOf (types.deferredModuleWith { staticModules = [ ./entry.nix ]; });
      default = { };
    };
    any = mkOption {
      type = types.nullOr (types.deferredModuleWith { staticModules = [ ./entry.nix ]; });
      default = null;
    };
    type = mkOption {
      type = types.raw;
      default = types.raw;
    };
    finish = mkOption {
      type = types.functionTo config.type;
      default = value: value;
    };
    touchupApply = mkOption {
      internal = true;
      readOnly = true;
      type = types.functionTo types.raw;
    };
  };
  config.touchupApply =
    value:
    config.finish (
      if config.attr != { } || config.any != null then lib.concatMapAttrs one value else value
    );
}
