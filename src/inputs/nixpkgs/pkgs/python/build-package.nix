# buildPythonPackage and buildPythonApplication: arguments as nixpkgs reads them, and a folder with metadata as result.
{
  lib,
  pkgs,
  python,
}:
set: prefix:
let
  build =
    attrs:
    let
      name = attrs.pname or attrs.name or (throw "derivation name missing");
      format =
        if attrs.pyproject or null != null then
          (if attrs.pyproject then "pyproject" else "other")
        else if attrs ? format then
          attrs.format
        else if lib.versionAtLeast lib.release "25.11" then
          throw "${name} does not configure a `format`. To build with setuptools as before, set `pyproject = true` and `build-system = [ setuptools ]`."
        else
          "setuptools";
      dependencies = attrs.dependencies or [ ] ++ attrs.propagatedBuildInputs or [ ];
      required = lib.unique (
        lib.concatMap (d: [ d ] ++ d.requiredPythonModules) (
          builtins.filter (d: d ? pythonModule) dependencies
        )
        ++ [ python ]
      );
      foreign = lib.findFirst (
        d: d ? pythonModule && d.pythonModule.pythonVersion != python.pythonVersion
      ) null dependencies;
      drv = pkgs.stdenv.mkDerivation (
        removeAttrs attrs [
          "pyproject"
          "format"
          "dependencies"
          "optional-dependencies"
          "build-system"
          "disabled"
          "pname"
          "version"
        ]
        // {
          name =
            prefix
            + (
              if attrs ? pname then
                attrs.pname + lib.optionalString (attrs ? version) "-${attrs.version}"
              else
                attrs.name
            );
          nativeBuildInputs = [
            python
          ]
          ++ attrs.nativeBuildInputs or [ ]
          ++ attrs.build-system or [ ]
          ++ lib.optionals (attrs.doCheck or true) (attrs.nativeCheckInputs or [ ]);
          propagatedBuildInputs = dependencies ++ [ python ];
          distribution = "${attrs.pname or attrs.name} ${attrs.version or "0"}";
          installPhase =
            attrs.installPhase or ''
              runHook preInstall
              set -- $distribution
              folder="$out/${python.sitePackages}/$(echo "$1" | tr - _)-$2.dist-info"
              mkdir -p "$folder"
              printf 'Metadata-Version: 2.1\nName: %s\nVersion: %s\n' "$1" "$2" >"$folder/METADATA"
              runHook postInstall
            '';
          passthru = {
            requiredPythonModules = required;
            optional-dependencies = attrs.optional-dependencies or { };
            inherit dependencies;
            build-system = attrs.build-system or [ ];
            overridePythonAttrs = f: build (attrs // (if lib.isFunction f then f attrs else f));
          }
          // lib.optionalAttrs (prefix != "") { pythonModule = python; }
          // lib.getAttrs (builtins.filter (n: attrs ? ${n}) [
            "pname"
            "version"
          ]) attrs
          // attrs.passthru or { };
        }
      );
      disabled = attrs.disabled or false;
    in
    if disabled then
      throw "${name} not supported for interpreter ${python.executable}"
    else if foreign != null then
      throw "Python version mismatch in '${name}': it depends on '${foreign.name}'"
    else
      builtins.seq format drv;
in
build
