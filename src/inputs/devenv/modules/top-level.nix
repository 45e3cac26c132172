# The shell itself: assertions, profile, variables, and the hook that runs on entering.
{
  config,
  pkgs,
  lib,
  ...
}:
let
  inherit (import ./node.nix) since;
  # Until July 2023 the root was only a variable; an assertion checks it since March 2024.
  hasRoot = since "2023-07-08";
  asserts = since "2024-03-11";

  profile = pkgs.buildEnv {
    name = "devenv-profile";
    paths = lib.unique config.packages;
  };
  root =
    let
      pwd = builtins.getEnv "PWD";
    in
    if pwd != "" || asserts then
      pwd
    else
      throw ''
        devenv was not able to determine the current directory.
        Make sure Nix runs with the `--impure` flag.

        See https://devenv.sh/guides/using-with-flakes/
      '';
  dotfile = if hasRoot then config.devenv.dotfile else config.env.DEVENV_ROOT + "/.devenv";

  failed = map (x: x.message) (builtins.filter (x: !x.assertion) config.assertions);
  bullet = message: "- ${lib.concatStringsSep "\n  " (lib.splitString "\n" message)}";
  named = builtins.fromJSON (builtins.readFile ./named.json);
  used =
    map (name: config.${name}) named.options
    ++ builtins.attrValues (
      builtins.intersectAttrs (lib.genAttrs named.languages (_: null)) config.languages
    )
    ++ builtins.attrValues config.services;
  checked =
    if builtins.any (value: value != { }) used then
      throw "the stand-in for devenv does not model an option that is set"
    else if failed != [ ] then
      throw ''
        Failed assertions:
        ${lib.concatMapStringsSep "\n" bullet failed}
      ''
    else
      lib.showWarnings (config.warnings or [ ]);
in
{
  # In devenv's own order: what modules add to lists and to the hook comes in the reverse of it, before the user's.
  imports = [
    ./options.nix
    ./processes.nix
    ./tasks.nix
    ./flakes.nix
    ./python.nix
    ./process-compose.nix
  ];
  config = lib.mkMerge [
    {
      env.DEVENV_PROFILE = profile;
      packages = lib.optional asserts pkgs.pkg-config;
      enterShell = lib.mkBefore ''
        export PS1="\[\e[0;34m\](devenv)\[\e[0m\] ''${PS1-}"
        ${lib.optionalString asserts ''
          for var in TMP TMPDIR TEMP TEMPDIR; do
            if [ -n "''${!var-}" ] && [ "''${!var}" = "''${NIX_BUILD_TOP-}" ]; then export "$var"=${config.devenv.tmpdir or "/tmp"}; fi
          done
          unset NIX_BUILD_TOP
        ''}
        mkdir -p "$DEVENV_STATE"
        ln -snf "$DEVENV_PROFILE" ${lib.escapeShellArg dotfile}/profile
        ${lib.optionalString asserts ''
          unset ${lib.concatStringsSep " " config.unsetEnvVars}
          mkdir -p ${lib.escapeShellArg config.devenv.runtime}
          ln -snf ${lib.escapeShellArg config.devenv.runtime} ${lib.escapeShellArg dotfile}/run
        ''}
      '';
      shell = checked (
        pkgs.mkShell (
          {
            name = if config.name == null then "devenv-shell" else config.name;
            packages = if asserts then config.packages else [ profile ];
            inputsFrom = config.inputsFrom or [ ];
            shellHook = ''
              ${lib.optionalString config.devenv.debug "set -x"}
              ${config.enterShell}
            '';
          }
          // lib.optionalAttrs (since "2024-08-31") { inherit (config) hardeningDisable; }
          // config.env
        )
      );
      ci = [ config.shell ];
      ciDerivation = pkgs.runCommand "ci" { } "echo ${toString config.ci} > $out";
      infoSections.env = lib.mapAttrsToList (name: value: "${name}: ${toString value}") config.env;
      infoSections.packages = map (package: package.name) config.packages;
    }
    (
      if hasRoot then
        {
          devenv = {
            root = lib.mkDefault root;
            dotfile = lib.mkDefault (config.devenv.root + "/.devenv");
            state = lib.mkDefault (config.devenv.dotfile + "/state");
            inherit profile;
          }
          // lib.optionalAttrs asserts {
            runtime = lib.mkDefault (
              let
                xdg = builtins.getEnv "XDG_RUNTIME_DIR";
              in
              "${if xdg != "" then xdg else "/tmp"}/devenv-${
                builtins.substring 0 7 (builtins.hashString "sha256" config.devenv.dotfile)
              }"
            );
            tmpdir = lib.mkDefault (
              let
                tmp = builtins.getEnv "TMPDIR";
              in
              if tmp != "" then tmp else "/tmp"
            );
          };
          env = {
            DEVENV_ROOT = config.devenv.root;
            DEVENV_DOTFILE = config.devenv.dotfile;
            DEVENV_STATE = config.devenv.state;
          }
          // lib.optionalAttrs asserts { DEVENV_RUNTIME = config.devenv.runtime; };
        }
      else
        {
          env.DEVENV_ROOT = root;
          env.DEVENV_DOTFILE = dotfile;
          env.DEVENV_STATE = dotfile + "/state";
        }
    )
    (lib.optionalAttrs asserts {
      assertions = [
        {
          assertion = config.devenv.root != "";
          message = ''
            devenv was not able to determine the current directory.

            See https://devenv.sh/guides/using-with-flakes/ how to use it with flakes.
          '';
        }
      ]
      ++ lib.optional (since "2026-08-19") {
        assertion = !(config.dotenv.enable && config.devenv.flakesIntegration);
        message = ''
          The dotenv integration is loaded by the devenv CLI and is not
          supported by the flake integration. Use `devenv shell`, or load the
          file separately in your flake-based shell.
        '';
      };
      test = pkgs.writeShellScript "devenv-test" config.enterTest;
    })
  ];
}
