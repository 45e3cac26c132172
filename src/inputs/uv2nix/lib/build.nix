# A package of the lock as a function for `callPackage`.
{ lib, pyproject-nix, ... }:
let
  inherit (builtins) elem elemAt mapAttrs match;
  inherit (lib) assertMsg optional optionalAttrs optionals;
  inherit (pyproject-nix.lib) pep508 pypa;
  inherit (pyproject-nix.build.lib) renderers;

  specOf = dependencies: lib.listToAttrs (map (dep: lib.nameValuePair dep.name dep.extra) dependencies);
  factsOf = package: {
    dependencies = specOf package.dependencies;
    optional-dependencies = mapAttrs (_: specOf) package.optional-dependencies;
    dependency-groups = mapAttrs (_: specOf) package.dev-dependencies;
  };
  # [tool.uv.extra-build-dependencies], as a specification.
  extraBuild =
    environ: config: name:
    lib.listToAttrs (
      lib.concatMap (
        { requirement }:
        optional (requirement.markers == null || pep508.evalMarkers environ requirement.markers) (
          lib.nameValuePair requirement.name requirement.extras
        )
      ) (config.extra-build-dependencies.${name} or [ ])
    );
  variables =
    config: name:
    optionalAttrs (!config.compile-bytecode) { UV_COMPILE_BYTECODE = "0"; }
    // config.extra-build-variables.${name} or { };

  # A file's name in a URL, with %2B and the like read.
  fileName =
    url:
    lib.replaceStrings [ "%21" "%2B" "%2C" "%3D" "%40" "%5B" "%5D" ] [ "!" "+" "," "=" "@" "[" "]" ] (
      baseNameOf url
    );
