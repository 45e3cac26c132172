let
  add = a: b: c: a + b + c;
  partly = add 1 2;
in
[ (partly 3) (partly 4) (builtins.typeOf partly) (map (add 1 1) [ 1 2 ]) ]
