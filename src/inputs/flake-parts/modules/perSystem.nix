{
  config,
  lib,
  flake-parts-lib,
  self,
  ...
}:
let
  inherit (lib) mkOption types;
  top = config;
  quote = lib.strings.escapeNixIdentifier;
  context = builtins.addErrorContext;

  # What belongs to the top level is refused inside, with the way out: `self` and `inputs` have a form for one system.
  onTop =
    param:
    throw ''
      `${param}` is not a `perSystem` module argument, but a module argument of
      the top level config.

      ${usage param ""}'';
  onTopPrimed =
    param:
    throw ''
      `${param}` (without `'`) is not a `perSystem` module argument, but a
      module argument of the top level config.

      ${usage param "${param}', "}'';
  usage = param: primed: ''
    The following is an example usage of `${param}`. Note that its binding
    is in the `top` parameter list, which is declared by the top level module
    rather than the `perSystem` module.

      top@{ config, lib, ${param}, ... }: {
        perSystem = { config, ${primed}... }: {
          # in scope here:
          #  - ${param}
    ${lib.optionalString (primed != "") "      #  - ${param}'\n"}      #  - config (of perSystem)
          #  - top.config (note the `top@` pattern)
        };
      }
  '';

  forInput =
    system: name: input:
    context "while retrieving system-dependent attributes for input ${quote name}" (
      if input._type or null == "flake" then
        top.perInput system input
      else
        throw "Trying to retrieve system-dependent attributes for input ${quote name}, but this input is not a flake. Perhaps flake = false was added to the input declarations by mistake, or you meant to use a different input, or you meant to use plain old inputs, not inputs'."
    );
in
{
  options = {
    systems = mkOption { type = types.listOf types.str; };
    perInput = mkOption {
      type = types.functionTo (types.functionTo (types.lazyAttrsOf types.unspecified));
    };
    perSystem = mkOption {
      type = flake-parts-lib.mkPerSystemType (
        { system, ... }:
        {
          _file = ./perSystem.nix;
          config._module.args = {
            inputs' = builtins.mapAttrs (forInput system) self.inputs;
            self' = context "while retrieving system-dependent attributes for a flake's own outputs" (
              top.perInput system self
            );
            self = onTopPrimed "self";
            inputs = onTopPrimed "inputs";
            getSystem = onTop "getSystem";
            withSystem = onTop "withSystem";
            moduleWithSystem = onTop "moduleWithSystem";
          };
        }
      );
      apply =
        modules: system:
        (lib.evalModules {
          inherit modules;
          prefix = [
            "perSystem"
            system
          ];
          specialArgs = { inherit system; };
          class = "perSystem";
        }).config;
    };
    allSystems = mkOption {
      type = types.lazyAttrsOf types.unspecified;
      internal = true;
    };
  };

  config = {
    allSystems = lib.genAttrs config.systems config.perSystem;
    _module.args = rec {
      getSystem = system: config.allSystems.${system} or (config.perSystem system);
      getSystemIgnoreWarning = getSystem;
    };
  };
}
