{ stdenv, ... }:
{
  # A package without its environment around it: only its own programs, which run with the packages of `venv`.
  mkApplication =
    {
      venv,
      package,
      pname ? package.pname,
      version ? package.version,
    }:
    stdenv.mkDerivation {
      inherit pname version venv;
      inherit (package) name meta passthru;
      dontUnpack = true;
      dontConfigure = true;
      dontBuild = true;
      installPhase = ''
        runHook preInstall
        mkdir -p "$out/bin"
        for each in ${package}/bin/*; do
          if [ -e "$each" ]; then ln -s "$venv/bin/$(basename "$each")" "$out/bin/"; fi
        done
        runHook postInstall
      '';
    };
}
