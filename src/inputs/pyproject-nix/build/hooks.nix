# The hooks by their real names. They install what a stand-in has: a package's metadata, and environments of these.
{
  callPackage,
  makeSetupHook,
  python,
  writeText,
}:
let
  sitePackages = "$out/${python.sitePackages}";
  install = ''
    _pyprojectInstall() {
      runHook preInstall
      local folder="${sitePackages}/''${pname//-/_}-$version.dist-info"
      mkdir -p "$folder"
      printf 'Metadata-Version: 2.1\nName: %s\nVersion: %s\n' "$pname" "$version" >"$folder/METADATA"
      if [ -n "''${EDITABLE_ROOT:-}" ]; then echo "$EDITABLE_ROOT" >"${sitePackages}/__editable__.$pname.pth"; fi
      runHook postInstall
    }
    # The source of a package is named, never fetched.
    dontUnpack=1
    if [ -z "''${installPhase:-}" ]; then installPhase=_pyprojectInstall; fi
  '';
  # No pyvenv.cfg: it would send the host's Python, which runs in the place of Nix's, to look for itself in the store.
  makeVenv = ''
    _pyprojectMakeVenv() {
      runHook preInstall
      mkdir -p "${sitePackages}"
      cp -r "${python}/bin" "$out/bin"
      local each
      for each in ''${NIX_PYPROJECT_DEPS//:/ }; do
        cp -r "$each/." "$out/"
        chmod -R u+w "$out"
      done
      runHook postInstall
    }
    if [ -z "''${installPhase:-}" ]; then installPhase=_pyprojectMakeVenv; fi
  '';
  make =
    name: script:
    callPackage (
      { python }:
      makeSetupHook {
        inherit name;
        propagatedBuildInputs = [ python ];
        passthru = { inherit python; };
      } (writeText "${name}.sh" script)
    ) { python = python.pythonOnBuildForHost; };
in
{
  pyprojectHook = make "pyproject-hook" install;
  pyprojectWheelHook = make "pyproject-hook" install;
  pyprojectEditableHook = make "pyproject-hook" install;
  pyprojectMakeVenvHook = make "pyproject-make-venv-hook" makeVenv;
}
