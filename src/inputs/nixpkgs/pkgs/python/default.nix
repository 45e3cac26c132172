{ lib, self }:
let
  node = builtins.fromJSON (builtins.readFile ../../node.json);
  index = builtins.fromJSON (builtins.readFile ../../index.json);
  releases = index.interpreters;

  # A release's own row; unstable's rows are dated, the last one that had begun when the lock was made counts.
  release =
    if node.pre then
      lib.findFirst (row: row.since <= node.date) (lib.last releases.unstable) releases.unstable
    else
      releases.${node.release}
        or (throw "the stand-in for nixpkgs has no table of interpreters for release ${node.release}");

  interpreter =
    attr: version:
    import ./interpreter.nix {
      inherit lib attr version index;
      pkgs = self;
    };
  interpreters = builtins.mapAttrs interpreter release.interpreters;
in
interpreters
// lib.mapAttrs' (attr: _: lib.nameValuePair "${attr}Packages" self.${attr}.pkgs) interpreters
// {
  python3 = self.${release.default};
  python3Packages = self.${release.default}.pkgs;
  python =
    if lib.versionAtLeast lib.release "25.11" then
      throw "`python` previously pointed to Python 2; use `python3` instead"
    else
      self.python27;
  pythonInterpreters = interpreters;
  pythonPackagesExtensions = [ ];
  pythonManylinuxPackages =
    let
      libraries = [
        self.stdenv.cc.cc.lib
        self.zlib
      ];
    in
    {
      manylinux1 = libraries;
      manylinux2010 = libraries;
      manylinux2014 = libraries;
    };
}
