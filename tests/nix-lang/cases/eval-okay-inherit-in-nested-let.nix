let
  a = 1;
  f = a: let inherit (a) b; in b;
in
f { b = a; }
