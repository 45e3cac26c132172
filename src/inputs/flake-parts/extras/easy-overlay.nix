# flakeModules.easyOverlay: overlays.default out of perSystem's overlayAttrs.
top@{
  lib,
  flake-parts-lib,
  getSystemIgnoreWarning,
  ...
}:
let
  inherit (lib) mkOption types;
in
{
  options.perSystem = flake-parts-lib.mkPerSystemOption (
    { extendModules, pkgs, ... }:
    {
      _file = ./easy-overlay.nix;
      options = {
        extendModules = mkOption {
          type = types.raw;
          default = extendModules;
          internal = true;
        };
        overlayAttrs = mkOption {
          type = types.lazyAttrsOf types.raw;
          default = { };
        };
      };
      config._module.args.final = lib.mkDefault (pkgs.extend top.config.flake.overlays.default);
    }
  );
  config.flake.overlays.default =
    final: prev:
    let
      system =
        prev.stdenv.hostPlatform.system or prev.system
          or (throw "Could not determine the `hostPlatform` of Nixpkgs. Was this overlay loaded as a Nixpkgs overlay, or was it loaded into something else?");
      again = (getSystemIgnoreWarning system).extendModules {
        modules = [
          {
            _file = "flake-parts#flakeModules.easyOverlay/overlay-overrides";
            _module.args.pkgs = lib.mkForce prev;
            _module.args.final = lib.mkForce final;
          }
        ];
      };
    in
    again.config.overlayAttrs;
}
