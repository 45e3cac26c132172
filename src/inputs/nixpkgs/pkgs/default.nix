{
  lib,
  config,
  overlays,
  platform,
  pkgsPath,
}:
self:
let
  inherit (platform) system;
  programs = import ./programs.nix { inherit lib self; };
in
programs
// import ./build-support.nix { inherit lib self; }
// import ./fetchers.nix { inherit lib self; }
// import ./cuda.nix { inherit lib self; }
// import ./python { inherit lib self; }
// {
  inherit lib config overlays;
  path = pkgsPath;
  pkgs = self;
  buildPackages = self;
  targetPackages = self;
  stdenv = import ./stdenv.nix { inherit lib config platform; };
  stdenvNoCC = self.stdenv;
  hostPlatform = platform;
  buildPlatform = platform;
  targetPlatform = platform;
  callPackage = lib.callPackageWith self;
  callPackages = lib.callPackagesWith self;
  newScope = extra: lib.callPackageWith (self // extra);
  extend = f: self.appendOverlays [ f ];
  appendOverlays =
    extra:
    import pkgsPath {
      inherit system config;
      overlays = overlays ++ extra;
    };
}
// lib.optionalAttrs config.allowAliases {
  system =
    lib.warnIf (lib.versionAtLeast lib.release "25.11")
      "'system' has been renamed to/replaced by 'stdenv.hostPlatform.system'"
      system;
  nixfmt-rfc-style = lib.warn "nixfmt-rfc-style is now the same as pkgs.nixfmt which should be used instead." self.nixfmt;
}
