# mkDerivation as nixpkgs shapes its derivations: names of attributes and their order of precedence, on the host's bash.
{
  lib,
  config,
  platform,
}:
let
  inherit (platform) system isDarwin;
  node = builtins.fromJSON (builtins.readFile ../node.json);
  # Unstable began to warn between 2026-07-26 and 2026-08-23; no closer day is known.
  deprecated =
    name:
    lib.warnIf (
      node.pre && node.day >= "2026-08-23"
    ) "stdenv.${name} is deprecated, use stdenv.hostPlatform.${name} instead" platform.${name};
  hostPath = "/usr/local/bin:/usr/bin:/bin";

  stdenvDrv = derivation {
    name = if isDarwin then "stdenv-darwin" else "stdenv-linux";
    inherit system;
    builder = "/bin/sh";
    args = [
      "-e"
      "-c"
      "mkdir $out && cp $setup $out/setup"
    ];
    PATH = hostPath;
    setup = ./setup.sh;
  };

  dependencyNames = [
    "depsBuildBuild"
    "nativeBuildInputs"
    "depsBuildTarget"
    "depsHostHost"
    "buildInputs"
    "depsTargetTarget"
    "depsBuildBuildPropagated"
    "propagatedNativeBuildInputs"
    "depsBuildTargetPropagated"
    "depsHostHostPropagated"
    "propagatedBuildInputs"
    "depsTargetTargetPropagated"
  ];

  envProblem =
    name: value:
    "The ‘env’ attribute set can only contain derivation, string, boolean or integer attributes. The ‘${name}’ attribute is of type ${builtins.typeOf value}.";
  checkEnv =
    attrs: env:
    let
      clash = builtins.filter (name: attrs ? ${name}) (builtins.attrNames env);
    in
    lib.throwIf (clash != [ ])
      "The ‘env’ attribute set cannot contain any attributes passed to derivation. The following attributes are overlapping:\n${
        lib.concatMapStringsSep "\n" (
          name:
          "  - ${name}: in `env`: ${
              lib.strings.escapeNixString (toString env.${name})
            }; in derivation arguments: ${lib.strings.escapeNixString (toString attrs.${name})}"
        ) clash
      }"
      (
        builtins.mapAttrs (
          name: value:
          if
            lib.isDerivation value || builtins.isString value || builtins.isBool value || builtins.isInt value
          then
            value
          else
            throw (envProblem name value)
        ) env
      );

  isUnfree = meta: builtins.any (l: !(l.free or true)) (lib.toList (meta.license or [ ]));
  isUnsupported = meta: !lib.meta.availableOn platform { inherit meta; };
  allowed =
    attr: variable: config.${"allow${attr}"} or false || builtins.getEnv "NIXPKGS_ALLOW_${variable}" == "1";
  isNamed = config.allowUnfreePredicate or (pkg: builtins.elem (lib.getName pkg) (config.allowUnfreePackages or [ ]));
  remedies = import ./remedies.nix;
  show = lib.generators.toPretty {
    allowPrettyValues = true;
    indent = "  ";
  };
  # What nixpkgs has against a package, and what may be done, in its words.
  problemOf =
    name: attrs: meta:
    if isUnfree meta && !allowed "Unfree" "UNFREE" && !isNamed ({ inherit name; } // attrs) then
      {
        reason = "has an unfree license (‘${
          toString (map (l: l.shortName or l.fullName or "unknown") (lib.toList meta.license))
        }’)";
        remedy = remedies.unfree (lib.getName name);
      }
    else if isUnsupported meta && !allowed "UnsupportedSystem" "UNSUPPORTED_SYSTEM" then
      {
        reason = ''
          is not available on the requested hostPlatform:
            hostPlatform.system = "${system}"
            package.meta.platforms = ${show (meta.platforms or [ ])}
            package.meta.badPlatforms = ${show (meta.badPlatforms or [ ])}
        '';
        remedy = remedies.unsupported;
      }
    else if
      meta.knownVulnerabilities or [ ] != [ ]
      && builtins.getEnv "NIXPKGS_ALLOW_INSECURE" != "1"
      && !builtins.elem name (config.permittedInsecurePackages or [ ])
    then
      {
        reason = "is marked as insecure";
        remedy = remedies.insecure name meta.knownVulnerabilities;
      }
    else if meta.broken or false && !allowed "Broken" "BROKEN" then
      if lib.versionAtLeast lib.release "26.05" then
        {
          reason = "has problems:";
          remedy = "  - broken: This package is broken.\n";
        }
      else
        {
          reason = "is marked as broken";
          remedy = "";
        }
    else
      null;
  refusal =
    name: meta:
    { reason, remedy }:
    let
      place = meta.position or "«unknown-file»";
    in
    if lib.versionAtLeast lib.release "26.05" then
      "Refusing to evaluate package '${name}' in ${place} because it ${reason}\n${remedy}"
    else
      "Package ‘${name}’ in ${place} ${reason}, refusing to evaluate.\n\n${remedy}";

  flattenDeps =
    name: deps:
    map (
      dep:
      if dep == null || builtins.isString dep || builtins.isPath dep || lib.isDerivation dep then
        lib.getDev dep
      else if builtins.isList dep then
        flattenDeps name dep
      else
        throw "Dependency is not of a valid type: element of ${name}"
    ) (builtins.filter (d: d != null) deps);

  makeDerivation =
    overrideAttrs: attrs:
    let
      missing = throw "derivation name missing";
      name = lib.strings.sanitizeDerivationName (
        attrs.name or "${attrs.pname or missing}-${attrs.version or missing}"
      );
      deps = lib.genAttrs dependencyNames (n: flattenDeps n (attrs.${n} or [ ]));
      env = checkEnv (removeAttrs attrs [ "env" ]) (attrs.env or { });
      plain = removeAttrs attrs (
        [
          "meta"
          "passthru"
          "pos"
          "env"
          "checkInputs"
          "nativeCheckInputs"
          "installCheckInputs"
          "nativeInstallCheckInputs"
        ]
        ++ dependencyNames
      );
      structured = attrs.__structuredAttrs or false;
      checks =
        kind:
        lib.optionals (attrs.doCheck or false) (attrs."${kind}CheckInputs" or attrs."${kind}checkInputs" or [ ])
        ++ lib.optionals (attrs.doInstallCheck or false) (
          attrs."${kind}InstallCheckInputs" or attrs."${kind}installCheckInputs" or [ ]
        );
      argument =
        plain
        // deps
        // {
          inherit name system;
          stdenv = stdenvDrv;
          builder = attrs.builder or "/bin/bash";
          args =
            attrs.args or [
              "-e"
              "-c"
              ". $stdenv/setup; genericBuild"
            ];
          nativeBuildInputs = deps.nativeBuildInputs ++ flattenDeps "nativeCheckInputs" (checks "native");
          buildInputs = deps.buildInputs ++ flattenDeps "checkInputs" (checks "");
          outputs = attrs.outputs or [ "out" ];
          strictDeps = attrs.strictDeps or false;
          doCheck = attrs.doCheck or false;
          doInstallCheck = attrs.doInstallCheck or false;
          patches = attrs.patches or [ ];
          configureFlags = attrs.configureFlags or [ ];
        }
        // (if structured then { inherit env; } else env);
      given = attrs.meta or { };
      position = builtins.unsafeGetAttrPos (if attrs ? pname then "pname" else "name") attrs;
      problem = problemOf name attrs given;
      meta = {
        inherit name;
        outputsToInstall = [
          (lib.findFirst (o: builtins.elem o argument.outputs) "out" [
            "bin"
            "out"
          ])
        ];
      }
      // given
      // {
        available = problem == null;
        broken = given.broken or false;
        insecure = given.knownVulnerabilities or [ ] != [ ];
        unfree = isUnfree given;
        unsupported = isUnsupported given;
      }
      // lib.optionalAttrs (position != null) {
        position = "${position.file}:${toString position.line}";
      };
      valid =
        problem == null || throw (refusal name meta problem);
    in
    lib.extendDerivation valid (
      {
        inherit meta overrideAttrs stdenv;
        passthru = attrs.passthru or { };
      }
      // attrs.passthru or { }
    ) (derivation argument);

  # Attributes may be a function of the finished ones; `overrideAttrs` extends that function, so that what depends on a
  # changed attribute changes too.
  extensible =
    make:
    let
      attrs = make (
        attrs
        // {
          inherit overrideAttrs;
          finalPackage = result;
        }
      );
      overrideAttrs =
        change:
        extensible (
          final:
          let
            prev = make final;
            new = lib.toExtension change final prev;
            unchanged =
              prev ? src
              && new ? version
              && prev ? version
              && !(new ? src)
              && !(new.__intentionallyOverridingVersion or false);
          in
          lib.warnIf unchanged (versionWithoutSource attrs (builtins.unsafeGetAttrPos "version" new)) (
            prev // removeAttrs new [ "__intentionallyOverridingVersion" ]
          )
        );
      result = makeDerivation overrideAttrs attrs;
    in
    result;
  mkDerivation = arg: extensible (lib.toFunction arg);

  versionWithoutSource =
    attrs: place:
    let
      name = attrs.name or "${attrs.pname or "<unknown name>"}-${attrs.version or "<unknown version>"}";
      at =
        if place == null then
          "<unknown file>:<unknown line>:<unknown column>"
        else
          "${place.file}:${toString place.line}:${toString place.column}";
    in
    ''
      ${name} was overridden with `version` but not `src` at ${at}.

      This is most likely not what you want. In order to properly change the version of a package, override
      both the `version` and `src` attributes:

      hello.overrideAttrs (oldAttrs: rec {
        version = "1.0.0";
        src = pkgs.fetchurl {
          url = "mirror://gnu/hello/hello-''${version}.tar.gz";
          hash = "...";
        };
      })

      (To silence this warning, set `__intentionallyOverridingVersion = true` in your `overrideAttrs` call.)
    '';

  compiler = mkDerivation {
    pname = if isDarwin then "clang" else "gcc";
    version = if isDarwin then "21.1.8" else "15.2.0";
    outputs = [
      "out"
      "lib"
    ];
    buildCommand = ''mkdir -p "$out" "$lib/lib"'';
  };

  # Wheels for Linux name the oldest C library that they run on.
  libc = mkDerivation (
    if isDarwin then
      {
        pname = "libSystem";
        version = "B";
      }
    else
      {
        pname = "glibc";
        version = "2.42";
        passthru.linuxHeaders = mkDerivation {
          pname = "linux-headers";
          version = "6.18";
        };
      }
  );

  stdenv = stdenvDrv // {
    inherit mkDerivation system;
    inherit (platform) isx86_64 isAarch64 is64bit;
    isLinux = deprecated "isLinux";
    isDarwin = deprecated "isDarwin";
    hostPlatform = platform;
    buildPlatform = platform;
    targetPlatform = platform;
    shell = "/bin/bash";
    extraBuildInputs = [ ];
    extraNativeBuildInputs = [ ];
    hasCC = true;
    cc = mkDerivation {
      pname = "${compiler.pname}-wrapper";
      inherit (compiler) version;
      buildCommand = ''mkdir -p "$out"'';
      passthru = {
        cc = compiler;
        inherit libc;
      };
    };
    meta.name = stdenvDrv.name;
    override = changes: stdenv // (if lib.isFunction changes then changes stdenv else changes);
  };
in
stdenv
