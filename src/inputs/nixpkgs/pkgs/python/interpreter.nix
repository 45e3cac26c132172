# One Python: the interpreter, its package set, withPackages and override.
{
  lib,
  pkgs,
  attr,
  version,
  index,
}:
let
  pythonVersion = lib.versions.majorMinor version;
  major = lib.versions.major version;
  sitePackages = "lib/python${pythonVersion}/site-packages";

  make = lib.makeOverridable (
    {
      packageOverrides ? _: _: { },
      self ? null,
      ...
    }:
    let
      python = if self != null then self else result;
      set = import ./package-set.nix {
        inherit lib pkgs python;
        facts = index.packages;
      };
      result = pkgs.stdenv.mkDerivation {
        pname = "python${major}";
        inherit version;
        program = ./python.sh;
        buildCommand = ''
          mkdir -p "$out/bin" "$out/${sitePackages}"
          sed "s/@version@/$version/" "$program" >"$out/bin/python${pythonVersion}"
          chmod +x "$out/bin/python${pythonVersion}"
          ln -s python${pythonVersion} "$out/bin/python${major}"
          ln -s python${pythonVersion} "$out/bin/python"
        '';
        meta = {
          mainProgram = "python${pythonVersion}";
          license = lib.licenses.psfl;
          platforms = lib.platforms.linux ++ lib.platforms.darwin;
        }
        // lib.optionalAttrs (major == "2") {
          knownVulnerabilities = [
            "Python 2.7 has reached its end of life after 2020-01-01. See https://www.python.org/doc/sunset-python-2/."
          ];
        };
        passthru = {
          inherit pythonVersion sitePackages packageOverrides;
          pythonAttr = attr;
          implementation = "cpython";
          executable = "python${pythonVersion}";
          libPrefix = "python${pythonVersion}";
          interpreter = "${result}/bin/python${pythonVersion}";
          isPy2 = major == "2";
          isPy27 = pythonVersion == "2.7";
          isPy3 = major == "3";
          isPy3k = major == "3";
          isPyPy = false;
          isCPython = true;
          pythonOlder = lib.versionOlder pythonVersion;
          pythonAtLeast = lib.versionAtLeast pythonVersion;
          sourceVersion = {
            major = lib.versions.major version;
            minor = lib.versions.minor version;
            patch = lib.versions.patch version;
            suffix = "";
          };
          hasDistutilsCxxPatch = false;
          pythonOnBuildForHost = python;
          buildEnv = import ./env.nix { inherit lib pkgs python; };
          withPackages = f: python.buildEnv.override { extraLibs = f python.pkgs; };
          pkgs = set.make (pkgs.pythonPackagesExtensions ++ [ packageOverrides ]);
          tests = { };
        };
      };
    in
    result
  );
in
make { }
