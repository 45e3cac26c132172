let
  make = { pkgs ? import ./lib/pkgs.nix, python ? pkgs.python3, version ? python.version }: version;
in
[ (make { }) (make { python.version = "3.12"; }) (make { version = "2.7"; }) ]
