# buildPythonPackage and buildPythonApplication: arguments as nixpkgs reads them, and a folder with metadata as result.
{
  lib,
  pkgs,
  python,
}:
set: prefix:
let
  # Formats that become a wheel, which lands in an output of its own.
  wheels = [
    "pyproject"
    "setuptools"
    "wheel"
  ];
  isModule = drv: drv ? pythonModule && !builtins.isBool drv.pythonModule;

  mismatch =
    name: attrName: place: drv:
    let
      mine = "'${name}'";
      theirs = "'${drv.name}'";
      width = lib.max (builtins.stringLength mine) (builtins.stringLength theirs);
      padded = lib.fixedWidthString width " ";
    in
    throw ''
      Python version mismatch in ${mine}:

      The Python derivation ${mine} depends on a Python derivation
      named ${theirs}, but the two derivations use different versions
      of Python:

          ${padded mine} uses ${python}
          ${padded theirs} uses ${toString drv.pythonModule}

      Possible solutions:

        * If ${theirs} is a Python library, change the reference to ${theirs}
          in the ${attrName} of ${mine} to use a ${theirs} built from the same
          version of Python

        * If ${theirs} is used as a tool during the build, move the reference to
          ${theirs} in ${mine} from ${attrName} to nativeBuildInputs

        * If ${theirs} provides executables that are called at run time, pass its
          bin path to makeWrapperArgs:

              makeWrapperArgs = [ "--prefix PATH : ''${lib.makeBinPath [ ${lib.getName drv} ] }" ];

      ${lib.optionalString (place != null) " at ${place.file}:${toString place.line}:${toString place.column}"}
    '';

  arguments =
    final: attrs:
    let
      passed =
        name:
        final.passthru.${name}
          or (throw "${final.name}: passthru.${name} missing after overrideAttrs overriding.\n");
      pyproject = passed "pyproject";
      format =
        assert pyproject != null -> attrs.format or null == null;
        if pyproject != null then
          (if pyproject then "pyproject" else "other")
        else if attrs.format or null != null then
          attrs.format
        else if lib.versionAtLeast lib.release "25.11" then
          throw "${name} does not configure a `format`. To build with setuptools as before, set `pyproject = true` and `build-system = [ setuptools ]`."
        else
          "setuptools";
      name = attrs.namePrefix or prefix + (attrs.name or "${final.pname}-${final.version}");
      place = builtins.unsafeGetAttrPos (if attrs ? pname then "pname" else "name") attrs;
      matching =
        kind: inputs:
        let
          foreign = lib.findFirst (drv: isModule drv && drv.pythonModule != python) null inputs;
        in
        if foreign == null then inputs else mismatch name kind place foreign;
      hooks = set.formatHooks format;
    in
    removeAttrs attrs [
      "disabled"
      "checkPhase"
      "checkInputs"
      "nativeCheckInputs"
      "doCheck"
      "doInstallCheck"
      "pyproject"
      "format"
      "stdenv"
      "dependencies"
      "optional-dependencies"
      "build-system"
      "pytestFlagsArray"
    ]
    // {
      inherit name;
      outputs = attrs.outputs or [ "out" ] ++ lib.optional (builtins.elem format wheels) "dist";
      strictDeps = attrs.strictDeps or true;
      nativeBuildInputs =
        [ python ]
        ++ hooks
        ++ lib.optional (
          final.pythonRelaxDeps or [ ] != [ ] || final.pythonRemoveDeps or [ ] != [ ]
        ) set.pythonRelaxDepsHook
        ++ attrs.nativeBuildInputs or [ ]
        ++ passed "build-system";
      buildInputs = matching "buildInputs" (attrs.buildInputs or [ ] ++ attrs.pythonPath or [ ]);
      propagatedBuildInputs =
        matching "propagatedBuildInputs" (
          attrs.propagatedBuildInputs or [ ] ++ passed "dependencies"
        )
        ++ [ python ];
      doCheck = false;
      doInstallCheck = attrs.doCheck or true;
      nativeInstallCheckInputs = attrs.nativeCheckInputs or [ ] ++ attrs.nativeInstallCheckInputs or [ ];
      installCheckInputs = attrs.checkInputs or [ ] ++ attrs.installCheckInputs or [ ];
      sitePackages = "${python.sitePackages}";
      installPhase =
        attrs.installPhase or ''
          runHook preInstall
          folder="$out/$sitePackages/$(echo "''${pname:-$name}" | tr - _)-''${version:-0}.dist-info"
          mkdir -p "$folder"
          printf 'Metadata-Version: 2.1\nName: %s\nVersion: %s\n' "''${pname:-$name}" "''${version:-0}" >"$folder/METADATA"
          runHook postInstall
        '';
      passthru = {
        disabled = attrs.disabled or false;
        pyproject = attrs.pyproject or null;
        build-system = attrs.build-system or [ ];
        dependencies = attrs.dependencies or [ ];
        optional-dependencies = attrs.optional-dependencies or { };
      }
      // attrs.passthru or { };
      meta = {
        platforms = python.meta.platforms;
        isBuildPythonPackage = python.meta.platforms;
      }
      // attrs.meta or { };
    }
    // lib.optionalAttrs (attrs ? checkPhase) { installCheckPhase = attrs.checkPhase; }
    // lib.optionalAttrs (attrs.pytestFlagsArray or [ ] != [ ] && lib.versionAtLeast lib.release "26.05") {
      pytestFlagsArray =
        let
          found = builtins.unsafeGetAttrPos "pytestFlagsArray" attrs;
        in
        throw ''
          buildPythonPackage: Deprecated flag pytestFlagsArray found at ${found.file}:${toString found.line}
            Use pytestFlags or (enabled|disabled)(TestPaths|Tests|TestMarks) instead.
        '';
    };

  refuseDisabled =
    drv:
    lib.extendDerivation (
      !drv.disabled
      || throw "${lib.removePrefix prefix drv.name} not supported for interpreter ${python.executable}"
    ) { } drv
    // {
      overrideAttrs = f: refuseDisabled (drv.overrideAttrs f);
    };

  make =
    given:
    refuseDisabled (
      (if prefix == "" then lib.id else set.toPythonModule) (
        pkgs.stdenv.mkDerivation (final: arguments final (lib.toFunction given final))
      )
    );

  # What `overridePythonAttrs` changes are the arguments of the function; `overrideAttrs` comes after it, always.
  overridable =
    f: given:
    let
      result = f given;
      changed =
        change:
        if lib.isFunction given then
          lib.extends (lib.toExtension change) given
        else if !lib.isFunction change then
          given // change
        else if !lib.isFunction (change given) then
          given // change given
        else
          final: given // change final given;
    in
    result
    // {
      overrideAttrs = change: overridable (args: (f args).overrideAttrs change) given;
      overridePythonAttrs = change: overridable f (changed change);
    };
in
overridable make
