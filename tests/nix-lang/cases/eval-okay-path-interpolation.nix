let
  name = "b";
in
[ /a/${name} /a/x${name}y/c (builtins.typeOf /a/${name}) ]
