# The default process manager, which is there even without processes since November 2025.
{
  config,
  pkgs,
  lib,
  ...
}:
let
  inherit (import ./node.nix) since;
  used = config.process.manager.implementation == "process-compose";
  file = if config.processes == { } then null else "${config.procfile}";
in
{
  config = lib.optionalAttrs (since "2025-11-28") {
    packages = lib.mkIf used [ pkgs.process-compose ];
    env = lib.mkIf used {
      PC_CONFIG_FILES = file;
      PC_SOCKET_PATH = if file == null then null else "${config.devenv.runtime}/pc.sock";
    };
  };
}
