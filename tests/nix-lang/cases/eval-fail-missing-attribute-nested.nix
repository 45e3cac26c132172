let
  pkgs.python3.version = "3.13";
in
pkgs.python3.versoin
