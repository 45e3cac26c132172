let
  f = x: x * 10;
in
[ (f 1 + 2) (f (1 + 2)) (-f 1) ([ ] ++ map f [ 1 ]) ]
