# What devenv adds where a flake imports it: the small `devenv` command.
{
  config,
  pkgs,
  lib,
  ...
}:
let
  inherit (import ./node.nix) since version;
  shellName = config._module.args.name or "default";
  tests = since "2024-03-11";
  tasks = since "2024-09-20";
  banner = "https://devenv.sh (version ${version}): Fast, Declarative, Reproducible, and Composable Developer Environments";
  usage =
    lib.optional tasks "tasks           Manage and run tasks"
    ++ lib.optional tests "test            Run tests"
    ++ [
      "up              Start processes in the foreground. See http://devenv.sh/processes"
      "version         Display the devenv version"
    ];
  command = pkgs.writeShellScriptBin "devenv" ''
    case "''${1:-}" in
      up)
        if [ -z "${toString (builtins.attrNames config.processes)}" ]; then
          echo "No 'processes' option defined: https://devenv.sh/processes/" >&2
          exit 1
        fi
        shift
        exec ${config.procfileScript} "$@" ;;
      ${lib.optionalString tests "test) exec ${config.test} ;;"}
      ${lib.optionalString tasks ''tasks) shift; exec ${config.task.package}/bin/devenv-tasks "$@" ;;''}
      version) echo "devenv: ${version}" ;;
      *)
        echo ${lib.escapeShellArg banner}
        echo
        echo "This is a flake integration wrapper that comes with a subset of functionality from the flakeless devenv CLI."
        echo
        echo "Usage: devenv command"
        echo
        echo "Commands:"
        echo
        printf '%s\n' ${lib.escapeShellArgs usage}
        echo
        exit 1 ;;
    esac
  '';
in
{
  config = lib.mkIf config.devenv.flakesIntegration (
    {
      enterShell = ''
        export PATH=${command}/bin:$PATH
      '';
    }
    // lib.optionalAttrs (since "2025-08-09") { env.DEVENV_FLAKE_SHELL = shellName; }
  );
}
