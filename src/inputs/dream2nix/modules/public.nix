# `public` is the package: all that Nix expects of a derivation, and more.
{ lib, ... }:
let
  inherit (lib) mkOption types;
  internal = args: mkOption ({ internal = true; } // args);
in
{
  options.public = mkOption {
    type = types.submodule {
      freeformType = types.lazyAttrsOf types.anything;
      options = {
        name = internal { type = types.str; };
        version = internal { type = types.str; };
        meta = internal {
          type = types.attrs;
          default = { };
        };
        tests = internal {
          type = types.attrs;
          default = { };
        };
        outputs = internal { type = types.listOf types.str; };
        drvPath = internal { type = types.path; };
        outPath = internal { type = types.path; };
        outputName = internal { type = types.str; };
        type = internal {
          type = types.str;
          default = "derivation";
        };
        config = internal {
          type = types.raw;
          readOnly = true;
        };
        extendModules = internal { type = types.raw; };
      };
    };
  };
}