in
{
  local =
    {
      localProject,
      environ,
      package,
      config,
    }:
    {
      stdenv,
      pyprojectHook,
      pyprojectEditableHook,
      resolveBuildSystem,
      # A folder outside of the store, as a string; variables in it are left to the shell.
      editableRoot ? null,
    }:
    let
      editable = editableRoot != null;
      attrs =
        if editable then
          renderers.mkDerivationEditable {
            project = localProject;
            root = editableRoot;
            inherit environ;
          } { inherit pyprojectEditableHook resolveBuildSystem; }
        else
          renderers.mkDerivation {
            project = localProject;
            inherit environ;
          } { inherit pyprojectHook resolveBuildSystem; };
      extra = extraBuild environ config package.name;
      facts = factsOf package;
    in
    # Without a [build-system] uv installs nothing of the project: an empty package stands for what it depends on.
    if package.source ? virtual then
      stdenv.mkDerivation {
        pname = package.name;
        inherit (package) version;
        dontUnpack = true;
        dontConfigure = true;
        dontBuild = true;
        installPhase = ''
          runHook preInstall
          mkdir -p $out
          runHook postInstall
        '';
        passthru = facts;
      }
    else
      stdenv.mkDerivation (
        attrs
        // variables config package.name
        // {
          pname = package.name;
          inherit (package) version;
          nativeBuildInputs = attrs.nativeBuildInputs ++ optionals (extra != { }) (resolveBuildSystem extra);
          passthru = facts // {
            dependencies = optionalAttrs editable attrs.passthru.dependencies // facts.dependencies;
          };
        }
      );

  remote =
    {
      config,
      workspaceRoot,
      defaultSourcePreference,
      environ,
    }:
    package:
    {
      stdenv,
      python,
      fetchurl,
      autoPatchelfHook,
      pythonManylinuxPackages,
      unzip,
      pyprojectHook,
      pyprojectWheelHook,
      resolveBuildSystem,
      sourcePreference ? defaultSourcePreference,
    }:
    let
      inherit (package) name source sdist;
      preferWheel =
        if config.no-build then
          true
        else if config.no-binary || elem name config.no-binary-package then
          false
        else if elem name config.no-build-package then
          true
        else
          {
            wheel = true;
            sdist = false;
          }
          .${sourcePreference} or (throw "Unknown sourcePreference: ${sourcePreference}");

      compatible = pypa.selectWheels stdenv.targetPlatform python (map (wheel: wheel.file') package.wheels);
      best = builtins.head compatible;
      wheel = lib.findFirst (each: each.file' == best) null package.wheels;
      format =
        if source ? url then
          (if sdist != { } then "pyproject" else "wheel")
        else if source ? registry && preferWheel && compatible != [ ] then
          "wheel"
        else if source ? registry && sdist == { } then
          assert assertMsg (
            compatible != [ ]
          ) "No compatible wheel, nor sdist found for package '${name}' ${package.version}";
          "wheel"
        else if source ? path && compatible != [ ] then
          "wheel"
        else
          "pyproject";

      git = match "([^?#]+)(\\?([^#]*))?#(.+)" source.git;
      fetched =
        file:
        if file ? hash then
          fetchurl {
            name = fileName file.url;
            inherit (file) url hash;
          }
        else
          lib.warn "wheel url '${file.url}' missing hash, falling back to builtins.fetchurl" (
            builtins.fetchurl {
              name = fileName file.url;
              inherit (file) url;
            }
          );
      src =
        if source ? git then
          if git == null then
            throw "Could not parse git url: ${source.git}"
          else
            builtins.fetchGit {
              url = builtins.head git;
              rev = elemAt git 3;
              allRefs = true;
              submodules = true;
            }
        else if source ? path then
          {
            outPath = "${workspaceRoot + "/${source.path}"}";
            passthru.url = source.path;
          }
        else if format == "pyproject" then
          fetchurl {
            url = source.url or sdist.url;
            inherit (sdist) hash;
          }
        else if source ? url then
          fetched (lib.findFirst (each: each.url == source.url) null package.wheels)
        else if wheel ? url then
          fetched wheel
        else
          workspaceRoot + "/${source.registry}/${wheel.path}";
      extra = extraBuild environ config name;
      # tool.uv.no-build and no-binary, where they leave no way.
      refused =
        what: key: bad:
        assertMsg (!bad) "Package source for '${name}' was derived as ${what}, but was present in tool.uv.${key}";
    in
    assert assertMsg (!(elem name config.no-binary-package && elem name config.no-build-package))
      "There is an overlap between packages specified as no-build and no-binary-package in the workspace. That leaves no way to build these packages: ${name}";
    assert assertMsg (
      !(format == "wheel" && config.no-binary)
    ) "Package source for '${name}' was derived as sdist, in tool.uv.no-binary is set to true";
    assert refused "sdist" "no-build-package" (format == "pyproject" && elem name config.no-build-package);
    assert refused "wheel" "no-binary-package" (format == "wheel" && elem name config.no-binary-package);
    stdenv.mkDerivation (
      {
        pname = name;
        inherit (package) version;
        # The path alone, without what Nix knows of it: it decides this derivation's hash as it does in uv2nix, but
        # nothing must be downloaded before an environment of stand-ins can be built.
        src = builtins.unsafeDiscardStringContext "${src}";
        passthru = factsOf package // {
          inherit package format src;
        };
        nativeBuildInputs =
          optional (lib.hasSuffix ".zip" (src.passthru.url or src.url or "")) unzip
          ++ optional (format == "pyproject") pyprojectHook
          ++ optional (format == "wheel") pyprojectWheelHook
          ++ optional (format == "wheel" && stdenv.hostPlatform.isLinux) autoPatchelfHook
          ++ optionals (extra != { }) (resolveBuildSystem extra);
      }
      // variables config name
      // optionalAttrs (format == "wheel") {
        dontStrip = true;
        buildInputs = optionals (stdenv.hostPlatform.isLinux && stdenv.hostPlatform.libc == "glibc") (
          lib.unique (
            lib.concatMap (
              tag:
              let
                policy = match "(manylinux)(1|2010|2014|_).*" tag;
                year = elemAt policy 1;
              in
              optionals (policy != null) pythonManylinuxPackages.${
                "manylinux" + (if year == "_" then "2014" else year)
              }
            ) best.platformTags
          )
        );
      }
    );
}
