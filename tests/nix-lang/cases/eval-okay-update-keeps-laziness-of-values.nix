let
  a = { x = 1; y = throw "y"; };
  b = a // { y = 2; };
in
[ b.y (builtins.attrNames (a // { z = throw "z"; })) ]
