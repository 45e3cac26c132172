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
    fixed: attrs:
    let
      self = attrs;
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
      checks = lib.optionals (attrs.doCheck or false) (
        attrs.checkInputs or [ ] ++ attrs.nativeCheckInputs or [ ]
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
          nativeBuildInputs = deps.nativeBuildInputs ++ flattenDeps "nativeCheckInputs" checks;
          outputs = attrs.outputs or [ "out" ];
          strictDeps = attrs.strictDeps or false;
          doCheck = attrs.doCheck or false;
          doInstallCheck = attrs.doInstallCheck or false;
          patches = attrs.patches or [ ];
          configureFlags = attrs.configureFlags or [ ];
        }
        // (if structured then { inherit env; } else env);
      meta = {
        inherit name;
        available = true;
        broken = false;
        insecure = false;
        unfree = false;
        unsupported = false;
        outputsToInstall = [ (builtins.head (attrs.outputs or [ "out" ])) ];
      }
      // attrs.meta or { };
      refuse = reason: text: throw "Refusing to evaluate package '${name}' because it ${reason}${text}";
      checked =
        value:
        if meta.broken && !(config.allowBroken or false) then
          refuse "is marked as broken" ""
        else if (!(meta.license.free or true)) && !(config.allowUnfree or false) then
          refuse "has an unfree license" " (‘${meta.license.shortName or "unfree"}’)"
        else
          value;
    in
    lib.extendDerivation (checked true) (
      {
        inherit meta;
        passthru = attrs.passthru or { };
        stdenv = stdenv;
        overrideAttrs =
          f:
          fixed (
            final:
            let
              prev = self;
              given = if lib.isFunction f then f final else f;
              new =
                if lib.isFunction given then
                  given prev
                else if lib.isFunction f then
                  f prev
                else
                  f;
            in
            prev // new
          );
      }
      // attrs.passthru or { }
    ) (derivation argument);

  # The function form, mkDerivation (finalAttrs: { … }), sees its own result.
  mkDerivation =
    arg:
    if lib.isFunction arg then
      let
        attrs = arg (attrs // { finalPackage = result; });
        result = makeDerivation mkDerivation attrs;
      in
      result
    else
      makeDerivation mkDerivation arg;

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
    cc = {
      cc = compiler;
      inherit libc;
      inherit (compiler) version;
    };
    meta.name = stdenvDrv.name;
    override = changes: stdenv // (if lib.isFunction changes then changes stdenv else changes);
  };
in
stdenv
