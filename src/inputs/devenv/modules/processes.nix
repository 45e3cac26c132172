# Processes and scripts. The process managers themselves are only named: `devenv up` runs the commands side by side.
{
  config,
  pkgs,
  lib,
  ...
}:
let
  inherit (import ./node.nix) since;
  script =
    name: fact:
    let
      shell = fact.package or pkgs.bash;
      program =
        if fact.binary or null != null then "${lib.getBin shell}/bin/${fact.binary}" else lib.getExe shell;
      text = if builtins.isPath fact.exec then fact.exec else pkgs.writeScript "${name}-script" fact.exec;
    in
    pkgs.writeScriptBin name ''
      #!/bin/sh
      ${lib.optionalString (
        fact.packages or [ ] != [ ]
      ) ''PATH="${lib.makeBinPath fact.packages}:$PATH"''}
      exec ${program} ${text} "$@"
    '';
  started = lib.filterAttrs (_: p: p.start.enable or true) config.processes;
in
{
  config = {
    packages = lib.mapAttrsToList script config.scripts;
    infoSections.scripts = builtins.attrNames config.scripts;
    infoSections.processes = lib.mapAttrsToList (name: p: "${name}: ${p.exec}") started;
    procfile = pkgs.writeText "procfile" (
      lib.concatStringsSep "\n" (lib.mapAttrsToList (name: p: "${name}: ${p.exec}") started)
    );
    procfileEnv = pkgs.writeText "procfile-env" (
      lib.concatStringsSep "\n" (
        lib.mapAttrsToList (name: value: "${name}=${builtins.toJSON value}") (
          removeAttrs config.env [ "DEVENV_PROFILE" ]
        )
      )
    );
    procfileScript = pkgs.writeShellScript "devenv-up" ''
      ${lib.concatStrings (
        lib.mapAttrsToList (_: p: ''
          (
            ${lib.optionalString (p.cwd or null != null) "cd ${lib.escapeShellArg p.cwd}"}
            ${p.exec}
          ) &
        '') started
      )}
      wait
    '';
  }
  // lib.optionalAttrs (since "2024-09-20") {
    tasks = lib.mapAttrs' (
      name: p:
      lib.nameValuePair "devenv:processes:${name}" {
        inherit (p) exec;
      }
    ) (lib.optionalAttrs (since "2025-07-24") config.processes);
  };
}
