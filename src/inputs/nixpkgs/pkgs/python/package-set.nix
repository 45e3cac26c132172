{
  lib,
  pkgs,
  python,
  facts,
}:
self:
let
  build = import ./build-package.nix { inherit lib pkgs python; };

  known =
    attr: fact:
    self.buildPythonPackage (
      {
        pname = attr;
        pyproject = true;
        dontUnpack = true;
        dependencies = map (name: self.${name}) fact.runtime or [ ];
      }
      // lib.optionalAttrs (fact ? version) { inherit (fact) version; }
    );
in
builtins.mapAttrs known facts
// {
  inherit python pkgs;
  inherit (pkgs) stdenv;
  inherit (python)
    pythonOlder
    pythonAtLeast
    isPy27
    isPy3k
    isPyPy
    sitePackages
    ;
  pythonPackages = self;
  buildPythonPackage = build self "${python.libPrefix}-";
  buildPythonApplication = build self "";
  toPythonModule =
    drv:
    drv.overrideAttrs (old: {
      passthru = (old.passthru or { }) // {
        pythonModule = python;
      };
    });
  toPythonApplication = drv: drv;
  hasPythonModule = drv: drv ? pythonModule && drv.pythonModule == python;
  requiredPythonModules =
    drvs:
    let
      modules = builtins.filter (d: d ? pythonModule) drvs;
      more = lib.concatMap (d: d.requiredPythonModules) modules;
    in
    lib.unique (modules ++ more);
  makePythonPath = drvs: lib.makeSearchPath python.sitePackages (self.requiredPythonModules drvs);
  fetchPypi =
    {
      pname,
      version,
      format ? "sdist",
      extension ? "tar.gz",
      hash ? "",
      sha256 ? "",
      ...
    }:
    pkgs.fetchurl {
      url = "mirror://pypi/${builtins.substring 0 1 pname}/${pname}/${pname}-${version}.${extension}";
      inherit hash sha256;
    };
  venvShellHook = pkgs.makeSetupHook {
    name = "venv-shell-hook";
    propagatedBuildInputs = [ python ];
  } ./venv-shell-hook.sh;
  pytestCheckHook = pkgs.makeSetupHook { name = "pytest-check-hook"; } ./check-hook.sh;
  pythonImportsCheckHook = pkgs.makeSetupHook {
    name = "python-imports-check-hook.sh";
  } ./check-hook.sh;
}
