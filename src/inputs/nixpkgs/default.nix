{
  localSystem ? null,
  system ? if localSystem != null then localSystem.system or localSystem else builtins.currentSystem,
  config ? { },
  overlays ? [ ],
  crossSystem ? null,
  ...
}:
let
  lib = import ./lib;
  settings = if lib.isFunction config then config { inherit lib; } else config;
  intel = settings.allowDeprecatedx86_64Darwin or false;
  supported =
    if system != "x86_64-darwin" || intel == "force" then
      lib.id
    else if lib.versionAtLeast lib.release "26.11" then
      throw ''
        Nixpkgs 26.11 has dropped support for x86_64-darwin.

        The 26.05 stable branch still supports x86_64-darwin, and will
        receive security fixes until the end of 2026.
      ''
    else
      lib.warnIf (lib.release == "26.05" && intel == false)
        "Nixpkgs 26.05 will be the last release to support x86_64-darwin; see https://nixos.org/manual/nixpkgs/unstable/release-notes#x86_64-darwin-26.05";
  base = import ./pkgs {
    inherit lib overlays;
    config = {
      allowAliases = true;
      allowUnfree = false;
    }
    // settings;
    platform = lib.systems.elaborate system;
    pkgsPath = ./.;
  };
in
supported (lib.fix (builtins.foldl' (lib.flip lib.extends) base overlays))
