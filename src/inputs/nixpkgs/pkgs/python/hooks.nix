# The setup hooks of Python packages: the names that nixpkgs gives them, in its order, and nothing in them.
{ pkgs, python }:
self:
let
  hook =
    name: propagatedBuildInputs:
    pkgs.makeSetupHook {
      inherit name propagatedBuildInputs;
      passthru.provides.setupHook = true;
    } ./check-hook.sh;
in
{
  wrapPython = hook "wrap-python-hook" [ ];
  ensureNewerSourcesForZipFilesHook = hook "ensure-newer-sources-hook" [ ];
  pythonRemoveTestsDirHook = hook "python-remove-tests-dir-hook" [ ];
  pythonCatchConflictsHook = hook "python-catch-conflicts-hook" [ ];
  pythonRelaxDepsHook = hook "python-relax-deps-hook" [ ];
  pythonRemoveBinBytecodeHook = hook "python-remove-bin-bytecode-hook" [ ];
  setuptoolsBuildHook = hook "setuptools-build-hook" [ ];
  pypaBuildHook = hook "pypa-build-hook.sh" [ ];
  pythonRuntimeDepsCheckHook = hook "python-runtime-deps-check-hook.sh" [ ];
  wheelUnpackHook = hook "wheel-unpack-hook.sh" [ ];
  pypaInstallHook = hook "pypa-install-hook" [ ];
  pythonImportsCheckHook = hook "python-imports-check-hook.sh" [ ];
  pythonNamespacesHook = hook "python-namespaces-hook.sh" [ ];
  pythonOutputDistHook = hook "python-output-dist-hook" [ ];
  pytestCheckHook = hook "pytest-check-hook" [ self.pytest ];
  unittestCheckHook = hook "unittest-check-hook" [ ];
  venvShellHook = pkgs.makeSetupHook {
    name = "venv-shell-hook";
    propagatedBuildInputs = [ python ];
    passthru.provides.setupHook = true;
  } ./venv-shell-hook.sh;

  formatHooks =
    format:
    [
      self.wrapPython
      self.ensureNewerSourcesForZipFilesHook
      self.pythonRemoveTestsDirHook
      self.pythonCatchConflictsHook
      self.pythonRemoveBinBytecodeHook
    ]
    ++ {
      setuptools = [ self.setuptoolsBuildHook ];
      pyproject = [
        self.pypaBuildHook
        self.pythonRuntimeDepsCheckHook
      ];
      wheel = [
        self.wheelUnpackHook
        self.pythonRuntimeDepsCheckHook
      ];
    }
    .${format} or [ ]
    ++ (if format == "other" then [ ] else [ self.pypaInstallHook ])
    ++ [
      self.pythonImportsCheckHook
      self.pythonNamespacesHook
    ]
    ++ (if format == "other" then [ ] else [ self.pythonOutputDistHook ]);
}
