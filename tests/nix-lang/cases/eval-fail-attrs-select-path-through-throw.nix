let
  pkgs = throw "no packages";
in
pkgs.python3.version
