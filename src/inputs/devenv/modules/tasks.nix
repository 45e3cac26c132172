# Tasks: named, listed and handed on as devenv does. The Rust program that runs them is a script here that says so.
{
  config,
  pkgs,
  lib,
  ...
}:
let
  inherit (import ./node.nix) since;
  hasTasks = since "2024-09-20";
  list = lib.mapAttrsToList (
    name: task:
    {
      inherit name;
      command = if task.exec == null then null else pkgs.writeShellScript "task" task.exec;
      status = if task.status == null then null else pkgs.writeShellScript "status" task.status;
      exec_if_modified = task.execIfModified;
    }
    // removeAttrs task [
      "exec"
      "status"
      "package"
      "binary"
      "exports"
      "execIfModified"
    ]
  ) config.tasks;
  onEntry = builtins.attrNames (
    lib.filterAttrs (
      _: task: task.exec != null && builtins.elem "devenv:enterShell" task.before
    ) config.tasks
  );
  runner = pkgs.writeShellScriptBin "devenv-tasks" ''
    if [ "''${1:-}" = list ]; then printf '%s\n' ${lib.escapeShellArgs (builtins.attrNames config.tasks)}; exit 0; fi
    for name in ${lib.escapeShellArgs onEntry}; do
      echo "devenv-tasks: '$name' is only named here; real devenv runs it on entering the shell" >&2
    done
  '';
in
{
  config = lib.optionalAttrs hasTasks {
    tasks."devenv:files" = lib.mkIf (since "2024-11-14") { };
    tasks."devenv:files:cleanup" = lib.mkIf (since "2026-01-31") {
      description = "Cleanup orphaned files";
      before = [
        "devenv:files"
        "devenv:enterShell"
      ];
    };
    tasks."devenv:container:copy" = lib.mkIf (since "2026-02-28") { showOutput = true; };
    tasks."devenv:enterShell".description = "Runs when entering the shell";
    tasks."devenv:enterTest" = {
      description = "Runs when entering the test environment";
      after = [ "devenv:enterShell" ];
    };
    task.config = pkgs.writeText "tasks.json" (builtins.toJSON list);
    task.package = runner;
    env.DEVENV_TASKS = builtins.toJSON list;
    env.DEVENV_TASK_FILE = config.task.config;
    infoSections.tasks = builtins.attrNames config.tasks;
    enterShell = ''
      if [ -z "''${DEVENV_SKIP_TASKS:-}" ]; then ${runner}/bin/devenv-tasks run devenv:enterShell || exit $?; fi
    '';
    assertions = [
      {
        assertion = lib.all (task: task.status == null || task.execIfModified == [ ]) (
          lib.attrValues config.tasks
        );
        message = "The 'status' and 'execIfModified' options cannot be used together. Use only one of them to determine whether a task should run.";
      }
    ];
  };
}
