# perSystem's attributes as outputs by system, and back: what `self'` and `inputs'` have.
{ config, lib, ... }:
let
  inherit (lib) types;
  quote = lib.strings.escapeNixIdentifier;

  absent =
    system: flake: name:
    let
      path = "${quote name}.${quote system}";
      which =
        if flake._type or null != "flake" then
          throw "An attempt was made to access attribute ${path} on a value that's supposed to be a flake, but may not be a proper flake."
        else
          toString flake.outPath;
    in
    if flake ? ${name} then
      throw ''
        Attempt to access ${path} of flake ${which}, but it does not have it.
        It does have attribute ${quote name}, so it appears that it does not support system type ${quote system}.
      ''
    else
      throw ''
        Attempt to access ${path} of flake ${which}, but it does not have attribute ${quote name}.${
          lib.optionalString (
            name == "packages" && flake ? legacyPackages
          ) "\nIt does define legacyPackages; try that instead?"
        }
      '';
in
{
  options.transposition = lib.mkOption {
    type = types.lazyAttrsOf (
      types.submoduleWith {
        modules = [
          {
            options.adHoc = lib.mkOption {
              type = types.bool;
              default = false;
            };
          }
        ];
      }
    );
  };

  config = {
    flake = builtins.mapAttrs (
      name: _:
      builtins.mapAttrs (
        _: own:
        own.${name} or (abort ''
          Could not find option ${name} in the perSystem module. It is required to declare such an option whenever transposition.<name> is defined (and in this instance <name> is ${name}).
        '')
      ) config.allSystems
    ) config.transposition;
    perInput =
      system: flake:
      builtins.mapAttrs (
        name: _: flake.${name}.${system} or (absent system flake name)
      ) config.transposition;
    perSystem.options = builtins.mapAttrs (_: _: lib.mkOption { }) (
      lib.filterAttrs (_: entry: entry.adHoc) config.transposition
    );
  };
}
