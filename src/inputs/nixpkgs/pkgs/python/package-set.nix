# A Python's packages: what builds them, and those that index.json knows. Each is a layer that later ones may change.
{
  lib,
  pkgs,
  python,
  facts,
}:
let
  base =
    self:
    let
      build = import ./build-package.nix { inherit lib pkgs python; };
    in
    {
      inherit lib pkgs;
      inherit (pkgs) stdenv fetchPypi;
      inherit (python)
        pythonOlder
        pythonAtLeast
        isPy27
        isPy3k
        isPyPy
        sitePackages
        ;
      python = self.toPythonModule python;
      pythonPackages = self;
      buildPythonPackage = build self "${python.libPrefix}-";
      buildPythonApplication = build self "";

      hasPythonModule = drv: drv ? pythonModule && drv.pythonModule == python;
      requiredPythonModules =
        drvs:
        let
          modules = builtins.filter self.hasPythonModule drvs;
        in
        lib.unique (
          [ python ] ++ modules ++ lib.concatLists (lib.catAttrs "requiredPythonModules" modules)
        );
      makePythonPath = drvs: lib.makeSearchPath python.sitePackages (self.requiredPythonModules drvs);
      toPythonModule =
        drv:
        drv.overrideAttrs (old: {
          passthru = old.passthru or { } // {
            pythonModule = python;
            pythonPath = [ ];
            requiredPythonModules = self.requiredPythonModules drv.propagatedBuildInputs;
          };
        });
      toPythonApplication =
        drv:
        drv.overrideAttrs (old: {
          passthru = old.passthru or { } // {
            name = lib.removePrefix "${python.libPrefix}-" old.name;
            pythonModule = false;
          };
        });
      disabled =
        drv:
        throw "${
          lib.removePrefix "${python.libPrefix}-" (drv.pname or drv.name)
        } not supported for interpreter ${python.executable}";
      disabledIf = condition: drv: if condition then self.disabled drv else drv;

      mkPythonMetaPackage =
        args:
        self.buildPythonPackage (
          args
          // {
            pyproject = true;
            build-system = [ self.hatchling ];
            dontUnpack = true;
          }
        );
      mkPythonEditablePackage =
        {
          pname,
          version,
          root,
          build-system ? [ ],
          dependencies ? [ ],
          derivationArgs ? { },
          optional-dependencies ? { },
          passthru ? { },
          meta ? { },
          ...
        }:
        assert builtins.isString root;
        self.buildPythonPackage (
          {
            inherit
              pname
              version
              optional-dependencies
              passthru
              meta
              ;
            build-system = [ self.hatchling ];
            dependencies = dependencies ++ build-system;
            pyproject = true;
            dontUnpack = true;
          }
          // derivationArgs
        );
    };

  # Sources are named only: what is built of a package is its metadata.
  known =
    self: _:
    builtins.mapAttrs (
      attr: fact:
      self.buildPythonPackage (
        {
          pname = attr;
          pyproject = true;
          src = pkgs.writeText "${attr}-source" "";
          dontUnpack = true;
          dependencies = map (name: self.${name}) fact.runtime or [ ];
        }
        // (
          if fact ? version then { inherit (fact) version; } else { name = attr; }
        )
      )
    ) facts;
  refused = self: prev: {
    torch =
      if pkgs.config.cudaSupport or false then
        prev.torch.overridePythonAttrs {
          buildInputs = builtins.attrValues { inherit (pkgs.cudaPackages) cuda_cudart cudnn libcublas nccl; };
        }
      else
        prev.torch;
    torch-bin = prev.torch.overridePythonAttrs {
      pname = "torch";
      format = "wheel";
      pyproject = null;
      meta.license = [
        lib.licenses.bsd3
        lib.licenses.unfreeRedistributable
      ];
    };
  };
  hooks = self: _: import ./hooks.nix { inherit pkgs python; } self;

  # nixpkgs lets into the set what is a module of this Python, or a setup hook.
  checked =
    self:
    builtins.mapAttrs (
      name: value:
      if lib.isDerivation value then
        lib.extendDerivation (
          self.hasPythonModule value
          || value.provides.setupHook or false
          || name == "stdenv"
          || throw "${name} should use `buildPythonPackage` or `toPythonModule` if it is to be part of the Python packages set."
        ) { } value
      else
        value
    ) self;
in
{
  make =
    extensions:
    checked (
      lib.makeScope pkgs.newScope (
        lib.extends (lib.composeManyExtensions (
          [
            hooks
            known
            refused
          ]
          ++ extensions
        )) base
      )
    );
}
