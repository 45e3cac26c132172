# Name and version stand at the top, where they can be read without working out the package.
{ config, lib, ... }:
let
  inherit (lib) mkOption types;
in
{
  imports = [ ./public.nix ];

  options = {
    name = mkOption { type = types.str; };
    version = mkOption { type = types.str; };
    drvPath = mkOption {
      type = types.path;
      internal = true;
    };
    type = mkOption {
      type = types.str;
      internal = true;
    };
  };
  config = {
    public = {
      name = lib.mkDefault config.name;
      version = lib.mkDefault config.version;
      ${if config ? lock then "lock" else null} = config.lock.refresh;
    };
    type = "derivation";
    inherit (config.public) drvPath;
  };
}
