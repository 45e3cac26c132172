{
  lib,
  pkgs,
  python,
}:
lib.makeOverridable (
  {
    extraLibs ? [ ],
    makeWrapperArgs ? [ ],
    ...
  }:
  let
    # Of a wrapper's arguments only `--prefix VARIABLE SEPARATOR VALUE` is read.
    exports =
      args:
      if builtins.length args < 4 || builtins.head args != "--prefix" then
        ""
      else
        let
          name = builtins.elemAt args 1;
          separator = builtins.elemAt args 2;
          value = lib.escapeShellArg (builtins.elemAt args 3);
        in
        "export ${name}=${value}\${${name}:+${separator}\$${name}}\n" + exports (lib.drop 4 args);
    chosen = python.pkgs.requiredPythonModules extraLibs;
    result = pkgs.stdenv.mkDerivation {
      name = "${python.name}-env";
      paths = chosen;
      inherit python;
      exports = exports makeWrapperArgs;
      buildCommand = ''
        mkdir -p "$out/bin" "$out/${python.sitePackages}"
        for each in $paths; do
          if [ "$each" = "$python" ]; then continue; fi
          if [ -d "$each/bin" ]; then ln -sf "$each"/bin/* "$out/bin/"; fi
          if [ -d "$each/${python.sitePackages}" ]; then cp -r --no-preserve=mode "$each/${python.sitePackages}/." "$out/${python.sitePackages}/"; fi
        done
        {
          head -n 1 "$python/bin/${python.executable}"
          printf '%s' "$exports"
          tail -n +2 "$python/bin/${python.executable}"
        } >"$out/bin/${python.executable}"
        chmod +x "$out/bin/${python.executable}"
        ln -s ${python.executable} "$out/bin/python${lib.versions.major python.version}"
        ln -s ${python.executable} "$out/bin/python"
      '';
      inherit (python) meta;
      passthru = python.passthru // {
        inherit python;
        interpreter = "${result}/bin/${python.executable}";
        env = pkgs.stdenv.mkDerivation {
          name = "interactive-${python.name}-environment";
          nativeBuildInputs = [ result ];
          buildCommand = ''
            echo >&2 ""
            echo >&2 "*** Python 'env' attributes are intended for interactive nix-shell sessions, not for building! ***"
            echo >&2 ""
            exit 1
          '';
        };
      };
    };
  in
  result
) { }
