# flakeModules.touchup: which outputs are shown, and in which form; a tree of modules beside the tree of outputs.
{ config, lib, ... }:
{
  options.touchup = lib.mkOption {
    type = lib.types.submoduleWith { modules = [ ./touchup/level.nix ]; };
  };
  config.processedFlake = config.touchup.touchupApply config.flake;
}
