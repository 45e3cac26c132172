let
  a = builtins.toFile "a.txt" "text";
in
[ a (builtins.toFile "b.txt" "see ${a}") (builtins.typeOf a) ]
