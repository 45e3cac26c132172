# Functions are never equal, but a set or list that is the same object counts as equal to itself.
let
  f = x: x;
  s = { inherit f; };
  l = [ f ];
in
[ (f == f) (s == s) (l == l) ({ inherit f; } == { inherit f; }) ([ f ] == [ f ]) ]
