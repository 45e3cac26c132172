{
  lib,
  pkgs,
  python,
}:
lib.makeOverridable (
  {
    extraLibs ? [ ],
    ...
  }:
  let
    chosen = python.pkgs.requiredPythonModules extraLibs;
  in
  pkgs.stdenv.mkDerivation {
    name = "python${lib.versions.major python.version}-${python.version}-env";
    paths = chosen;
    inherit python;
    buildCommand = ''
      mkdir -p "$out/bin" "$out/${python.sitePackages}"
      for each in $paths; do
        if [ -d "$each/bin" ]; then ln -sf "$each"/bin/* "$out/bin/"; fi
        if [ -d "$each/${python.sitePackages}" ]; then cp -r "$each/${python.sitePackages}/." "$out/${python.sitePackages}/"; fi
      done
      cp "$python"/bin/${python.executable} "$out/bin/"
      ln -s ${python.executable} "$out/bin/python${lib.versions.major python.version}"
      ln -s ${python.executable} "$out/bin/python"
    '';
    meta.mainProgram = python.executable;
    passthru = {
      interpreter = "${python}/bin/${python.executable}";
      inherit (python)
        sitePackages
        pythonVersion
        implementation
        executable
        version
        pkgs
        ;
      pname = "python${lib.versions.major python.version}";
    };
  }
) { }
