# A function that makes derivations, its arguments, and the package that comes of them.
{
  config,
  extendModules,
  lib,
  ...
}:
let
  inherit (lib) mkOption types;
  internal = type: mkOption {
    inherit type;
    internal = true;
  };
  outputs = lib.unique config.package-func.outputs;
  made = config.package-func.result;
  first = lib.getFirstOutput outputs made;
in
{
  imports = [ ./public.nix ];

  options.package-func = {
    outputs = internal (types.listOf types.str);
    args = internal (types.lazyAttrsOf (types.either (types.listOf types.raw) types.anything));
    func = internal types.raw;
    result = internal types.raw;
  };
  config = {
    package-func.result = config.package-func.func config.package-func.args;
    public = lib.genAttrs outputs (output: made.${output}) // {
      inherit outputs config extendModules;
      inherit (first) drvPath outPath outputName;
      type = "derivation";
    };
  };
}
