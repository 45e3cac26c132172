{ lib, ... }:
let
  inherit (lib) types;
  one = [
    types.bool
    types.int
    types.str
    types.path
    types.package
  ];
in
{
  options.env = lib.mkOption {
    type = types.attrsOf (types.nullOr (types.oneOf (one ++ [ (types.listOf (types.oneOf one)) ])));
    default = { };
  };
}
