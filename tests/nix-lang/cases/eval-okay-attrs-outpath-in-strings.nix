let
  s = { outPath = "/somewhere"; };
in
[ "${s}/bin" (toString s) (builtins.concatStringsSep ":" [ s s ]) ]
