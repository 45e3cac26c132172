{ lib, ... }:
{
  imports = [ ./level.nix ];
  options.enable = lib.mkOption {
    type = lib.types.bool;
    default = true;
  };
}
