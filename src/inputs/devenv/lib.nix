let
  mkEval =
    {
      pkgs,
      inputs,
      modules,
      lib ? pkgs.lib,
    }:
    lib.evalModules {
      class = "devenv";
      specialArgs = inputs // {
        inherit inputs;
      };
      modules = [
        ./modules/top-level.nix
        (
          { config, ... }:
          {
            _module.args.pkgs = if config ? overlays then pkgs.appendOverlays config.overlays else pkgs;
            devenv.flakesIntegration = true;
            devenv.warnOnNewVersion = false;
          }
        )
      ]
      ++ modules;
    };
  mkConfig = args: (mkEval args).config;
in
{
  inherit mkEval mkConfig;
  # The shell of `modules`, with `.config` (all options) and `.ci`.
  mkShell =
    args:
    let
      config = mkConfig args;
    in
    config.shell
    // {
      inherit config;
      ci = config.ciDerivation;
    };
}
